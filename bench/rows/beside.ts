import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bench } from '../bench';
import { ask } from '../load/ask';
import { counts, form, get } from '../load/forms';
import type { LoadRequest } from '../load/load';
import { finding, ratio } from '../measure/finding';
import { interleaved, type Side } from '../measure/interleaved';
import { throughput } from '../measure/throughput';
import { type Finding, type Row, Skipped } from '../row';
import { startService } from '../servers/service';
import { countsOf } from './batch';

const PRODUCTS = 1_000;

/** What is sent to both versions. */
interface Case {
  readonly what: string;
  readonly store: 'MySQL' | 'embedded store';
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
}

const posts = (store: Case['store'], connections: number): Case => {
  return { what: 'POST /inventory', store, requests: counts(PRODUCTS), connections };
};
const gets = (path: string): Case => {
  return { what: `GET ${path}`, store: 'MySQL', requests: [get(path)], connections: 16 };
};

const SALES = Array.from({ length: PRODUCTS }, (_, index) =>
  form('/sales', { productID: index + 1, quantity: 1, unitPrice: 4.5 }),
);

const CASES: readonly Case[] = [
  posts('MySQL', 1),
  posts('MySQL', 64),
  posts('MySQL', 256),
  posts('embedded store', 64),
  { what: 'POST /sales', store: 'MySQL', requests: SALES, connections: 64 },
  gets('/inventory'),
  gets('/inventory/1'),
  gets('/sales'),
  gets('/overview'),
];

/** This version beside another one, by the CPU time of an answer, which swings less than the clock while a machine has other work. */
export const beside: Row = {
  name: 'beside',
  about: 'the CPU time of answers, compared with another version of the service (--beside)',
  measure: async (bench) => {
    const other = bench.settings.beside;
    if (other === undefined) throw new Skipped('--beside names no checkout of another version');
    const folder = mkdtempSync(path.join(tmpdir(), 'inventory-bench-'));
    await bench.use({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    const findings: Finding[] = [];
    for (const [index, each] of CASES.entries()) {
      const name = `beside_${index}`;
      findings.push(await compared(bench, folder, name, each, path.resolve(other)));
    }
    return findings;
  },
};

async function compared(
  bench: Bench,
  folder: string,
  name: string,
  { what, store, requests, connections }: Case,
  other: string,
): Promise<Finding> {
  const side = async (version: string, checkout?: string): Promise<Side> => {
    const environment =
      store === 'MySQL'
        ? await bench.database.create(`${name}_${version}`)
        : { SQLITE_FILE: path.join(folder, `${name}_${version}.sqlite`) };
    const service = await bench.use(startService(environment, checkout));
    await stock(service.url);
    return throughput(bench, version, service, { requests, connections });
  };
  const [mine, theirs] = await interleaved(bench, [await side('now'), await side('before', other)]);
  return finding(
    {
      what: `${what}, ${store}, ${connections} connections`,
      unit: 'ms of CPU',
      figure: 'cpuMsEach',
      target: ratio('at most', 1.05),
    },
    mine,
    theirs,
  );
}

/** Each product is counted, so that there is something to sell and to read. */
async function stock(url: string): Promise<void> {
  const changes = countsOf(PRODUCTS).map((count) => ({ ...count, availableQuantity: 1_000_000 }));
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ changes });
  await ask(`${url}/inventory/batch`, { method: 'POST', headers, body });
}
