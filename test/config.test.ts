import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig, SETTINGS } from '../app/config';
import { MONITOR_SETTINGS, misfits } from '../app/monitor/settings';
import { ConfigError, readSettings, type Setting } from '../app/setting-table';

const settings = Object.values<Setting>(SETTINGS);

/** The faults for which settings are refused. */
function faults(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test('without any setting the service has the documented defaults', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 5000,
    publicUrl: 'http://localhost:5000',
    basePath: '',
    allowedHosts: [],
    trustProxy: [],
    dbHost: undefined,
    dbPort: 3306,
    dbUser: 'inventory_service',
    dbPassword: undefined,
    dbName: 'shop',
    sqliteFile: 'data/inventory.sqlite',
    logLevel: 'info',
    logFormat: 'auto',
    webConcurrency: 1,
    bodyLimitBytes: 16_384,
    batchLimitBytes: 8_388_608,
    importLimitBytes: 16_777_216,
    requestTimeoutMs: 30_000,
    stallTimeoutMs: 20_000,
    connectionsLimit: 2_000,
    streamsLimit: 1_000,
    bodiesLimitBytes: 67_108_864,
    access: 'open',
    openBehindProxy: false,
    publishedAt: undefined,
    addressSharePercent: 50,
    queueLimit: 5_000,
    batchLimit: 1_000,
    writeTimeoutMs: 10_000,
    clockToleranceMs: 300_000,
    productLimit: 2_000_000,
    alertEventsLimit: 1_000,
    cancellationsLimit: 1_000,
    cancellationsPerHour: 3_600,
    urlLimit: 8_192,
    readTimeoutMs: 3_000,
    linkSecret: undefined,
    monitorKey: undefined,
    monitorKeyFile: undefined,
    oidcIssuer: undefined,
    oidcClientID: undefined,
    oidcClientSecret: undefined,
    instanceID: undefined,
    shutdownTimeoutMs: 15_000,
  });
});

test('a setting that is empty counts as not set', () => {
  expect(readConfig(Object.fromEntries(settings.map(({ name }) => [name, ''])))).toEqual(
    readConfig({}),
  );
});

test('settings are read from the environment, and its other variables are ignored', () => {
  const env = {
    PORT: '0',
    DB_HOST: 'db',
    DB_PASSWORD: ' secret',
    LOG_LEVEL: 'warn',
    LANG: 'C',
  };
  expect(readConfig(env)).toEqual({
    ...readConfig({}),
    port: 0,
    dbHost: 'db',
    dbPassword: ' secret',
    logLevel: 'warn',
  });
});

test.each(['-1', '+1', '5000.0', '5e3', '0x10', '05000', ' 5000', '65536', 'five', '\uff15'])(
  'PORT must not be %p',
  (port) => {
    expect(faults({ PORT: port })).toEqual([
      `PORT must be a whole number from 0 to 65535, and is "${port}"`,
    ]);
  },
);

test.each(settings.map(({ name, default: text }) => [name, text]))(
  'the default of %s, %p, is a value that it may have',
  (name, text) => {
    expect(faults(text === undefined ? {} : { [name]: text })).toEqual([]);
  },
);

test('every fault is reported at once, each under the name of its setting', () => {
  const wrong = { PORT: 'x', DB_PORT: '0', LOG_LEVEL: 'loud', QUEUE_LIMIT: '0', BATCH_LIMIT: '-1' };
  expect(faults(wrong).map((fault) => fault.split(' ')[0])).toEqual([
    'PORT',
    'DB_PORT',
    'LOG_LEVEL',
    'QUEUE_LIMIT',
    'BATCH_LIMIT',
  ]);
  expect(() => readConfig(wrong)).toThrow(faults(wrong).join('\n'));
});

test('a fault says what the setting must be', () => {
  const wrong = Object.fromEntries(settings.map(({ name }) => [name, ' ?']));
  expect(faults(wrong).length).toBeGreaterThan(20);
  expect(faults(wrong).filter((fault) => !/^[A-Z_]+ must /.test(fault))).toEqual([]);
});

test('a fault elsewhere does not tell the password', () => {
  expect(faults({ PORT: 'x', DB_PASSWORD: 'hunter2' }).join()).not.toContain('hunter2');
});

