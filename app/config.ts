import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { PROVIDER_SETTINGS, providerMisfits } from './provider-settings';
import {
  ConfigError,
  type Environment,
  flag,
  httpUrl,
  integer,
  readSettings,
  type Setting,
  type Settings,
  setting,
  signingSecret,
  text,
} from './setting-table';

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

/** Host names, separated by commas, in lower case. */
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

/** Addresses, and networks in CIDR notation, separated by commas. */
const networks = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((network) => network.trim())
      .filter((network) => network !== ''),
  )
  .refine(
    (listed) =>
      listed.every((each) =>
        each.includes('/') ? ipaddr.isValidCIDR(each) : ipaddr.isValid(each),
      ),
    'must be addresses or networks separated by commas, such as 127.0.0.1,::1,10.0.0.0/8',
  );

/** The name of a time zone that this Node.js knows. It would take offsets such as +02:00 too, which browsers do not all know. */
const timeZoneName = z.string().refine((name) => {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}, 'must be the name of a time zone, such as Europe/Berlin');

/** A path of a host, without the slash at its end; empty for the whole host. */
const basePath = z
  .string()
  .transform((value) => value.replace(/\/+$/, '').replace(/^(?=[^/])/, '/'))
  .refine(
    (value) => /^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$/.test(value),
    'must be a path such as /inventory, of letters, digits, dots, - and _',
  );

/** Where people reach the service. The monitor has this setting too, for its links. */
export const publicUrl = setting(
  'PUBLIC_URL',
  httpUrl,
  'http://localhost:5000',
  'Where people reach the service. Links in mails begin with it, and its host counts as one of ALLOWED_HOSTS. Passkeys need https:// and a name here, or http://localhost: not an IP address.',
);

/** The name of one deployment: visible ASCII without spaces, so that a header can carry it. */
const INSTANCE_ID = /^[\w.:-]{8,100}$/;

/** The service and the monitor have this setting, so this row is in both tables. */
export const INSTANCE_ID_SETTING = setting(
  'INSTANCE_ID',
  z.string().regex(INSTANCE_ID, 'must be 8 to 100 letters, digits, or any of _ . : -').optional(),
  undefined,
  'Names this deployment. Service and monitor need the same value. A monitor with an INSTANCE_ID works only for a service that answers with the same one.',
);

/** Who is asked to say who they are. The monitor has this setting too: it says who it is where that is asked. */
export const ACCESS_SETTING = setting(
  'ACCESS',
  z.enum(['open', 'keys'], 'must be open or keys'),
  'open',
  'Who is asked to say who they are: open for nobody, keys for everybody. With open only this machine may reach the service.',
);

/** What `Authorization: Bearer` can carry (RFC 6750, section 2.1), and too long to be guessed. */
const MONITOR_KEY = /^[\w.~+/-]{32,200}$/;

/** The service and the monitor have this setting, so this row is in both tables. */
export const MONITOR_KEY_SETTING = setting(
  'MONITOR_KEY',
  z
    .string()
    .regex(MONITOR_KEY, 'must be 32 to 200 letters, digits, or any of _ . ~ + / -')
    .optional(),
  undefined,
  'The key by which the service knows its monitor with ACCESS=keys. Service and monitor need the same value, of random characters; ./run.sh and Compose make one.',
  { isSecret: true },
);

/** The service and the monitor have this setting, so this row is in both tables. */
export const MONITOR_KEY_FILE_SETTING = setting(
  'MONITOR_KEY_FILE',
  text.optional(),
  undefined,
  'File of the MONITOR_KEY, if that is not set. Whichever of service and monitor starts first makes it. docker-compose.yml sets it.',
);

