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

/** Which sale a return takes back: the likeliest until a user has chosen; a record; or none. */
export type ChosenSale = 'likeliest' | 'none' | number;

/** What is asked of a return that no single sale has as many units left for. */
export const OF_SEVERAL =
  'No single sale has as many units left. Record one return for each sale, or choose “No sale”: then units sold and revenue stay as they are.';

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
      record,
      recordedAt,
      quantity,
      unitPrice,
      reference,
      left: quantity - (taken.get(record) ?? 0),
    }))
    .filter(({ left }) => left > 0);
}

/** The sale that a return of so many takes back; undefined if there is none. */
export function saleOf(
  sales: readonly ReturnableSale[],
  quantity: number,
  chosen: ChosenSale,
): ReturnableSale | undefined {
  if (chosen === 'likeliest') return likeliestSale(sales, quantity);
  return sales.find(({ record }) => record === chosen);
}

/**
 * Whether the user has to choose a sale: only several sales together have so many units left, and one return takes back
 * one sale.
 */
export function isChoiceOpen(
  sales: readonly ReturnableSale[],
  quantity: number,
  chosen: ChosenSale,
): boolean {
  if (chosen !== 'likeliest' || likeliestSale(sales, quantity)) return false;
  const left = sales.reduce((sum, sale) => sum + sale.left, 0);
  return quantity > 0 && quantity <= left;
}

/** The sale that a return probably takes back: the latest that has as many units left; undefined if none has. */
function likeliestSale(
  sales: readonly ReturnableSale[],
  quantity: number,
): ReturnableSale | undefined {
  return sales.find(({ left }) => left >= Math.max(1, quantity));
}
