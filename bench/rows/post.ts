import { plainTable } from '../fill/plain-table';
import { counts } from '../load/forms';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { throughput } from '../measure/throughput';
import type { Finding, Row } from '../row';
import { startLimit, startPlain } from '../servers/references';
import { startService } from '../servers/service';

/** How many products the counts are spread over. */
const PRODUCTS = 1_000;

/** Counts by many clients at a time. Each is durable before it is answered. */
export const post: Row = {
  name: 'post',
  about: 'POST /inventory, multipart, durable, on MySQL',
  measure: async (bench) => {
    const service = await bench.use(startService(await bench.database.create('bench_post')));
    const limit = await bench.use(startLimit());
    const plain = await bench.use(startPlain(await plainTable(bench.database)));
    const requests = counts(PRODUCTS);
    const findings: Finding[] = [];
    for (const connections of [16, 64, 256]) {
      const traffic = { requests, connections };
      const [mine, theirs, atMost] = await interleaved(bench, [
        throughput(bench, 'service', service, traffic),
        throughput(bench, 'plain', plain, traffic),
        throughput(bench, 'limit', limit, traffic),
      ]);
      const what = `POST /inventory, MySQL, ${connections} connections`;
      const question = { what, unit: 'requests/s', figure: 'perSecond' };
      if (connections === 256)
        findings.push(finding({ ...question, target: ratio('at least', 0.9) }, mine, atMost));
      else findings.push(finding({ ...question, target: ratio('at least', 1.2) }, mine, theirs));
    }
    return findings;
  },
};