test.each([
  ['/inventory', '/inventory'],
  ['inventory/', '/inventory'],
  ['/a.b/c-d_e~1/', '/a.b/c-d_e~1'],
  ['/', ''],
])('BASE_PATH may be %s', (text, expected) => {
  expect(readConfig({ BASE_PATH: text }).basePath).toBe(expected);
});

test.each(['/a b', '//evil.example', '/..', '/a/../b', '/a?b', '/%61', '/ä'])(
  'BASE_PATH must not be %s',
  (text) => {
    expect(faults({ BASE_PATH: text })).toEqual([
      expect.stringMatching(/^BASE_PATH must be a path/),
    ]);
  },
);

test('ALLOWED_HOSTS are names, in any case', () => {
  const { allowedHosts } = readConfig({ ALLOWED_HOSTS: ' Shop-PC, inventory.shop.example,' });
  expect(allowedHosts).toEqual(['shop-pc', 'inventory.shop.example']);
  for (const wrong of ['*', 'shop:5000', 'http://shop', 'a b', '.shop', 'shöp']) {
    expect(faults({ ALLOWED_HOSTS: wrong })).toEqual([
      expect.stringMatching(/^ALLOWED_HOSTS must be host names/),
    ]);
  }
});

test.each([
  [{ HOST: '127.0.0.1' }, undefined],
  [{ HOST: 'localhost' }, undefined],
  [{ HOST: '::1' }, undefined],
  [{ HOST: '127.9.9.9' }, undefined],
  [{ HOST: '::ffff:127.0.0.1' }, undefined],
  [{ HOST: '0.0.0.0' }, 'HOST'],
  [{ HOST: '::' }, 'HOST'],
  [{ HOST: '0' }, 'HOST'],
  [{ HOST: '192.168.1.7' }, 'HOST'],
  [{ HOST: '::ffff:192.168.1.7' }, 'HOST'],
  [{ HOST: 'shop-pc' }, 'HOST'],
  [{ HOST: '0.0.0.0', PUBLISHED_AT: '127.0.0.1' }, undefined],
  [{ HOST: '0.0.0.0', PUBLISHED_AT: '0.0.0.0' }, 'PUBLISHED_AT'],
  [{ HOST: '127.0.0.1', PUBLISHED_AT: '0.0.0.0' }, 'PUBLISHED_AT'],
  [{ HOST: '0.0.0.0', OPEN_BEHIND_PROXY: 'false' }, 'HOST'],
  [{ HOST: '0.0.0.0', OPEN_BEHIND_PROXY: 'true' }, undefined],
  [{ HOST: '0.0.0.0', ACCESS: 'keys' }, undefined],
])(
  'with ACCESS=open only this machine reaches the service: with %j the fault is of %p',
  (env, named) => {
    const fault = expect.stringMatching(`^${named} is .* set ACCESS=keys`);
    expect(faults(env as Record<string, string>)).toEqual(named === undefined ? [] : [fault]);
  },
);

test('TRUST_PROXY are addresses and networks', () => {
  expect(readConfig({ TRUST_PROXY: '127.0.0.1, ::1,10.0.0.0/8' }).trustProxy).toEqual([
    ...['127.0.0.1', '::1', '10.0.0.0/8'],
  ]);
  for (const wrong of ['true', '1.2.3.4.5', '10.0.0.0/33', 'proxy', '*']) {
    expect(faults({ TRUST_PROXY: wrong })).toEqual([
      expect.stringMatching(/^TRUST_PROXY must be addresses or networks/),
    ]);
  }
});

test('LINK_SECRET is long enough not to be guessed, and its fault does not tell it', () => {
  expect(faults({ LINK_SECRET: '0123456789abcde' })).toEqual([
    'LINK_SECRET must have at least 16 characters',
  ]);
  expect(readConfig({ LINK_SECRET: '0123456789abcdef' }).linkSecret).toBe('0123456789abcdef');
});

const PROVIDER = {
  ACCESS: 'keys',
  PUBLIC_URL: 'https://shop.example',
  OIDC_ISSUER: 'https://accounts.example/',
  OIDC_CLIENT_ID: 'shop',
  OIDC_CLIENT_SECRET: '0123456789abcdef',
};

