import type { Command, CommandExtras, CountCommand, MovementCommand, SaleCommand } from './command';
import { isExpected, markOf } from './mark';
import { QUANTITY_MAX } from './quantity';
import { rulesOf } from './reason';
import type { LedgerRecord } from './record';
import type { StockRefusal } from './refusal';

/** What a command changes, before it has a place in the ledger. */
export type Change = Pick<
  LedgerRecord,
  'availableQuantity' | 'reason' | 'quantity' | 'unitPrice' | 'saleRecord'
>;

/** A sale that a return names. */
export interface NamedSale {
  readonly record: number;
  readonly productID: number;
  /** Units sold. */
  readonly quantity: number;
  readonly unitPrice: number | null;
  /** Units of these that were returned already. */
  readonly returnedQuantity: number;
}

/** What a decision about one command is based on. */
export interface Facts {
  /** The product's latest record; undefined if it has none. */
  readonly latest: LedgerRecord | undefined;
  /** The sale that the command names; undefined if there is no such sale. */
  readonly sale: NamedSale | undefined;
}

/** Decides one command. If several refusals apply, it is the first in the order of `StockRefusal`. */
export function decide(facts: Facts, command: Command): Change | StockRefusal {
  return (
    refuseUnknown(facts, command) ??
    refuseUnexpected(facts, command) ??
    (command.kind === 'count'
      ? decideCount(facts, command)
      : command.kind === 'sale'
        ? decideSale(facts, command)
        : decideMovement(facts, command))
  );
}

function change(reason: Change['reason'], availableQuantity: number): Change {
  return { reason, availableQuantity, quantity: null, unitPrice: null, saleRecord: null };
}

/** Only some reasons may give a product its first record. */
function refuseUnknown({ latest }: Facts, command: Command): StockRefusal | undefined {
  const reason = command.kind === 'movement' ? command.reason : command.kind;
  if (latest || rulesOf(reason).mayBeFirst) return undefined;
  // If a certain record is expected, `stale-record` says that there is none.
  if (command.expectedRecords !== undefined) return undefined;
  return { refusal: 'unknown-product', productID: command.productID };
}

function refuseUnexpected(
  { latest }: Facts,
  command: CommandExtras & { productID: number },
): StockRefusal | undefined {
  const { productID, expectedRecords, expectedQuantity } = command;
  const availableQuantity = latest?.availableQuantity ?? null;
  if (expectedRecords !== undefined) {
    const expected =
      latest && isExpected(expectedRecords, latest.record, () => markOf(latest, latest.recordedAt));
    if (!expected) {
      return {
        refusal: 'stale-record',
        productID,
        record: latest?.record ?? null,
        availableQuantity,
      };
    }
  }
  if (expectedQuantity !== undefined && expectedQuantity !== availableQuantity) {
    return { refusal: 'unexpected-quantity', productID, availableQuantity };
  }
  return undefined;
}

/** A count is true as of the moment of counting: it would undo all movements since then. */
function decideCount({ latest }: Facts, command: CountCommand): Change | StockRefusal {
  const { productID, availableQuantity, asOf, line } = command;
  if (asOf === undefined || !latest || latest.record <= asOf) {
    return change('count', availableQuantity);
  }
  return {
    refusal: 'stale-record',
    productID,
    record: latest.record,
    availableQuantity: latest.availableQuantity,
    ...(line !== undefined && { line }),
  };
}

function decideSale({ latest }: Facts, { productID, quantity, unitPrice }: SaleCommand) {
  const availableQuantity = latest?.availableQuantity ?? 0;
  if (availableQuantity < quantity) {
    return { refusal: 'insufficient-stock', productID, availableQuantity } as const;
  }
  return { ...change('sale', availableQuantity - quantity), quantity, unitPrice };
}

function decideMovement(facts: Facts, command: MovementCommand): Change | StockRefusal {
  const { productID, reason, quantityChange, saleRecord = null } = command;
  const availableQuantity = facts.latest?.availableQuantity ?? 0;
  if (saleRecord !== null) {
    const refusal = refuseReturn(facts.sale, productID, saleRecord, quantityChange);
    if (refusal) return refusal;
  }
  const left = availableQuantity + quantityChange;
  if (left < 0) return { refusal: 'insufficient-stock', productID, availableQuantity };
  if (quantityChange > 0 && left > QUANTITY_MAX)
    return { refusal: 'stock-limit', productID, availableQuantity };
  if (saleRecord === null) return change(reason, left);
  return {
    ...change(reason, left),
    quantity: -quantityChange,
    unitPrice: facts.sale?.unitPrice ?? null,
    saleRecord,
  };
}

function refuseReturn(
  sale: NamedSale | undefined,
  productID: number,
  saleRecord: number,
  returned: number,
): StockRefusal | undefined {
  if (sale?.productID !== productID) return { refusal: 'unknown-sale', productID, saleRecord };
  const returnableQuantity = sale.quantity - sale.returnedQuantity;
  return returned > returnableQuantity
    ? { refusal: 'return-exceeds-sale', productID, saleRecord, returnableQuantity }
    : undefined;
}
