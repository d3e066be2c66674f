import type { LedgerRecord } from '../../client/answers';

/** A sale that a return may take back. */
export interface ReturnableSale {
  readonly record: number;
  readonly recordedAt: string;
  /** Units sold, and units of them that no return has taken back yet. */
  readonly quantity: number;
  readonly left: number;
  readonly unitPrice: number | undefined;
  readonly reference: string | undefined;
}

/** The sales of which something is left to return, in the order given, which is newest first. */
export function returnable(
  sales: readonly LedgerRecord[],
  returns: readonly LedgerRecord[],
): ReturnableSale[] {
  const taken = new Map<number, number>();
  for (const { saleRecord, quantityChange } of returns) {
    if (saleRecord) taken.set(saleRecord, (taken.get(saleRecord) ?? 0) + (quantityChange ?? 0));
  }
  return sales
    .map(({ record, recordedAt, quantity = 0, unitPrice, reference }) => ({
      ...{ record, recordedAt, quantity, unitPrice, reference },
      left: quantity - (taken.get(record) ?? 0),
    }))
    .filter(({ left }) => left > 0);
}

/** The sale that a return of so many is likely to take back: the latest that has as many left; undefined for none. */
export function likeliestSale(
  sales: readonly ReturnableSale[],
  quantity: number,
): ReturnableSale | undefined {
  return sales.find(({ left }) => left >= Math.max(1, quantity));
}

/** Whether a return of so many can only be of several sales together: a return takes back one. */
export function isOfSeveral(sales: readonly ReturnableSale[], quantity: number): boolean {
  const left = sales.reduce((sum, sale) => sum + sale.left, 0);
  return quantity > 0 && quantity <= left && likeliestSale(sales, quantity) === undefined;
}
