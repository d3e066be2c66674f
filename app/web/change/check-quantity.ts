import type { Shop } from '../../client/shop';
import { PAGE_MAX } from '../../wire/pages';
import type { RecordAnswer } from '../../wire/records';
import { ask } from '../api/ask';
import { LEDGER, type Page } from '../page';
import { judge, type Typed } from './judge-quantity';
import { largestHad } from './largest-had';
import type { Judgement } from './typed-quantity';

/** How long that may take. Without an answer the page asks the user. */
const WAIT_MS = 2_000;

/** Judges a quantity, and checks the product's history before it asks the user to confirm it. */
export async function judgeByHistory(page: Page, shop: Shop, typed: Typed): Promise<Judgement> {
  const judgement = judge(shop, typed);
  if (judgement.verdict !== 'doubtful') return judgement;
  // Without a history the judgement stays.
  const had = await largestRecorded(page, typed.product.productID).catch(() => undefined);
  return judge(shop, typed, had);
}

function largestRecorded({ queries }: Page, productID: number): Promise<number> {
  return queries.fetchQuery({
    queryKey: [...LEDGER, 'largest', productID],
    queryFn: async () => {
      const signal = AbortSignal.timeout(WAIT_MS);
      const path = `/inventory/${productID}/records?limit=${PAGE_MAX}`;
      const { body } = await ask<RecordAnswer[]>(path, { signal });
      return largestHad(body);
    },
    retry: false,
  });
}
