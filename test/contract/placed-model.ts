import type { Command } from '../../app/ledger/command';
import { IN_TRANSIT } from '../../app/ledger/locations/location';
import type { LocationCommand } from '../../app/ledger/locations/location-command';

/** A change of stock as this model takes it. */
export type PlacedCommand = Command & { readonly document?: string };

/** One record, as far as it is about places and holds. */
export interface PlacedRecord {
  readonly record: number;
  readonly productID: number;
  readonly locationID: number;
  readonly reason: string;
  readonly availableQuantity: number;
  readonly quantityChange: number | null;
  readonly quantity: number | null;
  /** What is there after it. A row by hand does not say so. */
  readonly cell: { readonly onHand: number; readonly held: number };
  readonly onHandChange: number;
  readonly isByHand: boolean;
  readonly document: string | null;
  readonly expiresAt: Date | null;
  readonly reference: string | null;
  readonly note: string | null;
  readonly recordedAt: Date;
}

const MOST = 2 ** 31 - 1;
const NOTHING = { onHand: 0, held: 0 };

/** An independent model of stock at places: a list of records, searched from its end. */
export class PlacedModel {
  readonly records: PlacedRecord[] = [];
  readonly locations = new Map([
    [1, { sellable: true, retired: false }],
    [IN_TRANSIT, { sellable: false, retired: false }],
  ]);
  /** The time of what happens now. */
  now = new Date(0);
  /** The open holds that have units in a cell. */
  holdsIn: (productID: number, locationID: number) => string[] = () => [];
  /** Whether a transfer is on its way from or to a location. */
  transfersAt: (locationID: number) => number = () => 0;

  get products(): number[] {
    return [...new Set(this.records.map(({ productID }) => productID))].sort((a, b) => a - b);
  }

  placesOf(productID: number): number[] {
    const records = this.records.filter((record) => record.productID === productID);
    return [...new Set(records.map(({ locationID }) => locationID))].sort((a, b) => a - b);
  }

  available(productID: number): number | undefined {
    return this.records.findLast((record) => record.productID === productID)?.availableQuantity;
  }

  cell(productID: number, locationID: number, records = this.records) {
    const isHere = (record: PlacedRecord) =>
      record.productID === productID && record.locationID === locationID;
    return records.findLast(isHere)?.cell ?? NOTHING;
  }

  free(productID: number, locationID: number, records = this.records): number {
    const { onHand, held } = this.cell(productID, locationID, records);
    return onHand - held;
  }

  /** A row by hand is a count of the product: the first place has what the others do not have. */
  insertByHand(productID: number, availableQuantity: number, recordedAt: Date): void {
    const elsewhere = this.placesOf(productID)
      .filter((locationID) => locationID !== 1 && this.locations.get(locationID)?.sellable)
      .reduce((sum, locationID) => sum + this.free(productID, locationID), 0);
    const { held, onHand } = this.cell(productID, 1);
    const cell = { onHand: availableQuantity - elsewhere + held, held };
    this.records.push({
      ...{ record: this.records.length + 1, productID, locationID: 1, availableQuantity, cell },
      ...{ reason: 'count', quantityChange: null, quantity: null, isByHand: true, recordedAt },
      ...{ onHandChange: cell.onHand - onHand, document: null, expiresAt: null },
      ...{ reference: null, note: null },
    });
  }

