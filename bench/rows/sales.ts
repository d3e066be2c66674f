import { plainTable } from '../fill/plain-table';
import { get } from '../load/forms';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { once } from '../measure/once';
import { throughput } from '../measure/throughput';
import type { Row } from '../row';
import { startPlain } from '../servers/references';
import { startService } from '../servers/service';

/** 1,113 records of each product, of which 1,000 or 1,001 are sales. */
const MILLION_SALES = { records: 1_113_000, products: 1_000 };

const PLAIN_TIMEOUT_MS = 180_000;

/** The top sellers of 30 days, asked by one client: sums by day compared with a sum over all sales. */
export const sales: Row = {
  name: 'sales',
  about: 'GET /sales, 30 days, 1 million sales',
  measure: async (bench) => {
    const ledger = await bench.ledger(MILLION_SALES);
    const service = await bench.use(startService(ledger.environment));
    const plain = await bench.use(startPlain(await plainTable(bench.database, ledger.name)));
    const path = `/sales?from=${ledger.from}&to=${ledger.to}`;
    const ask = async () => {
      const { perSecond } = await once(plain, path, PLAIN_TIMEOUT_MS);
      return { perSecond };
    };
    const [mine, theirs] = await interleaved(bench, [
      throughput(bench, 'service', service, { requests: [get(path)], connections: 1 }),
      { name: 'plain', warmUp: ask, measure: ask },
    ]);
    return [
      finding(
        {
          what: `GET /sales, 30 days, ${ledger.records.toLocaleString('en')} records, 1 connection`,
          unit: 'requests/s',
          figure: 'perSecond',
          target: ratio('at least', 100),
        },
        mine,
        theirs,
      ),
    ];
  },
};
