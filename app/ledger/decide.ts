import { freeIn } from './cell';
import { change, changeBy, changeHeld, heldIn, insufficient } from './change-cell';
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
import type { Change, Facts, NamedSale, Place } from './facts';
import { FIRST_LOCATION } from './locations/location';
import { isExpected, markOf } from './mark';
import { rulesOf } from './reason';
import type { StockRefusal } from './refusal';

/** Decides one command. If several refusals apply, it is the first in the order of `StockRefusal`. */
export function decide(facts: Facts, command: Command): Change | StockRefusal {
  const { location } = facts;
  if (!location || location.retired) return unknownLocation(facts, command);
  const at: Place = { ...facts, location };
  return (
    refuseUnknown(facts, command) ?? refuseUnexpected(facts, command) ?? decideKind(at, command)
  );
}

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
