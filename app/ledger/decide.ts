import { type Cell, freeIn } from './cell';
import {
  type CancellationCommand,
  type Command,
  type CommandExtras,
  type CountCommand,
  type HeldCommand,
  type MoveCommand,
  type MovementCommand,
  reasonOf,
  type SaleCommand,
} from './command';
import { FIRST_LOCATION, type Location } from './locations/location';
import { isExpected, markOf } from './mark';
import { QUANTITY_MAX } from './quantity';
import { rulesOf } from './reason';
import type { LedgerRecord } from './record';
import type { FreeElsewhere, StockRefusal } from './refusal';

/** The most units that a record can name: those of its columns, of which the service uses half. */
const RECORD_MAX = 2 ** 32 - 1;

/** What a command changes, before it has a place in the ledger. */
export type Change = Pick<
  LedgerRecord,
  | 'availableQuantity'
  | 'reason'
  | 'quantity'
  | 'unitPrice'
  | 'saleRecord'
  | 'locationID'
  | 'heldQuantity'
> & { readonly onHandQuantity: number; readonly onHandChange: number };

/** A sale that a return or a cancellation names. */
export interface NamedSale {
  readonly record: number;
  readonly productID: number;
  /** Units sold. */
  readonly quantity: number;
  readonly unitPrice: number | null;
  readonly locationID: number;
  readonly recordedAt: Date;
  /** Units of these that were taken back already, by returns or by its cancellation. */
  readonly returnedQuantity: number;
  /** The record that cancelled it; null if none did. */
  readonly cancelledBy: number | null;
}

/** What a decision about one command is based on. */
export interface Facts {
  /** The product's latest record; undefined if it has none. */
  readonly latest: LedgerRecord | undefined;
  /** The sale that the command names; undefined if there is no such sale. */
  readonly sale: NamedSale | undefined;
  /** The location that the command names; undefined if there is none of that number. */
  readonly location: Location | undefined;
  /** What there is of the product at this location; undefined if it never had anything there. */
  readonly cell: Cell | undefined;
  /** Units of the product that holds set aside, at all locations together. */
  heldEverywhere(): number;
  /** The names of open holds that have units at this location. Only a refusal asks. */
  holdsHere(): readonly string[];
  /** What other locations have of the product. Only a refusal asks. */
  elsewhere(): readonly FreeElsewhere[];
}

/** Decides one command. If several refusals apply, it is the first in the order of `StockRefusal`. */
export function decide(facts: Facts, command: Command): Change | StockRefusal {
  const { location } = facts;
  if (!location || location.retired) return unknownLocation(facts, command);
  const at: Place = { ...facts, location };
  return (
    refuseUnknown(facts, command) ?? refuseUnexpected(facts, command) ?? decideKind(at, command)
  );
}

/** The facts, of a location that takes changes. */
type Place = Facts & { readonly location: Location };

function decideKind(at: Place, command: Command): Change | StockRefusal {
  switch (command.kind) {
    case 'count':
      return decideCount(at, command);
    case 'sale':
      return decideSale(at, command);
    case 'movement':
      return decideMovement(at, command);
    case 'cancellation':
      return decideCancellation(at, command);
    case 'move':
      return decideMove(at, command);
    case 'held':
      return decideHeld(at, command);
  }
}

/** What there is at the location from then on. */
type ToBe = Pick<Cell, 'onHandQuantity' | 'heldQuantity'>;

/** Changes the units at the location, unless there would be too many. */
function change(
  at: Place,
  productID: number,
  reason: Change['reason'],
  toBe: ToBe,
): Change | StockRefusal {
  const available = at.latest?.availableQuantity ?? 0;
  const changed = changeFreely(at, productID, reason, toBe);
  if ('refusal' in changed) return changed;
  // What a row by hand left above the limit can still go down. Held units must find room when they are given back.
  const isMore = changed.onHandChange > 0;
  if (
    isMore &&
    (changed.onHandQuantity > QUANTITY_MAX ||
      changed.availableQuantity + at.heldEverywhere() > QUANTITY_MAX)
  ) {
    return { refusal: 'stock-limit', productID, availableQuantity: available };
  }
  return changed;
}