/** Every setting of the service. `.env.example` lists them all; a test holds it to this table. */
export const SETTINGS = {
  host: setting(
    'HOST',
    text,
    '127.0.0.1',
    'Address to listen on. 127.0.0.1 means ::1 too, and only this machine reaches it. With 0.0.0.0 other machines reach it as well, which needs ACCESS=keys.',
  ),
  port: setting('PORT', integer(0, 65_535), '5000', 'Port to listen on; 0 for any free one.'),
  access: ACCESS_SETTING,
  openBehindProxy: setting(
    'OPEN_BEHIND_PROXY',
    flag,
    'false',
    'Whether something in front of the service, such as a proxy with a sign-in, keeps strangers out. Only then ACCESS=open may listen where other machines reach it.',
  ),
  publishedAt: setting(
    'PUBLISHED_AT',
    text.optional(),
    undefined,
    'Address at which a container publishes the port, if others reach it there only, and not at HOST. docker-compose.yml sets it to PUBLISH_ADDRESS.',
  ),
  publicUrl,
  basePath: setting(
    'BASE_PATH',
    basePath,
    '',
    'Path under which everything is served, such as /inventory, if a proxy gives the service only a part of its host. The proxy must pass the path on.',
  ),
  allowedHosts: setting(
    'ALLOWED_HOSTS',
    hostNames,
    '',
    'Names that requests may use for the service, separated by commas. IP addresses, localhost and the host of PUBLIC_URL are always allowed.',
  ),
  trustProxy: setting(
    'TRUST_PROXY',
    networks,
    '',
    'Addresses or networks of the proxies in front of the service, separated by commas, such as 127.0.0.1,::1. The client is then who they name in X-Forwarded-For. From others that header is ignored.',
  ),
  timeZone: setting(
    'TIME_ZONE',
    timeZoneName.optional(),
    undefined,
    'Time zone of the shop, by its name in the IANA database, such as Europe/Berlin. Days of sales and of orders are its days. A new ledger gets it, or UTC, and keeps it: with another one the service does not start. Without it the service takes the zone that the ledger has.',
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
    'Account that changes the schema in MySQL, so that DB_USER does not need that right. Without it DB_USER changes the schema.',
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
    'File of the embedded store, which is used if DB_HOST is not set.',
  ),
  logLevel: setting('LOG_LEVEL', logLevel, 'info', 'Lowest level that is logged.'),
  logFormat,
  webConcurrency: setting(
    'WEB_CONCURRENCY',
    integer(1, 64),
    '1',
    'Processes that answer on the one port. More than one helps if the machine has a core for each, besides those of the database.',
  ),
  urlLimit: setting(
    'URL_LIMIT',
    integer(1_024, 12_288),
    '8192',
    'Longest URL, in characters. RFC 9110, section 4.1, recommends at least 8000. All headers together may have 16384 bytes.',
  ),
  bodyLimitBytes: setting(
    'BODY_LIMIT_BYTES',
    integer(1_024, 1_048_576),
    '16384',
    'Largest body of a request. A usual form has less than 1 kB.',
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
    'Largest file to import. 100000 products with their codes and URLs have about 12 MB.',
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
    'How long a client may neither read its answer nor continue its request before its connection is closed.',
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
    'Live streams of one process. Every open page has one. Keep it below CONNECTIONS_LIMIT, so that other requests get through.',
  ),
  bodiesLimitBytes: setting(
    'BODIES_LIMIT_BYTES',
    integer(1_024, 1_073_741_824),
    '67108864',
    'Bytes of large request bodies that one process holds at a time. A body stays in memory until it is complete. Small forms are not counted.',
  ),
  addressSharePercent: setting(
    'ADDRESS_SHARE_PERCENT',
    integer(1, 100),
    '50',
    'How much of CONNECTIONS_LIMIT, STREAMS_LIMIT, BODIES_LIMIT_BYTES, of the four files imported at a time, and of the keys cancelled per second one address may use. Of IPv6, a /64 network counts as one address. Set 100 if all clients come from one address, as often in Docker, and behind a proxy that TRUST_PROXY does not name.',
  ),
  queueLimit: setting(
    'QUEUE_LIMIT',
    integer(1, 1_000_000),
    '5000',
    'Changes that may wait to be recorded. More are refused with 503.',
  ),
  batchLimit: setting(
    'BATCH_LIMIT',
    integer(1, 10_000),
    '1000',
    'Most changes that are recorded in one transaction.',
  ),
  writeTimeoutMs: setting(
    'WRITE_TIMEOUT_MS',
    integer(100, 300_000),
    '10000',
    'How long a change may wait to be recorded before the answer is 503.',
  ),
  productLimit: setting(
    'PRODUCT_LIMIT',
    integer(1, 10_000_000),
    '2000000',
    'Most products with records, and most products in the catalogue. Each takes about 1 kB of memory. A new one beyond the limit is refused with 409.',
  ),
  alertEventsLimit: setting(
    'ALERT_EVENTS_LIMIT',
    integer(2, 100_000),
    '1000',
    'Most events of one alert, each of which is kept for good. More changes by people are refused with 409; the stock can still end the alert.',
  ),
  cancellationsLimit: setting(
    'CANCELLATIONS_LIMIT',
    integer(1, 1_000_000),
    '1000',
    'Idempotency keys that one process cancels in a burst, each of which is kept for good. More are refused with 503.',
  ),
  cancellationsPerHour: setting(
    'CANCELLATIONS_PER_HOUR',
    integer(1, 3_600_000),
    '3600',
    'Further keys that it cancels per hour. The page cancels a key when somebody takes a change back, a few times per hour.',
  ),
  clockToleranceMs: setting(
    'CLOCK_TOLERANCE_MS',
    integer(1_000, 86_400_000),
    '300000',
    "By how much the clocks of service and database may differ. Beyond it changes are refused with 503. It does not apply to the embedded store, which has the service's clock. The default of five minutes is that of Kerberos. Clocks set by NTP differ by less than a second.",
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
    'Signs the links in alert mails; without it mails have no links. Service and monitor need the same value. If it is set, the service accepts findings and deliveries from its monitor only.',
    { isSecret: true },
  ),
  monitorKey: MONITOR_KEY_SETTING,
  monitorKeyFile: MONITOR_KEY_FILE_SETTING,
  ...PROVIDER_SETTINGS,
  instanceID: INSTANCE_ID_SETTING,
  shutdownTimeoutMs: setting(
    'SHUTDOWN_TIMEOUT_MS',
    integer(100, 300_000),
    '15000',
    'How long SIGTERM waits for accepted changes to finish. It must be longer than WRITE_TIMEOUT_MS.',
  ),
} as const satisfies Record<string, Setting>;

/** The settings of one process of the service. */
export type Config = Settings<typeof SETTINGS>;

/**
 * Reads the settings of the service.
 *
 * @throws ConfigError that names every fault
 */
export function readConfig(env: Environment): Config {
  const config = readSettings(SETTINGS, env);
  const faults = [...misfits(config), ...providerMisfits(config, env)];
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** Faults of settings that do not fit each other, one line each. */
function misfits({ access, openBehindProxy, host, publishedAt }: Config): string[] {
  if (access === 'keys' || openBehindProxy || isThisMachine(publishedAt ?? host)) return [];
  const [name, value] = publishedAt === undefined ? ['HOST', host] : ['PUBLISHED_AT', publishedAt];
  return [
    `${name} is "${value}", where other machines reach the service, and ACCESS=open asks nobody who they are: set ACCESS=keys, or ${name}=127.0.0.1, or OPEN_BEHIND_PROXY=true if something in front keeps strangers out`,
  ];
}

/** Whether only this machine reaches an address. Other names than localhost may mean any machine. */
function isThisMachine(address: string): boolean {
  if (address.toLowerCase() === 'localhost') return true;
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
