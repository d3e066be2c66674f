import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../servers/free-port';

const ROOT = path.join(__dirname, '..', '..');

/** The image is built from nothing where no layer of it is cached. */
const BUILD_TIMEOUT_MS = 300_000;
const POLL_MS = 200;

const hasEngine = spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0;
if (!hasEngine) console.log('No Docker engine here: the Compose deployment is not tested.');

/** A deployment of its own, beside one that may run already. */
(hasEngine ? describe : describe.skip)('the Compose deployment', () => {
  let env: NodeJS.ProcessEnv;
  let url: string;
  let deployment: ChildProcess;
  const output: string[] = [];

  const compose = (...args: string[]) =>
    execFileSync('docker', ['compose', ...args], {
      cwd: ROOT,
      env,
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
  const untilReady = async () => {
    while ((await status('GET', '/readyz')) !== 200) {
      if (deployment.exitCode !== null) throw new Error(`./run.sh ended:\n${output.join('')}`);
      await pause(POLL_MS);
    }
  };

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    env = {
      ...process.env,
      COMPOSE_PROJECT_NAME: `inventory-test-${process.pid}`,
      PORT: String(port),
      MYSQL_PORT: String(await freePort()),
    };
    deployment = spawn('./run.sh', ['--docker'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    deployment.stdout?.on('data', (text) => output.push(String(text)));
    deployment.stderr?.on('data', (text) => output.push(String(text)));
    await untilReady();
  }, BUILD_TIMEOUT_MS);

  afterAll(async () => {
    if (deployment.exitCode === null) {
      const exited = once(deployment, 'exit');
      process.kill(-(deployment.pid as number), 'SIGINT');
      await exited;
    }
    compose('down', '--volumes', '--rmi', 'local');
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

  test('runs Node 24, not as root, on a read-only file system, without development packages', () => {
    expect(inApp('node', '--version')).toMatch(/^v24\./);
    expect(inApp('id', '-u').trim()).not.toBe('0');
    expect(() => inApp('touch', '/service/file')).toThrow(/Read-only file system/);
    expect(() => inApp('ls', 'node_modules/jest')).toThrow(/No such file/);
  });

  test('verifies its ledger', () => {
    expect(inApp('node', 'dist/main.js', 'verify')).toContain('answer what the plain ones answer');
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
    compose('stop', 'app');
    expect(compose('ps', '--all', '--format', '{{.ExitCode}}', 'app').trim()).toBe('0');
  });
});
