import { fillCells } from '../fill/cells';
import { get } from '../load/forms';
import { amount, finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { above, holding } from '../measure/memory';
import { throughput } from '../measure/throughput';
import type { Row } from '../row';
import { startMemory } from '../servers/references';
import { startService } from '../servers/service';

const PRODUCTS = 10_000;
const LOCATIONS = 20;

const PATH = '/inventory?locationID=7';

const CONNECTIONS = 16;

/** Products that are at many locations: what they take in memory, and what one location has. */
export const cells: Row = {
  name: 'cells',
  about: `10,000 products at each of ${LOCATIONS} locations`,
  measure: async (bench) => {
    const products = bench.scaled(PRODUCTS);
    const environment = await fillCells(bench.database, { products, locations: LOCATIONS });
    const nothing = await bench.database.create('bench_empty');
    const where = `${products.toLocaleString('en')} products at ${LOCATIONS} locations`;
    const [full, empty] = await interleaved(bench, [
      holding('full', environment),
      holding('empty', nothing),
    ]);
    const service = await bench.use(startService(environment));
    const memory = await bench.use(startMemory(`${service.url}${PATH}`));
    const traffic = { requests: [get(PATH)], connections: CONNECTIONS };
    const [mine, same] = await interleaved(bench, [
      throughput(bench, 'service', service, traffic),
      throughput(bench, 'memory', memory, traffic),
    ]);
    return [
      finding(
        {
          what: `memory with ${where}, above the empty service`,
          unit: 'MiB',
          figure: 'aboveMiB',
          target: amount('at most', 100),
        },
        above(full, empty),
      ),
      finding(
        {
          what: `GET /inventory?locationID=, ${where}`,
          unit: 'requests/s',
          figure: 'perSecond',
          // A body beyond a megabyte is sent in slices, so that nobody else has to wait for it.
          target: ratio('at least', 0.25),
        },
        mine,
        same,
      ),
    ];
  },
};
