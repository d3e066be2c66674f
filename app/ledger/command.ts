import type { Expected } from './mark';
import type { ProductFields, ReorderPoint } from './product';
import type { MovementReason, Reason } from './reason';
import type { SomeAnnotations } from './record';

/** What every change of stock may also have. */
export interface CommandExtras extends SomeAnnotations {
  /** When it happened, if that is known: kept, and never used to decide. */
  readonly occurredAt?: Date | undefined;
  /** Where; undefined for the first location. */
  readonly locationID?: number | undefined;
  /** Refuse unless the product's latest record is one of these; `any` for any record at all. */
  readonly expectedRecords?: readonly Expected[] | 'any' | undefined;
  /** Refuse unless the product has this many available at the location. */
  readonly expectedQuantity?: number | undefined;
}

/** "There are this many now": replaces what is available at the location. */
export interface CountCommand extends CommandExtras {
  readonly kind: 'count';
  readonly productID: number;
  /** Units, 0 to QUANTITY_MAX. */
  readonly availableQuantity: number;
  /** All units on hand were counted, with those that holds set aside. */
  readonly isOnHand?: true | undefined;
  /** The record as of which it was counted. Refuse if the product has a later one at the location. */
  readonly asOf?: number | undefined;
  /** The line of the file that asks for it, for the answer if it is refused. */
  readonly line?: number | undefined;
}

/** "This many were sold": lowers the available quantity. */
export interface SaleCommand extends CommandExtras {
  readonly kind: 'sale';
  readonly productID: number;
  /** Units, 1 to QUANTITY_MAX. Older ledgers may hold sales of 0 units, which are refused now. */
  readonly quantity: number;
  /** Price of one unit in ten-thousandths of the currency unit; null if it is not known. */
  readonly unitPrice: number | null;
  /** They are units that a hold has set aside. */
  readonly isHeld?: true;
}

/** "This many arrived, came back or went": changes the available quantity. */
export interface MovementCommand extends CommandExtras {
  readonly kind: 'movement';
  readonly productID: number;
  readonly reason: MovementReason;
  /** Units that arrived; negative if they went. Never 0. */
  readonly quantityChange: number;
  /** What one unit of a receipt cost, in ten-thousandths of the currency unit. */
  readonly unitCost?: number | null | undefined;
  /** The sale that a return takes back. */
  readonly saleRecord?: number | null | undefined;
}

/** "This sale was a mistake": takes all of it back, at its location. */
export interface CancellationCommand extends CommandExtras {
  readonly kind: 'cancellation';
  /** The product of the sale; and as `locationID` its location. */
  readonly productID: number;
  readonly saleRecord: number;
}

/**
 * One half of "these went from one location to another": a record at each of them. `moveCommands` makes both.
 */
export interface MoveCommand extends CommandExtras {
  readonly kind: 'move';
  readonly productID: number;
  readonly direction: 'in' | 'out';
  /** Units, 1 to QUANTITY_MAX. */
  readonly quantity: number;
}

/** "A hold sets this many more aside", or fewer. What is on hand stays. */
export interface HeldCommand extends CommandExtras {
  readonly kind: 'held';
  readonly productID: number;
  readonly reason: 'hold' | 'release' | 'expiry';
  /** Units; negative to give some back. 0 if only the time changes at which the hold ends. */
  readonly heldChange: number;
  /** When the hold ends by itself; null if it has ended. */
  readonly expiresAt: Date | null;
}

/** A change of stock that somebody asks for. */
export type Command =
  | CountCommand
  | SaleCommand
  | MovementCommand
  | CancellationCommand
  | MoveCommand
  | HeldCommand;

/** The sale that a command takes back, wholly or in part; null if it names none. */
export function saleNamedBy(command: Command): number | null {
  if (command.kind === 'cancellation') return command.saleRecord;
  return command.kind === 'movement' ? (command.saleRecord ?? null) : null;
}

/** Why the record of a command is appended. */
export function reasonOf(command: Command): Reason {
  return 'reason' in command ? command.reason : command.kind;
}

/** "There is this product." Without a productID it gets the next free one. */
export interface CreateProductCommand {
  readonly kind: 'create';
  readonly productID?: number | undefined;
  readonly fields: ProductFields;
  /** The line of the file that asks for it, for the answer if it is refused. */
  readonly line?: number | undefined;
}

/** "These fields of the product have changed." Brings a retired product back. */
export interface ReviseProductCommand {
  readonly kind: 'revise';
  readonly productID: number;
  readonly fields: Partial<ProductFields>;
  /** Refuse unless the product's latest revision is one of these. */
  readonly expectedRevisions?: readonly Expected[] | 'any' | undefined;
}

/** "The product has these fields", whether or not the catalogue has it. */
export interface PutProductCommand {
  readonly kind: 'put';
  readonly productID: number;
  readonly fields: Partial<ProductFields> & Pick<ProductFields, 'name'>;
  /** The revision as of which this was decided. Refuse if the product has a later one. */
  readonly asOf?: number | undefined;
  /** The line of the file that asks for it, for the answer if it is refused. */
  readonly line?: number | undefined;
}

/** "At this location it is low at so many." Both null if it has no reorder point there any more. */
export interface SetReorderPointCommand extends ReorderPoint {
  readonly kind: 'reorder';
  readonly productID: number;
  /** Refuse unless the product's latest revision is one of these. */
  readonly expectedRevisions?: readonly Expected[] | 'any' | undefined;
}

/** "The product is no longer sold." */
export interface RetireProductCommand {
  readonly kind: 'retire';
  readonly productID: number;
  /** Refuse unless the product's latest revision is one of these. */
  readonly expectedRevisions?: readonly Expected[] | 'any' | undefined;
}

/** A change of the catalogue that somebody asks for. */
export type CatalogueCommand =
  | CreateProductCommand
  | ReviseProductCommand
  | PutProductCommand
  | SetReorderPointCommand
  | RetireProductCommand;