/** The same without the limit. What is available of the product changes by the units that are free, if they can be sold. */
function changeFreely(
  at: Place,
  productID: number,
  reason: Change['reason'],
  toBe: ToBe,
): Change | StockRefusal {
  const { latest, cell, location } = at;
  const { heldQuantity } = toBe;
  const available = latest?.availableQuantity ?? 0;
  const availableFor = (onHandQuantity: number) =>
    available + (location.sellable ? onHandQuantity - heldQuantity - freeIn(cell) : 0);
  // A row by hand can name so many that these and the held ones together do not fit into a record.
  const excess = Math.max(toBe.onHandQuantity, availableFor(toBe.onHandQuantity)) - RECORD_MAX;
  const onHandQuantity = toBe.onHandQuantity - Math.max(0, excess);
  const availableQuantity = availableFor(onHandQuantity);
  // Only if a row by hand left the first location with less than nothing: then not all can be taken that the others have.
  if (availableQuantity < 0) return insufficient(at, productID);
  return {
    reason,
    availableQuantity,
    quantity: null,
    unitPrice: null,
    saleRecord: null,
    locationID: location.locationID,
    onHandQuantity,
    onHandChange: onHandQuantity - (cell?.onHandQuantity ?? 0),
    heldQuantity,
  };
}

/** Takes units from what is free at the location, or adds some. */
function changeBy(
  at: Place,
  productID: number,
  reason: Change['reason'],
  units: number,
): Change | StockRefusal {
  const { cell } = at;
  const onHandQuantity = (cell?.onHandQuantity ?? 0) + units;
  // What a count by hand left unclear can be negative; a count here sets it right.
  if (freeIn(cell) + units < 0) return insufficient(at, productID);
  return change(at, productID, reason, { onHandQuantity, heldQuantity: heldIn(cell) });
}

function insufficient(
  { location, cell, latest, elsewhere }: Place,
  productID: number,
): StockRefusal {
  const others = elsewhere();
  const free = freeIn(cell);
  const available = latest?.availableQuantity ?? 0;
  return {
    refusal: 'insufficient-stock',
    productID,
    availableQuantity: location.sellable ? Math.min(free, available) : free,
    // A shop with one location need not know that it has a number.
    ...((location.locationID !== FIRST_LOCATION || others.length > 0) && {
      locationID: location.locationID,
    }),
    ...(others.length > 0 && { elsewhere: others }),
  };
}

function unknownLocation({ location }: Facts, command: Command): StockRefusal {
  const { productID, locationID = FIRST_LOCATION } = command;
  return {
    refusal: 'unknown-location',
    productID,
    locationID,
    ...(location && { retired: true as const }),
  };
}

/** Only some reasons may give a product its first record. */
function refuseUnknown({ latest }: Facts, command: Command): StockRefusal | undefined {
  if (latest || rulesOf(reasonOf(command)).mayBeFirst) return undefined;
  // If a certain record is expected, `stale-record` says that there is none.
  if (command.expectedRecords !== undefined) return undefined;
  return { refusal: 'unknown-product', productID: command.productID };
}

function refuseUnexpected(
  { latest, cell }: Facts,
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
  const free = latest ? freeIn(cell) : null;
  if (expectedQuantity !== undefined && expectedQuantity !== free) {
    return { refusal: 'unexpected-quantity', productID, availableQuantity: free };
  }
  return undefined;
}

/** A count is true as of the moment of counting: it would undo all movements since then at its location. */
function decideCount(at: Place, command: CountCommand): Change | StockRefusal {
  const { productID, availableQuantity, isOnHand, asOf, line } = command;
  const { cell, latest } = at;
  if (asOf === undefined || !cell || cell.latest.record <= asOf) {
    const heldQuantity = heldIn(cell);
    const onHandQuantity = availableQuantity + (isOnHand ? 0 : heldQuantity);
    if (onHandQuantity < heldQuantity) return belowHeld(at, productID);
    return change(at, productID, 'count', { onHandQuantity, heldQuantity });
  }
  return {
    refusal: 'stale-record',
    productID,
    record: cell.latest.record,
    availableQuantity: latest?.availableQuantity ?? null,
    ...(line !== undefined && { line }),
  };
}

