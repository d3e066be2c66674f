import type { Command } from './command';
import type { LedgerRecord } from './record';
import type { Stock } from './stock';

/** What a command comes to, before it has a place in the ledger. */
export type Change = Pick<LedgerRecord, 'availableQuantity' | 'reason' | 'quantity' | 'unitPrice'>;

/** Why a command was refused. A refused command leaves no trace in the ledger. */
export type Refusal =
  | { readonly refusal: 'unknown-product'; readonly productID: number }
  | {
      readonly refusal: 'insufficient-stock';
      readonly productID: number;
      /** What there was when it was decided. */
      readonly availableQuantity: number;
    };

/**
 * Decides one command.
 *
 * @param availableQuantity what the product has now; undefined where it has no record
 */
export function decide(availableQuantity: number | undefined, command: Command): Change | Refusal {
  const { productID } = command;
  switch (command.kind) {
    case 'count':
      return {
        availableQuantity: command.availableQuantity,
        reason: 'count',
        quantity: null,
        unitPrice: null,
      };
    case 'sale':
      if (availableQuantity === undefined) return { refusal: 'unknown-product', productID };
      if (availableQuantity < command.quantity) {
        return { refusal: 'insufficient-stock', productID, availableQuantity };
      }
      return {
        availableQuantity: availableQuantity - command.quantity,
        reason: 'sale',
        quantity: command.quantity,
        unitPrice: command.unitPrice,
      };
  }
}

/** Commands decided together: what to append, and each command's outcome in the order given. */
export interface Draft {
  readonly batch: number;
  readonly records: readonly LedgerRecord[];
  readonly outcomes: readonly (LedgerRecord | Refusal)[];
}

/**
 * Decides commands in order, each seeing the ones before it, on top of `stock`, which stays as it is.
 *
 * @param batch the mark that the records are to carry
 * @param now their time, unless the ledger's last record is later
 */
export function draft(
  stock: Stock,
  commands: readonly Command[],
  { batch, now }: { batch: number; now: Date },
): Draft {
  const drafted = new Map<number, number>();
  const records: LedgerRecord[] = [];
  const lastRecordedAt = stock.last?.recordedAt;
  const recordedAt = lastRecordedAt && lastRecordedAt > now ? lastRecordedAt : now;
  let record = stock.last?.record ?? 0;

  const outcomes = commands.map((command) => {
    const { productID } = command;
    const available = drafted.get(productID) ?? stock.get(productID)?.availableQuantity;
    const decision = decide(available, command);
    if ('refusal' in decision) return decision;
    record += 1;
    const appended = { record, productID, ...decision, recordedAt, batch };
    drafted.set(productID, decision.availableQuantity);
    records.push(appended);
    return appended;
  });
  return { batch, records, outcomes };
}
