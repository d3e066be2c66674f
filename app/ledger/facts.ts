import type { Cell } from './cell';
import type { Location } from './locations/location';
import type { LedgerRecord } from './record';
import type { FreeElsewhere } from './refusal';

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

/** The facts, of a location that takes changes. */
export type Place = Facts & { readonly location: Location };
