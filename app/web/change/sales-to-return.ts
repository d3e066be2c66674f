import type { QueryClient } from '@tanstack/react-query';
import type { RecordAnswer } from '../../wire/records';
import { ask } from '../api/ask';
import { LEDGER } from '../page';
import { type ReturnableSale, returnable } from './returnable-sales';

/** Sales that are offered. For an older one, look in the history with the customer's receipt. */
const SALES = 50;

/** Returns that are looked at for what they took back of these sales. */
const RETURNS = 200;

/** How long a return waits for the sales it may take back, before it is recorded as one of no sale. */
const WAIT_MS = 4_000;

/** What the sales of a product are asked for by, and kept under until the ledger moves on. */
export function returnableSales(productID: number) {
  return {
    queryKey: [...LEDGER, 'returnable', productID],
    queryFn: async () => {
      const path = `/inventory/${productID}/records`;
      const signal = AbortSignal.timeout(WAIT_MS);
      const [sales, returns, cancellations] = await Promise.all([
        ask<RecordAnswer[]>(`${path}?reason=sale&limit=${SALES}`, { signal }),
        ask<RecordAnswer[]>(`${path}?reason=return&limit=${RETURNS}`, { signal }),
        ask<RecordAnswer[]>(`${path}?reason=cancellation&limit=${SALES}`, { signal }),
      ]);
      return returnable(sales.body, [...returns.body, ...cancellations.body]);
    },
    retry: false,
    staleTime: 1_000,
  } as const;
}

/**
 * The same, for a decision that cannot wait. If the service does not answer, or the page is being left, it is what was
 * known before, else none: a return that still waited for its sales would be lost with the page.
 */
export async function salesToReturn(
  queries: QueryClient,
  productID: number,
): Promise<readonly ReturnableSale[]> {
  const left = new AbortController();
  const asked = queries.fetchQuery(returnableSales(productID)).catch(() => undefined);
  const sales = await Promise.race([asked, pageLeft(left.signal)]);
  left.abort();
  return sales ?? knownSales(queries, productID);
}

/** The sales that are known now, without asking; none if nothing is known. */
export function knownSales(queries: QueryClient, productID: number): readonly ReturnableSale[] {
  return queries.getQueryData<ReturnableSale[]>(returnableSales(productID).queryKey) ?? [];
}

/** Settles when the page is left, reloaded or closed. Code after it still runs, but must not wait for anything else. */
function pageLeft(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    window.addEventListener('pagehide', () => resolve(undefined), { signal });
  });
}
