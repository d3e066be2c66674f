import type { Bench } from '../bench';
import { ask } from '../load/ask';
import { counts } from '../load/forms';
import type { LoadRequest } from '../load/load';
import { loops } from '../load/loops';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { throughput } from '../measure/throughput';
import type { Row } from '../row';
import { startService } from '../servers/service';

const CONNECTIONS = 64;

const PRODUCTS = 1_000;

/** Units of each product, more than are sold. */
const UNITS = 1_000_000;

const JSON_HEADERS = { 'Content-Type': 'application/json' };

/** Baskets: each is held and then sold. The requests of both sides are sent in the same way. */
export const holds: Row = {
  name: 'holds',
  about: 'PUT /holds and POST /holds/…/sale, compared with POST /inventory',
  measure: async (bench) => {
    const holding = await stocked(bench, 'bench_holds');
    const counting = await stocked(bench, 'bench_holds_beside');
    const baskets = Array.from({ length: PRODUCTS }, (_, index) => basket(index + 1)).flat();
    const [mine, theirs] = await interleaved(bench, [
      throughput(
        bench,
        'service',
        holding,
        { requests: baskets, connections: CONNECTIONS },
        (loading) => loops({ ...loading, together: 2 }),
      ),
      throughput(
        bench,
        'POST /inventory',
        counting,
        { requests: counts(PRODUCTS), connections: CONNECTIONS },
        (loading) => loops({ ...loading, together: 1 }),
      ),
    ]);
    return [
      finding(
        {
          what: `PUT /holds and their sales, MySQL, ${CONNECTIONS} connections`,
          unit: 'requests/s',
          figure: 'perSecond',
          target: ratio('at least', 0.8),
        },
        mine,
        theirs,
      ),
    ];
  },
};

/** A service that has plenty of each product. */
async function stocked(bench: Bench, name: string) {
  const service = await bench.use(startService(await bench.database.create(name)));
  const changes = Array.from({ length: PRODUCTS }, (_, index) => {
    return { productID: index + 1, availableQuantity: UNITS };
  });
  const body = JSON.stringify({ changes });
  await ask(`${service.url}/inventory/batch`, { method: 'POST', headers: JSON_HEADERS, body });
  return service;
}

/** A unit of a product is held, and then sold. */
function basket(productID: number): LoadRequest[] {
  const lines = [{ productID, quantity: 1 }];
  return [
    {
      method: 'PUT',
      path: '/holds/#',
      headers: JSON_HEADERS,
      body: JSON.stringify({ expiresIn: 600, lines }),
    },
    {
      method: 'POST',
      path: '/holds/#/sale',
      headers: JSON_HEADERS,
      body: JSON.stringify({ unitPrice: 4.5 }),
    },
  ];
}
