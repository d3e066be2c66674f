import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bench } from '../bench';
import { fillWideMysql, fillWideSqlite, type WideLedger } from '../fill/wide-ledger';
import { heavyPosts } from '../load/heavy-posts';
import { amount, finding } from '../measure/finding';
import { longestPing } from '../measure/stall';
import type { Finding, Row } from '../row';
import type { ServerProcess } from '../servers/server-process';
import { startService } from '../servers/service';

const WIDE = { records: 2_000_000, products: 1_000_000 };

/** Records that another process appended while this one slept. */
const GAP = 50_000;

/** How many bytes of an answer are read at most: the rest costs the same as the beginning. */
const READ_MAX = 300_000_000;

/** How long other clients wait at most while one client asks for much. */
const TARGET_MS = 50;

/** The longest time that a tiny request waits while a heavy request runs. The heavy requests run one after the other. */
export const stall: Row = {
  name: 'stall',
  about: 'the longest ping while heavy requests run, on 2 million records and a million products',
  measure: async (bench) => {
    const size = { records: bench.scaled(WIDE.records), products: bench.scaled(WIDE.products) };
    const folder = mkdtempSync(path.join(tmpdir(), 'inventory-bench-'));
    await bench.use({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    return [
      await onStore(bench, 'embedded store', await fillWideSqlite(folder, size)),
      await onStore(bench, 'MySQL', await fillWideMysql(bench.database, size)),
    ];
  },
};

async function onStore(bench: Bench, store: string, ledger: WideLedger): Promise<Finding> {
  const service = await bench.use(startService(ledger.environment));
  const rounds: Record<string, number> = {};
  let longest = { request: '', longestMs: 0, longestCpuMs: 0 };
  for (const [request, ask] of Object.entries(requests(service, ledger))) {
    const begun = performance.now();
    const { longestMs, longestCpuMs } = await longestPing(service, ask);
    const seconds = (performance.now() - begun) / 1_000;
    bench.say(
      `${store}, ${request}: ${longestMs.toFixed(1)} ms, of them ${longestCpuMs.toFixed(1)} ms of work; it took ${seconds.toFixed(1)} s`,
    );
    rounds[`${request}, ms`] = longestMs;
    rounds[`${request}, ms of work`] = longestCpuMs;
    if (longestMs > longest.longestMs) longest = { request, longestMs, longestCpuMs };
  }
  const most = Math.max(
    ...Object.entries(rounds).flatMap(([name, ms]) => (name.endsWith('work') ? [ms] : [])),
  );
  return finding(
    {
      what: `longest ping while heavy requests run, ${ledger.records.toLocaleString('en')} records, ${ledger.products.toLocaleString('en')} products, ${store}`,
      unit: 'ms',
      figure: 'longestMs',
      target: amount('at most', TARGET_MS),
      note: `during ${longest.request}; the service itself worked ${most.toFixed(0)} ms at most while a ping waited`,
    },
    { name: 'service', rounds: [{ longestMs: longest.longestMs, workMs: most, ...rounds }] },
  );
}

function requests(service: ServerProcess, ledger: WideLedger): Record<string, () => Promise<void>> {
  const asking =
    (target: string, headers: Record<string, string> = {}, bytes = READ_MAX) =>
    () =>
      read(`${service.url}${target}`, headers, bytes);
  const alone = [
    ...['/overview', '/overview', '/inventory', '/inventory'],
    ...[`/inventory?asOf=${ledger.records - 10}`, '/inventory?asOf=5'],
    ...['/records.csv', '/sales.csv', '/inventory.csv', '/products.csv'],
    ...['/products', '/products?q=nowhere', '/products?limit=1000&cursor=YWZ0ZXIgOTAwMDAw'],
    ...['/inventory/1/explain', '/inventory/1/records?reason=waste', '/products/1/outlook'],
    ...['/sales', '/sales?by=revenue&limit=1000', '/sales?groupBy=day'],
    ...['/sales?groupBy=day&productID=1', '/alerts', '/alerts?limit=1000', '/alerts/summary'],
    ...['/records?limit=1000', '/metrics', '/readyz'],
  ];
  const ten = [
    ...['/inventory/1/explain', '/inventory/1/records?reason=return', '/products?q=elsewhere'],
    ...['/sales?limit=7', '/sales?by=revenue&limit=9', '/sales?groupBy=day&from=2020-01-01'],
    ...['/sales?limit=8&from=2020-01-01', '/overview', '/records.csv', '/inventory?asOf=1000'],
  ];
  const gzip = { 'Accept-Encoding': 'gzip' };
  const events = { Accept: 'text/event-stream' };
  return {
    ...Object.fromEntries(
      alone.map((target, place) => [
        `GET ${target}${alone.indexOf(target) < place ? ' again' : ''}`,
        asking(target),
      ]),
    ),
    'GET /overview, compressed': asking('/overview', gzip),
    'the stream from 0': asking('/records?after=0', events, ledger.records * 80),
    'ten different at once': async () => {
      await Promise.all(ten.map((target) => asking(target, {}, READ_MAX / 10)()));
    },
    [`GET /inventory after ${GAP} records of another process`]: async () => {
      await ledger.append(Math.min(GAP, ledger.products));
      await asking('/inventory')();
    },
    ...heavyPosts(service, ledger.products),
  };
}

/** Reads an answer to its end, or up to that many bytes. */
function read(url: string, headers: Record<string, string>, bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers }, (response: IncomingMessage) => {
      let left = bytes;
      response.on('data', (chunk: Buffer) => {
        left -= chunk.length;
        if (left < 0) response.destroy();
      });
      response.once('close', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} was answered by ${response.statusCode}`));
      });
      response.once('error', () => {});
    });
    asked.once('error', reject);
  });
}
