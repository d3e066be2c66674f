import { plainTable } from '../fill/plain-table';
import { counts } from '../load/forms';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { throughput } from '../measure/throughput';
import type { Row } from '../row';
import { startPlain } from '../servers/references';
import { startService } from '../servers/service';

/** Counts by one client. It must not have to wait until more changes arrive. */
export const lonePost: Row = {
  name: 'lone-post',
  about: 'the latency of a lone POST /inventory',
  measure: async (bench) => {
    const service = await bench.use(startService(await bench.database.create('bench_lone_post')));
    const plain = await bench.use(startPlain(await plainTable(bench.database)));
    const traffic = { requests: counts(1_000), connections: 1 };
    const [mine, theirs] = await interleaved(bench, [
      throughput(bench, 'service', service, traffic),
      throughput(bench, 'plain', plain, traffic),
    ]);
    return [
      finding(
        {
          what: 'POST /inventory, MySQL, 1 connection, half within',
          unit: 'ms',
          figure: 'p50Ms',
          target: ratio('at most', 1.3),
        },
        mine,
        theirs,
      ),
    ];
  },
};