function belowHeld({ location, cell, holdsHere }: Place, productID: number): StockRefusal {
  return {
    refusal: 'below-held',
    productID,
    locationID: location.locationID,
    heldQuantity: heldIn(cell),
    holds: holdsHere(),
  };
}

function decideSale(at: Place, { productID, quantity, unitPrice, isHeld }: SaleCommand) {
  const { locationID, sellable } = at.location;
  if (!sellable) return { refusal: 'not-sellable', productID, locationID } as const;
  const sold = isHeld
    ? changeHeld(at, productID, 'sale', { onHand: -quantity, held: -quantity })
    : changeBy(at, productID, 'sale', -quantity);
  return 'refusal' in sold ? sold : { ...sold, quantity, unitPrice };
}

function decideMovement(at: Place, command: MovementCommand): Change | StockRefusal {
  const { productID, reason, quantityChange, saleRecord = null } = command;
  if (saleRecord !== null) {
    const refusal = refuseReturn(at.sale, productID, saleRecord, quantityChange);
    if (refusal) return refusal;
  }
  const moved = changeBy(at, productID, reason, quantityChange);
  if ('refusal' in moved || saleRecord === null) return moved;
  return {
    ...moved,
    quantity: -quantityChange,
    unitPrice: at.sale?.unitPrice ?? null,
    saleRecord,
  };
}

/** The whole sale comes back: what was returned of it before would come back twice. */
function decideCancellation(
  at: Place,
  { productID, saleRecord }: CancellationCommand,
): Change | StockRefusal {
  const { sale, location } = at;
  if (sale?.productID !== productID || sale.locationID !== location.locationID) {
    return { refusal: 'unknown-sale', productID, saleRecord };
  }
  const { quantity, unitPrice, returnedQuantity, cancelledBy } = sale;
  if (cancelledBy !== null) {
    return { refusal: 'sale-cancelled', productID, saleRecord, record: cancelledBy };
  }
  if (returnedQuantity > 0) {
    return { refusal: 'sale-returned', productID, saleRecord, returnedQuantity };
  }
  const back = changeBy(at, productID, 'cancellation', quantity);
  return 'refusal' in back ? back : { ...back, quantity: 0 - quantity, unitPrice, saleRecord };
}

function decideMove(at: Place, { productID, direction, quantity }: MoveCommand) {
  return changeBy(at, productID, 'move', direction === 'in' ? quantity : -quantity);
}

/** Sets units aside that are free, or gives some back: that is never refused, or the hold could never end. */
function decideHeld(at: Place, { productID, reason, heldChange }: HeldCommand) {
  const { locationID, sellable } = at.location;
  if (heldChange > 0) {
    if (!sellable) return { refusal: 'not-sellable', productID, locationID } as const;
    if (heldChange > freeIn(at.cell)) return insufficient(at, productID);
  }
  return changeHeld(at, productID, reason, { onHand: 0, held: heldChange });
}

/** A row by hand may say that less is on hand or held than holds have. They can end all the same: what is held counts as there. */
function changeHeld(
  at: Place,
  productID: number,
  reason: Change['reason'],
  by: { readonly onHand: number; readonly held: number },
): Change | StockRefusal {
  const { cell } = at;
  const heldQuantity = Math.max(0, heldIn(cell) + by.held);
  const onHandQuantity = Math.max(heldQuantity, (cell?.onHandQuantity ?? 0) + by.onHand);
  return changeFreely(at, productID, reason, { onHandQuantity, heldQuantity });
}

function heldIn(cell: Cell | undefined): number {
  return cell?.heldQuantity ?? 0;
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
