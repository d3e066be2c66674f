import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { counts } from '../load/forms';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { throughput } from '../measure/throughput';
import type { Row } from '../row';
import { startLimit } from '../servers/references';
import { startService } from '../servers/service';

/** The same counts on the embedded store. */
export const postEmbedded: Row = {
  name: 'post-embedded',
  about: 'POST /inventory, multipart, durable, on the embedded store',
  measure: async (bench) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inventory-bench-'));
    await bench.use({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    const environment = { SQLITE_FILE: path.join(folder, 'inventory.sqlite') };
    const service = await bench.use(startService(environment));
    const limit = await bench.use(startLimit());
    const traffic = { requests: counts(1_000), connections: 256 };
    const [mine, atMost] = await interleaved(bench, [
      throughput(bench, 'service', service, traffic),
      throughput(bench, 'limit', limit, traffic),
    ]);
    return [
      finding(
        {
          what: 'POST /inventory, embedded store, 256 connections',
          unit: 'requests/s',
          figure: 'perSecond',
          target: ratio('at least', 0.9),
        },
        mine,
        atMost,
      ),
    ];
  },
};