  /** All commands are recorded, or none with mode `all` if one is refused. */
  submit(commands: readonly PlacedCommand[], mode: 'all' | 'each'): object[] {
    const before = this.records.length;
    const outcomes = commands.map((command) => this.#decide(command, before));
    if (mode === 'each' || !outcomes.some((outcome) => 'refusal' in outcome)) return outcomes;
    this.records.length = before;
    return outcomes.map((outcome) =>
      'refusal' in outcome
        ? outcome
        : { refusal: 'withheld', productID: (outcome as PlacedRecord).productID },
    );
  }

  change(command: LocationCommand): object {
    const { locationID } = command;
    const known = this.locations.get(locationID);
    if (command.kind === 'put') {
      const { sellable = known?.sellable ?? true, name, address } = command;
      if (known && known.sellable !== sellable) {
        return { refusal: 'sellable-is-fixed', locationID, sellable: known.sellable };
      }
      this.locations.set(locationID, { sellable, retired: false });
      return { locationID, name, sellable, address, retired: false };
    }
    if (locationID === 1) return { refusal: 'first-location', locationID };
    if (!known || known.retired) return { refusal: 'unknown-location', locationID };
    const products = this.products.filter((each) => this.cell(each, locationID).onHand > 0).length;
    const transfers = this.transfersAt(locationID);
    if (products + transfers > 0) {
      return { refusal: 'location-in-use', locationID, products, transfers };
    }
    this.locations.set(locationID, { ...known, retired: true });
    return { locationID, retired: true };
  }

  /** @param before how many records there were before the submission */
  #decide(command: PlacedCommand, before: number): object {
    const { productID, locationID = 1 } = command;
    const place = this.locations.get(locationID);
    if (!place || place.retired) {
      return {
        ...{ refusal: 'unknown-location', productID, locationID },
        ...(place && { retired: true }),
      };
    }
    const available = this.available(productID);
    const mayBeFirst =
      command.kind === 'count' || (command.kind === 'movement' && command.reason === 'receipt');
    if (available === undefined && !mayBeFirst) return { refusal: 'unknown-product', productID };
    const { onHand, held } = this.cell(productID, locationID);
    const free = onHand - held;
    const units = unitsOf(command, free, held);
    const takesFree = command.kind !== 'count' && !('isHeld' in command && command.isHeld);
    const givesBack = command.kind === 'held' && command.heldChange <= 0;
    const sells = command.kind === 'sale' || (command.kind === 'held' && command.heldChange > 0);
    if (sells && !place.sellable) return { refusal: 'not-sellable', productID, locationID };
    const short = () =>
      this.#short(productID, locationID, command.kind === 'move' ? before : this.records.length);
    // What a row by hand left below nothing waits for a count, but a hold can always give back what it has.
    if (takesFree && !givesBack && free + units.onHand - units.held < 0) return short();
    if (command.kind === 'count' && onHand + units.onHand < held) {
      const holds = this.holdsIn(productID, locationID);
      return { refusal: 'below-held', productID, locationID, heldQuantity: held, holds };
    }
    // What is held is there, also if a row by hand says otherwise.
    const heldNow = held + units.held;
    const isOfHold = command.kind === 'held' || !takesFree;
    const onHandNow =
      isOfHold && command.kind !== 'count'
        ? Math.max(heldNow, onHand + units.onHand)
        : onHand + units.onHand;
    const freeNow = onHandNow - heldNow;
    const availableNow = (available ?? 0) + (place.sellable ? freeNow - free : 0);
    if (availableNow < 0) return short();
    const adds = command.kind === 'count' || command.kind === 'movement' || command.kind === 'move';
    const heldAnywhere = this.placesOf(productID).reduce(
      (sum, each) => sum + this.cell(productID, each).held,
      0,
    );
    const isTooMuch = onHandNow > MOST || availableNow + heldAnywhere > MOST;
    if (adds && onHandNow > onHand && isTooMuch) {
      return { refusal: 'stock-limit', productID, availableQuantity: available ?? 0 };
    }
    return this.#append(command, availableNow, { onHand: onHandNow, held: heldNow });
  }

  #append(command: PlacedCommand, availableQuantity: number, cell: PlacedRecord['cell']): object {
    const { productID, locationID = 1, reference = null, note = null } = command;
    const record = this.records.length + 1;
    const isMove = command.kind === 'move';
    const first = isMove && command.direction === 'out' ? record - 1 : record;
    const appended: PlacedRecord = {
      ...{ record, productID, locationID, availableQuantity, cell, isByHand: false },
      reason: 'reason' in command ? command.reason : command.kind,
      quantityChange: availableQuantity - (this.available(productID) ?? 0),
      quantity: command.kind === 'sale' ? command.quantity : null,
      onHandChange: cell.onHand - this.cell(productID, locationID).onHand,
      document: command.document ?? (isMove ? `move:${first}` : null),
      expiresAt: command.kind === 'held' ? command.expiresAt : null,
      ...{ reference, note, recordedAt: this.now },
    };
    this.records.push(appended);
    return answered(appended);
  }

  #short(productID: number, locationID: number, before: number): object {
    const free = this.free(productID, locationID);
    const isSellable = this.locations.get(locationID)?.sellable;
    const records = this.records.slice(0, before);
    const elsewhere = this.placesOf(productID)
      .filter((each) => each !== locationID && each !== IN_TRANSIT)
      .map((each) => ({ locationID: each, availableQuantity: this.free(productID, each, records) }))
      .filter(({ availableQuantity }) => availableQuantity > 0);
    return {
      ...{ refusal: 'insufficient-stock', productID },
      availableQuantity: isSellable ? Math.min(free, this.available(productID) ?? 0) : free,
      ...((locationID !== 1 || elsewhere.length > 0) && { locationID }),
      ...(elsewhere.length > 0 && { elsewhere }),
    };
  }
}

/** A record as the ledger has it. */
export function answered({ cell, isByHand, onHandChange, ...record }: PlacedRecord): object {
  return {
    ...record,
    onHandQuantity: isByHand ? null : cell.onHand,
    onHandChange: isByHand ? null : onHandChange,
    heldQuantity: isByHand ? 0 : cell.held,
  };
}

/** By how many units a command changes what is on hand and what is held, in a cell that has so many. */
function unitsOf(command: PlacedCommand, free: number, held: number): PlacedRecord['cell'] {
  switch (command.kind) {
    case 'count':
      return { onHand: command.availableQuantity - free - (command.isOnHand ? held : 0), held: 0 };
    case 'sale':
      return { onHand: -command.quantity, held: command.isHeld ? -command.quantity : 0 };
    case 'movement':
      return { onHand: command.quantityChange, held: 0 };
    case 'move':
      return { onHand: command.direction === 'in' ? command.quantity : -command.quantity, held: 0 };
    case 'held':
      return { onHand: 0, held: command.heldChange };
    default:
      throw new Error('not in this model');
  }
}
