import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bench } from '../bench';
import { ask } from '../load/ask';
import { counts } from '../load/forms';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { throughput } from '../measure/throughput';
import type { Finding, Row } from '../row';
import { startService } from '../servers/service';

type Environment = Readonly<Record<string, string>>;

const REQUESTS = counts(1_000);

/** The same counts by a caller who says who it is, and by one who is not asked. */
export const postWithKey: Row = {
  name: 'post-with-key',
  about: 'POST /inventory with a key, compared with ACCESS=open',
  measure: async (bench) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inventory-bench-'));
    await bench.use({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    const embedded = (name: string) => ({ SQLITE_FILE: path.join(folder, `${name}.sqlite`) });
    return [
      await compared(bench, 'embedded store', embedded('keys'), embedded('open')),
      await compared(
        bench,
        'MySQL',
        await bench.database.create('bench_with_key'),
        await bench.database.create('bench_without_key'),
      ),
    ];
  },
};

async function compared(
  bench: Bench,
  store: string,
  forKeys: Environment,
  forOpen: Environment,
): Promise<Finding> {
  const headers = { Authorization: `Bearer ${await newKey(forKeys)}` };
  const asking = await bench.use(startService({ ...forKeys, ACCESS: 'keys' }));
  const open = await bench.use(startService(forOpen));
  const requests = REQUESTS.map((request) => ({
    ...request,
    headers: { ...request.headers, ...headers },
  }));
  const [mine, theirs] = await interleaved(bench, [
    throughput(bench, 'with a key', asking, { requests, connections: 64 }),
    throughput(bench, 'open', open, { requests: REQUESTS, connections: 64 }),
  ]);
  return finding(
    {
      what: `POST /inventory with a key, ${store}, 64 connections`,
      unit: 'requests/s',
      figure: 'perSecond',
      target: ratio('at least', 0.97),
    },
    mine,
    theirs,
  );
}

/** Makes a key on a ledger as its owner would before ACCESS=keys is set. */
async function newKey(environment: Environment): Promise<string> {
  const service = await startService(environment);
  try {
    const body = new URLSearchParams({ name: 'bench', scopes: 'stock:count' });
    return JSON.parse(await ask(`${service.url}/keys`, { method: 'POST', body })).key;
  } finally {
    await service.stop();
  }
}
