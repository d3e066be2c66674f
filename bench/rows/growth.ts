import { counts, get } from '../load/forms';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { throughput } from '../measure/throughput';
import type { Finding, Row } from '../row';
import { startService } from '../servers/service';

/** Two ledgers with the same number of products. One is a thousand times as long as the other. */
export const TEN_MILLION = { records: 10_000_000, products: 10_000 };
export const TEN_THOUSAND = { records: 10_000, products: 10_000 };

/** One request at a time, so that no waiting is measured. */
export const growth: Row = {
  name: 'growth',
  about: 'the cost of one POST and one GET at 10 million records',
  measure: async (bench) => {
    const short = await bench.ledger(TEN_THOUSAND);
    // The same number of products in both at any scale: an answer with fewer products would be faster.
    const long = await bench.ledger({ ...TEN_MILLION, products: short.products });
    const onLong = await bench.use(startService(long.environment));
    const onShort = await bench.use(startService(short.environment));
    const asked = {
      'POST /inventory': counts(1_000),
      'GET /inventory': [get('/inventory')],
      'GET /inventory/1': [get('/inventory/1')],
    };
    const findings: Finding[] = [];
    for (const [name, requests] of Object.entries(asked)) {
      const traffic = { requests, connections: 1 };
      const [later, earlier] = await interleaved(bench, [
        throughput(bench, inWords(long.records), onLong, traffic),
        throughput(bench, inWords(short.records), onShort, traffic),
      ]);
      findings.push(
        finding(
          {
            what: `${name} at ${inWords(long.records)} records, half within`,
            unit: 'ms',
            figure: 'p50Ms',
            target: ratio('at most', 1.1),
          },
          later,
          earlier,
        ),
      );
    }
    return findings;
  },
};

function inWords(records: number): string {
  return records.toLocaleString('en');
}
