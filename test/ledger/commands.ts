import type {
  CancellationCommand,
  Command,
  CommandExtras,
  CountCommand,
  MovementCommand,
  SaleCommand,
} from '../../app/ledger/command';
import type { MovementReason } from '../../app/ledger/reason';
import type { RequestName } from '../../app/ledger/request';
import type { Submission } from '../../app/ledger/submission';

/** "There are this many": of product 1, unless the test says otherwise. */
export function counted(
  availableQuantity: number,
  extras: Partial<CountCommand> = {},
): CountCommand {
  return { kind: 'count', productID: 1, availableQuantity, ...extras };
}

/** "This many were sold." */
export function sold(quantity: number, extras: Partial<SaleCommand> = {}): SaleCommand {
  return { kind: 'sale', productID: 1, quantity, unitPrice: null, ...extras };
}

/** "This many arrived, or went." */
export function moved(
  reason: MovementReason,
  quantityChange: number,
  extras: CommandExtras & { productID?: number; saleRecord?: number | null } = {},
): MovementCommand {
  return { kind: 'movement', productID: 1, reason, quantityChange, ...extras };
}

/** "This sale was a mistake." */
export function cancelled(
  saleRecord: number,
  extras: Partial<CancellationCommand> = {},
): CancellationCommand {
  return { kind: 'cancellation', productID: 1, saleRecord, ...extras };
}

/** Changes of stock as one submission, in which one refusal withholds all. */
export function all(...commands: readonly Command[]): StockSubmission {
  return { kind: 'stock', commands, mode: 'all' };
}

/** The same, in which a refusal does not affect the others. */
export function each(...commands: readonly Command[]): StockSubmission {
  return { kind: 'stock', commands, mode: 'each' };
}

type StockSubmission = Extract<Submission, { kind: 'stock' }>;

/** The name of a request: its fingerprint is 64 times one hexadecimal digit. */
export function named(key: string, digit = 'a'): RequestName {
  return { key, fingerprint: digit.repeat(64), resource: 'inventory' };
}
