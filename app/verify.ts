import { isDeepStrictEqual } from 'node:util';
import type { Config } from './config';
import type { Audit } from './ledger/questions';
import { retrying } from './ledger/retry';
import { openStore } from './open-store';

/** A service that writes at the same time may delay this for a moment. */
const RETRIES = { timeoutMs: 10_000, tries: 200 };

/**
 * Compares both forms of both answers on the whole ledger (see `LedgerStore.audit`), and stores the result for
 * `/metrics`.
 *
 * @returns the number of lines that differ, and a sentence about it
 */
export async function verify(config: Config): Promise<{ drift: number; report: string }> {
  const store = openStore(config);
  try {
    const audit = await store.audit();
    const stock = driftOf(audit.stock);
    const sales = driftOf(audit.sales);
    const drift = stock + sales;
    const verification = { verifiedAt: new Date(), records: audit.records, drift };
    await retrying(RETRIES, () => store.appendVerification(verification));
    return { drift, report: report(audit, stock, sales) };
  } finally {
    await store.close();
  }
}

/** How many products have different lines in the two forms. If none has, how many lines are in another place. */
export function driftOf<L extends { readonly productID: number }>({
  quick,
  plain,
}: Readonly<Record<'quick' | 'plain', readonly L[]>>): number {
  const quickly = new Map(quick.map((line) => [line.productID, line]));
  const plainly = new Map(plain.map((line) => [line.productID, line]));
  const products = new Set([...quickly.keys(), ...plainly.keys()]);
  const differing = [...products].filter(
    (productID) => !isDeepStrictEqual(quickly.get(productID), plainly.get(productID)),
  );
  const misplaced = plain.filter(({ productID }, place) => quick[place]?.productID !== productID);
  return differing.length || misplaced.length;
}

function report({ records, ...audit }: Audit, stock: number, sales: number): string {
  const scope = `${records} records, ${audit.stock.plain.length} products, ${audit.sales.plain.length} of them sold`;
  if (stock + sales === 0) return `${scope}: the quick queries answer what the plain ones answer.`;
  const faults = [
    stock > 0 ? [`GET /inventory in ${stock} of its lines`] : [],
    sales > 0 ? [`GET /sales in ${sales}`] : [],
  ].flat();
  return `${scope}: the quick queries DIFFER from the plain ones for ${faults.join(' and ')}.`;
}
