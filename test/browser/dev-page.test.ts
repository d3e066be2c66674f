import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { until } from '../faults/until';
import { freePort } from '../servers/free-port';
import { dummy } from './fillings';
import { SCREENS } from './screens';
import { inBrowser } from './shop';

const ROOT = path.join(__dirname, '..', '..');

inBrowser(dummy, (shop) => {
  let vite: ChildProcess;
  let url: string;
  beforeEach(async () => {
    const port = await freePort();
    url = `http://localhost:${port}`;
    const script = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
    vite = spawn(process.execPath, [script, 'app/web', '--port', String(port), '--strictPort'], {
      cwd: ROOT,
      env: { ...process.env, DEV_SERVICE_URL: shop.url },
      stdio: 'ignore',
    });
    await until('Vite to answer', () =>
      fetch(url)
        .then(({ ok }) => ok)
        .catch(() => false),
    );
  });
  afterEach(async () => {
    vite.kill('SIGKILL');
    await once(vite, 'exit');
  });

  test('npm run dev:page shows every screen from its source', async () => {
    const headings = new Map(SCREENS.map(({ path: where, heading }) => [where, heading]));
    const page = await shop.browser.open(`${url}/`);
    for (const [where, heading] of headings) {
      await page.goto(`${url}${where}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
  });
});
