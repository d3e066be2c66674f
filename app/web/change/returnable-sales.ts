import type { RecordAnswer } from '../../wire/records';

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

/** The sales that have units left to return, in the given order: newest first. */
export function returnable(
  sales: readonly RecordAnswer[],
  returns: readonly RecordAnswer[],
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

/** The sale that a return probably takes back: the latest that has as many units left; undefined if none has. */
export function likeliestSale(
  sales: readonly ReturnableSale[],
  quantity: number,
): ReturnableSale | undefined {
  return sales.find(({ left }) => left >= Math.max(1, quantity));
}

/** Whether only several sales together have so many units left. One return takes back one sale. */
export function isOfSeveral(sales: readonly ReturnableSale[], quantity: number): boolean {
  const left = sales.reduce((sum, sale) => sum + sale.left, 0);
  return quantity > 0 && quantity <= left && likeliestSale(sales, quantity) === undefined;
}
