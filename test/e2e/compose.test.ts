import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { alertOf, choose, expectSaid } from '../browser/alerts-page';
import { expectAccessible } from '../browser/axe';
import { describeBrowser, useBrowser } from '../browser/browser';
import { DUE } from '../due';
import { until } from '../faults/until';
import { Mailbox } from '../monitor/receivers';
import { freePort } from '../servers/free-port';

const ROOT = path.join(__dirname, '..', '..');

/** The image is built from nothing where no layer of it is cached. */
const BUILD_TIMEOUT_MS = 300_000;
const POLL_MS = 200;

/** How containers call the machine that runs them, which has the test's mail server. */
const MACHINE = 'host.docker.internal';
const OVERRIDE = { services: { monitor: { extra_hosts: [`${MACHINE}:host-gateway`] } } };

const MAIL_TO = 'ann@shop.example';

/** What a shell or SQL would take for something else. */
const MIGRATION_PASSWORD = `it's a "secret" \\ of 1`;

const hasEngine = spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0;
if (!hasEngine) console.log('No Docker engine here: the Compose deployment is not tested.');

/** A deployment of its own, beside one that may run already. */
(hasEngine ? describe : describe.skip)('the Compose deployment', () => {
  let env: NodeJS.ProcessEnv;
  let url: string;
  let deployment: ChildProcess;
  let folder: string;
  const mailbox = new Mailbox();
  const output: string[] = [];

  const compose = (...args: string[]) => composeWith({}, ...args);
  const composeWith = (settings: NodeJS.ProcessEnv, ...args: string[]) =>
    execFileSync('docker', ['compose', ...args], {
      cwd: ROOT,
      env: { ...env, ...settings },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const inApp = (...command: string[]) => compose('exec', '-T', 'app', ...command);
  const asService = (sql: string) =>
    compose(
      ...['exec', '-T', 'db', 'mysql', '--user=inventory_service'],
      ...['--password=inventory_service', 'shop', `--execute=${sql}`],
    );
  const status = async (method: string, route: string) => {
    const answer = await fetch(`${url}${route}`, { method }).catch(() => undefined);
    return answer?.status;
  };
  const sell = async (productID: number, quantity: number) => {
    const body = new URLSearchParams({ productID: `${productID}`, quantity: `${quantity}` });
    expect((await fetch(`${url}/sales`, { method: 'POST', body })).status).toBe(201);
  };
  const alertsOf = async (productID: number): Promise<{ kind: string }[]> =>
    JSON.parse(await (await fetch(`${url}/alerts?productID=${productID}`)).text());
  const whileStarting = async (isStarting: () => Promise<boolean> | boolean) => {
    while (await isStarting()) {
      if (deployment.exitCode !== null) throw new Error(`./run.sh ended:\n${output.join('')}`);
      await pause(POLL_MS);
    }
  };
  const untilReady = () => whileStarting(async () => (await status('GET', '/readyz')) !== 200);

  /** Starts it, and waits until all of it is there. */
  const start = async (settings: NodeJS.ProcessEnv = {}) => {
    output.length = 0;
    deployment = spawn('./run.sh', ['--docker'], {
      cwd: ROOT,
      env: { ...env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    deployment.stdout?.on('data', (text) => output.push(String(text)));
    deployment.stderr?.on('data', (text) => output.push(String(text)));
    await untilReady();
    // It waits for the monitor as well, which a test replaces.
    await whileStarting(() => !output.join('').includes('To stop'));
  };

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    folder = mkdtempSync(path.join(tmpdir(), 'inventory-compose-'));
    const override = path.join(folder, 'override.json');
    writeFileSync(override, JSON.stringify(OVERRIDE));
    env = {
      ...process.env,
      COMPOSE_PROJECT_NAME: `inventory-test-${process.pid}`,
      PORT: String(port),
      MYSQL_PORT: String(await freePort()),
      COMPOSE_FILE: ['docker-compose.yml', override].join(path.delimiter),
      SMTP_URL: `smtp://${MACHINE}:${new URL(await mailbox.open('0.0.0.0')).port}`,
      MAIL_TO,
      DB_MIGRATION_PASSWORD: MIGRATION_PASSWORD,
      // A monitor that the test starts by Compose itself has the service's.
      LINK_SECRET: 'of the deployment that is tested',
    };
    await start();
  }, BUILD_TIMEOUT_MS);

  afterAll(async () => {
    if (deployment.exitCode === null) {
      const exited = once(deployment, 'exit');
      process.kill(-(deployment.pid as number), 'SIGINT');
      await exited;
    }
    compose('down', '--volumes', '--rmi', 'local');
    await mailbox.close();
    rmSync(folder, { recursive: true });
  }, BUILD_TIMEOUT_MS);

  test("answers the README's calls", () => {
    execFileSync(path.join(__dirname, 'calls.sh'), [url], { encoding: 'utf8' });
  });

  test('starts with the dummy shop', async () => {
    const stock = (await (await fetch(`${url}/inventory`)).json()) as { productID: number }[];
    expect(stock.map(({ productID }) => productID)).toEqual(
      expect.arrayContaining([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    );
    expect(await (await fetch(`${url}/sales`)).json()).toHaveLength(5);
  });

  test('serves the page, with the scripts that it names', async () => {
    const page = await (await fetch(`${url}/`)).text();
    const [, script] = page.match(/src="\.?(\/assets\/[^"]+\.js)"/) ?? [];
    expect(await status('GET', script as string)).toBe(200);
  });

  test("lets the service's account append to the ledger, and never update or delete there", async () => {
    asService('INSERT INTO inventory (productID, availableQuantity) VALUES (77, 5)');
    const answer = await fetch(`${url}/inventory/77`);
    expect(await answer.json()).toMatchObject({ productID: 77, availableQuantity: 5 });
    expect(() => asService('UPDATE inventory SET availableQuantity = 1')).toThrow(/1142/);
    expect(() => asService('DELETE FROM inventory')).toThrow(/1142/);
    expect(() => asService('DROP TABLE inventory')).toThrow(/1142/);
    expect(() => asService('TRUNCATE inventory')).toThrow(/1142/);
  });

  test('gives the account that changes the schema the password of .env, and no other', () => {
    const asMigrator = (password: string) =>
      compose(
        ...['exec', '-T', 'db', 'mysql', '--user=inventory_migrator'],
        ...[`--password=${password}`, 'shop', '--execute=SHOW GRANTS'],
      );
    expect(asMigrator(MIGRATION_PASSWORD)).toContain('ALTER');
    expect(() => asMigrator('inventory_migrator')).toThrow(/1045/);
  });

  test('runs Node 24, not as root, on a read-only file system, without development packages', () => {
    expect(inApp('node', '--version')).toMatch(/^v24\./);
    expect(inApp('id', '-u').trim()).not.toBe('0');
    expect(() => inApp('touch', '/service/file')).toThrow(/Read-only file system/);
    expect(() => inApp('ls', 'node_modules/jest')).toThrow(/No such file/);
  });

  test('verifies its ledger', () => {
    expect(inApp('node', 'dist/main.js', 'verify')).toContain('answer what the plain ones answer');
  });

  describeBrowser('with a mail server', () => {
    const browser = useBrowser();

    test('a sale, a mail, its link followed by a scanner and then by a person: the page shows it', async () => {
      await sell(6, 6);
      const title = 'Gooseneck Kettle 1 l';
      const find = () => mailbox.mails.find(({ subject }) => subject === `Out of stock: ${title}`);
      const mail = await until('the mail', find);
      expect(mail.to).toMatchObject([{ address: MAIL_TO }]);
      const link = /Ordered: (\S+)/.exec(mail.text ?? '')?.[1] as string;
      for (const method of ['GET', 'HEAD']) {
        expect((await fetch(link, { method })).status).toBe(200);
      }
      expect(await alertsOf(6)).toMatchObject([{ kind: 'out', status: 'open' }]);

      const page = await browser.open(link);
      await expectAccessible(page);
      await page.getByLabel('Goods are due on').fill(DUE);
      await page.getByRole('button', { name: 'Mark as ordered' }).click();
      await page.getByText(`Ordered by ${MAIL_TO}, due on ${DUE}.`).waitFor();
      await page.getByRole('link', { name: 'All alerts' }).click();
      await choose(page, 'Handled 2');
      await expectSaid(alertOf(page, title), `Ordered by ${MAIL_TO}, due Dec 1`);
      await expectSaid(alertOf(page, title), '1 of 1 messages delivered');
    });
  });

  test('without a mail server the monitor says that mail is off, and alerts open all the same', async () => {
    composeWith({ SMTP_URL: '' }, 'up', '--detach', '--no-deps', '--no-build', 'monitor');
    await until('a line that says so', () => compose('logs', 'monitor').includes('mail is off'));
    await sell(7, 15);
    const alert = await until('the alert', async () => (await alertsOf(7))[0]);
    expect(alert).toMatchObject({ kind: 'out', status: 'open', deliveries: [] });
  });

  test('has a mail catcher to show, if one is asked for', () => {
    const { services } = JSON.parse(compose('--profile', 'mail', 'config', '--format', 'json'));
    expect(services.mail.ports).toMatchObject([{ host_ip: '127.0.0.1', target: 8025 }]);
    expect(JSON.parse(compose('config', '--format', 'json')).services).not.toHaveProperty('mail');
  });

  test('loses its database and has it again, with no restart of the service', async () => {
    const started = () => compose('ps', '--quiet', 'app') + inApp('stat', '-c', '%Y', '/proc/1');
    const before = started();
    compose('kill', '--signal', 'KILL', 'db');
    expect(await status('GET', '/readyz')).toBe(503);
    expect(await status('GET', '/healthz')).toBe(200);
    compose('start', 'db');
    await untilReady();
    execFileSync(path.join(__dirname, 'calls.sh'), [url], { encoding: 'utf8' });
    expect(started()).toBe(before);
  });

  test('stops when asked to, having finished', () => {
    compose('stop', 'monitor', 'app');
    const codes = compose('ps', '--all', '--format', '{{.ExitCode}}', 'monitor', 'app');
    expect(codes.trim().split('\n')).toEqual(['0', '0']);
  });

  describe('started again with ACCESS=keys, on the ledger that was open', () => {
    const LINK = /http:\/\/\S+\/#\/sign-in\/([\w-]{43})/;
    let cookie: string;

    type Headers = Readonly<Record<string, string>>;
    const get = async (path: string, headers: Headers) =>
      JSON.parse(await (await fetch(`${url}${path}`, { headers })).text());
    const post = (path: string, headers: Headers, fields: Readonly<Record<string, string>>) =>
      fetch(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) });
    /** Signs in with the link in a text. @returns the cookie; undefined if the link is good for nobody */
    const signIn = async (text: string) => {
      const [, invitation = ''] = LINK.exec(text) ?? [];
      const answer = await post('/sessions', {}, { invitation, device: 'The till' });
      return answer.headers.get('Set-Cookie')?.split(';')[0];
    };

    beforeAll(async () => {
      // What runs ends by itself once its containers have stopped.
      if (deployment.exitCode === null) await once(deployment, 'exit');
      await start({ ACCESS: 'keys' });
    }, BUILD_TIMEOUT_MS);

    test('prints once with which link the owner signs in', async () => {
      const said = () =>
        output
          .join('')
          .split('\n')
          .filter((line) => LINK.test(line));
      await until('the link', () => said()[0]);
      expect(said()).toHaveLength(1);
      cookie = (await signIn(said()[0] as string)) as string;
      const me = await get('/me', { Cookie: cookie });
      expect(me).toMatchObject({ actor: 'person:owner', role: 'owner' });
      expect(await signIn(said()[0] as string)).toBeUndefined();
    });

    test('is published at all addresses, and asks strangers who they are', async () => {
      expect(compose('port', 'app', '5000')).toMatch(/^0\.0\.0\.0:/);
      for (const path of ['/inventory', '/records', '/people', '/metrics']) {
        expect(await status('GET', path)).toBe(401);
      }
      expect(await status('GET', '/readyz')).toBe(200);
    });

    test('makes another link by the command of the README', async () => {
      const clerk = await signIn(inApp('node', 'dist/main.js', 'invite', 'ann', 'clerk'));
      const me = await get('/me', { Cookie: clerk as string });
      expect(me).toMatchObject({ actor: 'person:ann', role: 'clerk' });
    });

    test.each([
      ['run.sh makes', undefined],
      ['Compose alone makes', ''],
    ])(
      'a till sells and cannot count; the monitor sees it by a key that %s',
      async (_, monitorKey) => {
        if (monitorKey !== undefined) {
          const settings = { ACCESS: 'keys', MONITOR_KEY: monitorKey, PUBLIC_URL: url };
          composeWith(settings, 'up', '--detach', '--no-build', 'app', 'monitor');
          // Connections to the service before it are noticed to be closed meanwhile.
          await until('the service', async () => (await status('GET', '/readyz')) === 200);
        }
        const productID = monitorKey === undefined ? '9' : '10';
        const owner = { Cookie: cookie };
        const fields = { name: `till-${productID}`, scopes: 'stock:sell' };
        const { key } = JSON.parse(await (await post('/keys', owner, fields)).text());
        const till = { Authorization: `Bearer ${key}` };
        const { availableQuantity } = await get(`/inventory/${productID}`, owner);
        const sale = { productID, quantity: `${availableQuantity}` };
        expect((await post('/sales', till, sale)).status).toBe(201);
        const counted = await post('/inventory', till, { productID, availableQuantity: '5' });
        expect(await counted.text()).toContain('/problems/missing-scope');
        const alert = await until('the alert', async () => {
          const alerts: { kind: string }[] = await get(`/alerts?productID=${productID}`, owner);
          return alerts.find(({ kind }) => kind === 'out');
        });
        expect(alert).toMatchObject({ status: 'open' });
      },
    );
  });
});