test('a provider to sign in with takes five settings, and the fault says which are missing', () => {
  // The slash stays: an issuer is compared as it stands.
  expect(readConfig(PROVIDER).oidcIssuer).toBe('https://accounts.example/');
  for (const name of Object.keys(PROVIDER) as (keyof typeof PROVIDER)[]) {
    const { [name]: _left, ...rest } = PROVIDER;
    const missing = name === 'ACCESS' ? 'ACCESS=keys' : name;
    expect(faults(rest)).toEqual([
      `To sign in with an OpenID provider, ${missing} must be set, too; without a provider leave OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET out`,
    ]);
  }
  expect(faults({ OIDC_CLIENT_ID: 'shop' })).toEqual([
    expect.stringContaining('OIDC_ISSUER and OIDC_CLIENT_SECRET and PUBLIC_URL and ACCESS=keys'),
  ]);
});

test.each([
  ['https://accounts.example/tenant', true],
  ['http://localhost:9000', true],
  ['http://127.0.0.1:9000', true],
  ['http://accounts.example', false],
  ['https://accounts.example/?tenant=1', false],
  ['https://user:pass@accounts.example', false],
  ['accounts.example', false],
  ['ftp://accounts.example', false],
])('OIDC_ISSUER may be %s: %p', (issuer, isGood) => {
  const fault = expect.stringMatching(/^OIDC_ISSUER must be the https URL/);
  expect(faults({ ...PROVIDER, OIDC_ISSUER: issuer })).toEqual(isGood ? [] : [fault]);
});

test('OIDC_CLIENT_SECRET is long enough, and its fault does not tell it', () => {
  expect(faults({ ...PROVIDER, OIDC_CLIENT_SECRET: '0123456789abcde' })).toEqual([
    'OIDC_CLIENT_SECRET must have at least 16 characters',
  ]);
});

test.each(['short', `${'a'.repeat(40)} b`, 'a'.repeat(201)])(
  'MONITOR_KEY must not be %p, and its fault does not tell it',
  (key) => {
    expect(faults({ MONITOR_KEY: key })).toEqual([
      'MONITOR_KEY must be 32 to 200 letters, digits, or any of _ . ~ + / -',
    ]);
  },
);

