import { z } from 'zod';

/** One setting: the environment variable it comes from, what it may be, and what it means. */
export interface Setting<T extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly type: T;
  /** The text of the default; undefined where there is none, and the setting may be left out. */
  readonly default: string | undefined;
  readonly meaning: string;
  /** Whether a fault must not repeat what it is set to. */
  readonly isSecret: boolean;
}

/** A row of a table of settings. */
export function setting<T extends z.ZodType>(
  name: string,
  type: T,
  fallback: string | undefined,
  meaning: string,
  { isSecret = false } = {},
): Setting<T> {
  return { name, type, default: fallback, meaning, isSecret };
}

export const text = z.string();

export function integer(min: number, max: number) {
  const expected = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^(0|[1-9][0-9]*)$/, expected)
    .transform(Number)
    .refine((number) => number >= min && number <= max, expected);
}

export const logLevel = z.enum(
  ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
  'must be one of trace, debug, info, warn, error, silent',
);

/** How the log is written: `auto` is `text` in a terminal and `json` elsewhere. */
export const logFormat = setting(
  'LOG_FORMAT',
  z.enum(['auto', 'json', 'text'], 'must be one of auto, json, text'),
  'auto',
  'How the log is written: json for programs, text for people, auto for text in a terminal and json elsewhere.',
);

const URL_EXPECTED = 'must be a URL such as http://inventory.example:5000';

/** An http or https URL, without the slash at its end. */
export const httpUrl = z
  .string()
  .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), URL_EXPECTED)
  .transform((value) => value.replace(/\/+$/, ''));

/** Host names, separated by commas; in lower case. */
const hostNames = z
  .string()
  .transform((value) =>
    value
      .toLowerCase()
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  )
  .refine(
    (names) => names.every((name) => /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)),
    'must be host names separated by commas, without ports, such as shop-pc,inventory.shop.example',
  );

/** A path of a host, without the slash at its end; empty for all of the host. */
const basePath = z
  .string()
  .transform((value) => value.replace(/\/+$/, '').replace(/^(?=[^/])/, '/'))
  .refine(
    (value) => /^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$/.test(value),
    'must be a path such as /inventory, of letters, digits, dots, - and _',
  );

/** Where people reach the service: of the service, and of the monitor, which makes links of it. */
export const publicUrl = setting(
  'PUBLIC_URL',
  httpUrl,
  'http://localhost:5000',
  'Where people reach the service: the links in mails begin so, and its host is one of ALLOWED_HOSTS.',
);

/** What a secret that signs must be, so that it cannot be guessed. */
export const signingSecret = z.string().min(16, 'must have at least 16 characters');

/** What names one deployment: visible ASCII without spaces, as a header can carry it. */
const INSTANCE_ID = /^[\w.:-]{8,100}$/;

/** One for the service and the monitor. The same row stands in both tables. */
export const INSTANCE_ID_SETTING = setting(
  'INSTANCE_ID',
  z.string().regex(INSTANCE_ID, 'must be 8 to 100 letters, digits, or any of _ . : -').optional(),
  undefined,
  'Names this deployment, for the service and the monitor alike. A monitor that has one talks only to a service that answers with the same.',
);

