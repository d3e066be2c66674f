import { type Count, RawInsert } from '../fill/raw-insert';
import { ask } from '../load/ask';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { repeated } from '../measure/repeated';
import type { Row } from '../row';
import { startService } from '../servers/service';
import { TEN_THOUSAND } from './growth';

/** Many changes in one request, compared with the same rows inserted by hand. */
export const batch: Row = {
  name: 'batch',
  about: 'POST /inventory/batch of 10,000 changes',
  measure: async (bench) => {
    const ledger = await bench.ledger(TEN_THOUSAND);
    const service = await bench.use(startService(ledger.environment));
    const raw = await bench.use(RawInsert.open(bench.database, ledger.name));
    const changes = countsOf(ledger.products);
    const body = JSON.stringify({ changes });
    const headers = { 'Content-Type': 'application/json' };
    const post = () => ask(`${service.url}/inventory/batch`, { method: 'POST', headers, body });
    const [mine, theirs] = await interleaved(bench, [
      repeated(bench, 'service', changes.length, post),
      repeated(bench, 'raw INSERT', changes.length, () => raw.insert(changes)),
    ]);
    return [
      finding(
        {
          what: `POST /inventory/batch of ${changes.length.toLocaleString('en')} changes`,
          unit: 'records/s',
          figure: 'perSecond',
          target: ratio('at least', 0.5),
        },
        mine,
        theirs,
      ),
    ];
  },
};

/** One count of each product. */
export function countsOf(products: number): Count[] {
  return Array.from({ length: products }, (_, index) => ({
    productID: index + 1,
    availableQuantity: 55 + (index % 100),
  }));
}
