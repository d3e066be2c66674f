import { amount, finding } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { above, holding } from '../measure/memory';
import type { Row } from '../row';
import { HUNDRED_THOUSAND } from './import';

/** How much more memory a service uses for its products than a service without any. */
export const memory: Row = {
  name: 'memory',
  about: 'memory at 100,000 products',
  measure: async (bench) => {
    const ledger = await bench.ledger(HUNDRED_THOUSAND);
    const nothing = await bench.database.create('bench_empty');
    const [full, empty] = await interleaved(bench, [
      holding('full', ledger.environment),
      holding('empty', nothing),
    ]);
    return [
      finding(
        {
          what: `memory at ${ledger.products.toLocaleString('en')} products, above the empty service`,
          unit: 'MiB',
          figure: 'aboveMiB',
          target: amount('at most', 100),
        },
        above(full, empty),
      ),
    ];
  },
};