/** Every setting of the service. `.env.example` lists them all; a test holds it to this table. */
export const SETTINGS = {
  host: setting(
    'HOST',
    text,
    '127.0.0.1',
    'Address to listen on. 127.0.0.1 and ::1 are reached from this machine only, and 127.0.0.1 means both; 0.0.0.0 is reached from other machines too.',
  ),
  port: setting('PORT', integer(0, 65_535), '5000', 'Port to listen on; 0 for any free one.'),
  publicUrl,
  basePath: setting(
    'BASE_PATH',
    basePath,
    '',
    'Path below which all is served, such as /inventory, where a proxy gives the service a part of its host. The proxy passes it on.',
  ),
  allowedHosts: setting(
    'ALLOWED_HOSTS',
    hostNames,
    '',
    'Names that requests may call the service by, separated by commas, besides localhost, the host of PUBLIC_URL and addresses.',
  ),
  dbHost: setting(
    'DB_HOST',
    text.optional(),
    undefined,
    'Host of the MySQL database. Without it the service keeps its ledger in SQLITE_FILE.',
  ),
  dbPort: setting('DB_PORT', integer(1, 65_535), '3306', 'Port of the MySQL database.'),
  dbUser: setting('DB_USER', text, 'inventory_service', 'Account to use in MySQL.'),
  dbPassword: setting('DB_PASSWORD', text.optional(), undefined, 'Password of that account.'),
  dbMigrationUser: setting(
    'DB_MIGRATION_USER',
    text.optional(),
    undefined,
    'Account that changes the schema in MySQL, so that DB_USER need not have the right to. Without it DB_USER does.',
  ),
  dbMigrationPassword: setting(
    'DB_MIGRATION_PASSWORD',
    text.optional(),
    undefined,
    'Password of that account.',
  ),
  dbName: setting('DB_NAME', text, 'shop', 'Name of the MySQL database.'),
  sqliteFile: setting(
    'SQLITE_FILE',
    text,
    'data/inventory.sqlite',
    'File of the embedded store, used where DB_HOST is not set.',
  ),
  logLevel: setting('LOG_LEVEL', logLevel, 'info', 'Least level that is logged.'),
  logFormat,
  webConcurrency: setting(
    'WEB_CONCURRENCY',
    integer(1, 64),
    '1',
    'Processes that answer on the one port: worth it where the machine has a core for each, and the database its own.',
  ),
  urlLimit: setting(
    'URL_LIMIT',
    integer(1_024, 12_288),
    '8192',
    'Longest URL, in characters; RFC 9110, section 4.1, has everyone support 8000. All headers together may have 16384 bytes.',
  ),
  bodyLimitBytes: setting(
    'BODY_LIMIT_BYTES',
    integer(1_024, 1_048_576),
    '16384',
    'Largest body of a request. A form of today has under 1 kB.',
  ),
  batchLimitBytes: setting(
    'BATCH_LIMIT_BYTES',
    integer(1_024, 67_108_864),
    '8388608',
    'Largest body of a batch. 10000 changes with long notes have about 8 MB.',
  ),
  importLimitBytes: setting(
    'IMPORT_LIMIT_BYTES',
    integer(1_024, 67_108_864),
    '16777216',
    'Largest file that is imported. 100000 products with their codes and URLs have about 12 MB.',
  ),
  requestTimeoutMs: setting(
    'REQUEST_TIMEOUT_MS',
    integer(1_000, 300_000),
    '30000',
    'How long a client may take to send one request.',
  ),
  stallTimeoutMs: setting(
    'STALL_TIMEOUT_MS',
    integer(1_000, 300_000),
    '20000',
    'How long a client may neither read its answer nor go on sending, until its connection is closed.',
  ),
  connectionsLimit: setting(
    'CONNECTIONS_LIMIT',
    integer(10, 100_000),
    '2000',
    'Connections of one process. Each takes about 30 kB and a file descriptor.',
  ),
  streamsLimit: setting(
    'STREAMS_LIMIT',
    integer(1, 100_000),
    '1000',
    'Live streams of one process; every open page has one. Fewer than CONNECTIONS_LIMIT, so that other requests go through.',
  ),
  bodiesLimitBytes: setting(
    'BODIES_LIMIT_BYTES',
    integer(1_024, 1_073_741_824),
    '67108864',
    'Bytes of large bodies under way in one process. A body waits in memory until it is whole; forms go through all the same.',
  ),
  addressSharePercent: setting(
    'ADDRESS_SHARE_PERCENT',
    integer(1, 100),
    '50',
    'Part of CONNECTIONS_LIMIT, STREAMS_LIMIT and BODIES_LIMIT_BYTES, and of the four files that are imported at a time, that one address may have (of IPv6, one /64 network), and of the keys that may be cancelled a second. 100 where all clients come from one address, as behind a proxy, and often in Docker.',
  ),
  queueLimit: setting(
    'QUEUE_LIMIT',
    integer(1, 1_000_000),
    '5000',
    'Changes that may wait to be recorded; more are refused with 503.',
  ),
  batchLimit: setting(
    'BATCH_LIMIT',
    integer(1, 10_000),
    '1000',
    'Changes that are recorded in one transaction.',
  ),
  writeTimeoutMs: setting(
    'WRITE_TIMEOUT_MS',
    integer(100, 300_000),
    '10000',
    'How long a change waits to be recorded before it is answered with 503.',
  ),
  productLimit: setting(
    'PRODUCT_LIMIT',
    integer(1, 10_000_000),
    '2000000',
    'Products that may have records, and as many that may be in the catalogue. Each is kept in memory, at about 1 kB; a new one beyond it is refused with 409.',
  ),
  alertEventsLimit: setting(
    'ALERT_EVENTS_LIMIT',
    integer(2, 100_000),
    '1000',
    'What people may do about one alert; more is refused with 409, and the stock ends it all the same. A shortage lasts for days, and each event is kept for good.',
  ),
  cancellationsLimit: setting(
    'CANCELLATIONS_LIMIT',
    integer(1, 1_000_000),
    '1000',
    'Idempotency keys that one process cancels at once; more are refused with 503. Each is kept for good.',
  ),
  cancellationsPerHour: setting(
    'CANCELLATIONS_PER_HOUR',
    integer(1, 3_600_000),
    '3600',
    'How many more of them it cancels in an hour. A page cancels what somebody takes back, a few in an hour.',
  ),
  clockToleranceMs: setting(
    'CLOCK_TOLERANCE_MS',
    integer(1_000, 86_400_000),
    '300000',
    'By how much the clocks of the service and of the database may differ; beyond it changes are refused with 503. Not on the embedded store: it has the same clock as the service. Five minutes, as Kerberos has it: clocks that are set by NTP differ by less than a second.',
  ),
  readTimeoutMs: setting(
    'READ_TIMEOUT_MS',
    integer(100, 300_000),
    '3000',
    'How long a read is tried again while the database is out of reach.',
  ),
  linkSecret: setting(
    'LINK_SECRET',
    signingSecret.optional(),
    undefined,
    'Signs the links of alert mails, in the service and the monitor alike; without it there are none. With it the service takes findings and deliveries from its monitor alone.',
    { isSecret: true },
  ),
  instanceID: INSTANCE_ID_SETTING,
  shutdownTimeoutMs: setting(
    'SHUTDOWN_TIMEOUT_MS',
    integer(100, 300_000),
    '15000',
    'How long SIGTERM waits for what was accepted; longer than WRITE_TIMEOUT_MS.',
  ),
} as const satisfies Record<string, Setting>;

/** A table of settings, by the name that each has in the code. */
export type SettingTable = Readonly<Record<string, Setting>>;

/** What a table of settings comes to. */
export type Settings<T extends SettingTable> = {
  readonly [K in keyof T]: z.output<T[K]['type']>;
};

/** The settings of one process of the service. */
export type Config = Settings<typeof SETTINGS>;

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that cannot be used: one line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/**
 * Reads the settings of the service.
 *
 * @throws ConfigError that names every fault
 */
export function readConfig(env: Environment): Config {
  return readSettings(SETTINGS, env);
}

/**
 * Reads a table of settings from environment variables; an empty one counts as not set.
 *
 * @throws ConfigError that names every fault
 */
export function readSettings<T extends SettingTable>(table: T, env: Environment): Settings<T> {
  const faults: string[] = [];
  const settings = Object.entries(table).map(([key, { name, type, isSecret, ...row }]) => {
    const result = type.safeParse(env[name] || row.default);
    if (!result.success) {
      const detail = result.error.issues.map(({ message }) => message).join(', ');
      faults.push(`${name} ${detail}${isSecret ? '' : `, and is "${env[name]}"`}`);
    }
    return [key, result.data];
  });
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.fromEntries(settings) as Settings<T>;
}