describe('the monitor', () => {
  const read = (env: Record<string, string>) => readSettings(MONITOR_SETTINGS, env);

  test('needs no setting', () => {
    const settings = read({});
    expect(settings).toMatchObject({
      threshold: 5,
      digestMinutes: 60,
      mailTo: [],
      smtpUrl: undefined,
    });
    expect(misfits(settings)).toEqual([]);
  });

  test('reads lists of addresses, those of single products, and URLs', () => {
    const settings = read({
      PUBLIC_URL: 'https://shop.example/',
      MAIL_TO: ' ann@shop.example, bob@shop.example ,',
      MAIL_TO_BY_PRODUCT: '7=cy@shop.example;12=cy@shop.example, di@shop.example',
    });
    expect(settings.publicUrl).toBe('https://shop.example');
    expect(settings.mailTo).toEqual(['ann@shop.example', 'bob@shop.example']);
    expect(settings.mailToByProduct.get(12)).toEqual(['cy@shop.example', 'di@shop.example']);
  });

  test.each([
    ['MAIL_TO', 'ann'],
    ['MAIL_TO', 'ann@shop.example\r\nBcc: all@shop.example'],
    ['MAIL_TO_BY_PRODUCT', 'ann@shop.example'],
    ['MAIL_TO_BY_PRODUCT', '7='],
    ['MAIL_FROM', 'Shop'],
    ['MAIL_FROM', 'Shop <shop@shop.example>\r\nBcc: all@shop.example'],
    ['MAIL_FROM', 'shop@shop.example, all@shop.example'],
    ['SMTP_URL', 'mail.example'],
    ['API_URL', 'ftp://shop.example'],
    ['WEBHOOK_URLS', 'file:///etc/passwd'],
    ['WEBHOOK_SECRET', 'secret'],
    ['WEBHOOK_ALLOW_PRIVATE', 'yes'],
  ])('%s must not be %j', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name} must be`));
  });

  test.each(['shop@shop.example', 'Shop <shop@shop.example>', '"Shop & Co." <shop@shop.example>'])(
    'mails may come from %s',
    (from) => expect(read({ MAIL_FROM: from }).mailFrom).toBe(from),
  );

  test('allows 20 recipients of one product at most', () => {
    const people = (count: number, name = 'p') =>
      Array.from({ length: count }, (_, index) => `${name}${index}@shop.example`).join(',');
    expect(misfits(read({ MAIL_TO: people(20) }))).toEqual([]);
    const own = `7=${people(10, 'q')};7=q10@shop.example`;
    expect(misfits(read({ MAIL_TO: people(10), MAIL_TO_BY_PRODUCT: own }))).toEqual([
      expect.stringContaining('20 recipients'),
    ]);
  });

  test('with ACCESS=keys it needs its key', () => {
    expect(misfits(read({ ACCESS: 'keys' }))).toEqual([
      expect.stringMatching(/^MONITOR_KEY is required with ACCESS=keys: /),
    ]);
    expect(misfits(read({ ACCESS: 'keys', MONITOR_KEY: '0a'.repeat(32) }))).toEqual([]);
    expect(misfits(read({}))).toEqual([]);
  });

  test('webhooks are signed, so they need a secret', () => {
    const settings = read({ WEBHOOK_URLS: 'https://shop.example/hook' });
    expect(misfits(settings)).toEqual([expect.stringContaining('WEBHOOK_SECRET')]);
  });
});

describe('.env.example', () => {
  const read = (name: string) => readFileSync(path.join(__dirname, '..', name), 'utf8');
  const [, service = '', monitor = '', compose = ''] = read('.env.example').split(/^# ---- .*$/m);

  /** The settings of a section: the comment above each, its name and its value, all commented out. */
  const listed = (section: string) =>
    [...section.matchAll(/^((?:# .+\n)+)#([A-Z_]+)=(.*)$/gm)].map(
      ([, comment = '', name, value]) => ({
        name,
        default: value || undefined,
        meaning: comment.replace(/^# /gm, '').trim().replaceAll('\n', ' '),
      }),
    );

  test('lists every setting of the service with its default and meaning, and no other', () => {
    expect(listed(service)).toEqual(
      settings.map(({ name, default: text, meaning }) => ({
        name,
        default: text || undefined,
        meaning,
      })),
    );
  });

  test('lists those of the monitor that the service does not have', () => {
    const names = new Set(settings.map(({ name }) => name));
    expect(listed(monitor)).toEqual(
      Object.values<Setting>(MONITOR_SETTINGS)
        .filter(({ name }) => !names.has(name))
        .map(({ name, default: text, meaning }) => ({ name, default: text || undefined, meaning })),
    );
  });

  test('lists the settings of Compose alone apart, and says what PORT is there', () => {
    expect(listed(compose)).toMatchObject([
      { name: 'PUBLISH_ADDRESS', default: '127.0.0.1' },
      { name: 'MYSQL_PORT', default: '3307' },
      { name: 'MYSQL_ROOT_PASSWORD' },
      { name: 'MAIL_PORT', default: '8025' },
    ]);
    expect(compose).toContain('PORT is the port of this machine');
  });

  test('lists what docker-compose.yml takes from the environment, with the same defaults', () => {
    const taken = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)(?::-([^}]*))?\}/g)];
    const all = new Map(
      [...listed(service), ...listed(monitor), ...listed(compose)].map((each) => [each.name, each]),
    );
    expect(taken.length).toBeGreaterThan(0);
    for (const [, name, fallback] of taken) {
      expect(all.has(name)).toBe(true);
      // Compose has default accounts for trying it out; the service has none.
      if (!/^DB_(PASSWORD|MIGRATION_)/.test(name ?? ''))
        expect(all.get(name)?.default).toBe(fallback || undefined);
    }
  });

  test('has nothing in it that is set: a copy of it changes nothing', () => {
    expect(read('.env.example')).not.toMatch(/^[^#\n]/m);
  });
});
