import type { Expected } from './mark';
import type { ProductFields } from './product';
import type { MovementReason } from './reason';
import type { SomeAnnotations } from './record';

/** What every change of stock may carry besides. */
export interface CommandExtras extends SomeAnnotations {
  /** Refuse unless the product's latest record is one of these; `any` for any record at all. */
  readonly expectedRecords?: readonly Expected[] | 'any' | undefined;
  /** Refuse unless the product has this many available. */
  readonly expectedQuantity?: number | undefined;
}

/** "There are this many now": sets the available quantity, whatever it was. */
export interface CountCommand extends CommandExtras {
  readonly kind: 'count';
  readonly productID: number;
  /** Units, 0 to QUANTITY_MAX. */
  readonly availableQuantity: number;
  /** The record as of which it was counted: refuse where the product has a later one. */
  readonly asOf?: number | undefined;
  /** The line of a file that says so, to be told where it is refused. */
  readonly line?: number | undefined;
}

/** "This many were sold": lowers the available quantity. */
export interface SaleCommand extends CommandExtras {
  readonly kind: 'sale';
  readonly productID: number;
  /** Units, 1 to QUANTITY_MAX. Older ledgers may hold sales of 0 units, which are refused now. */
  readonly quantity: number;
  /** Price of one unit in ten-thousandths of the currency unit; null where not known. */
  readonly unitPrice: number | null;
}

/** "This many came, came back or went": changes the available quantity. */
export interface MovementCommand extends CommandExtras {
  readonly kind: 'movement';
  readonly productID: number;
  readonly reason: MovementReason;
  /** Units that came, negative where they went; never 0. */
  readonly quantityChange: number;
  /** The sale that a return takes back. */
  readonly saleRecord?: number | null | undefined;
}

/** A change of stock that somebody asks for. */
export type Command = CountCommand | SaleCommand | MovementCommand;

/** "There is such a product." Without a productID it gets the next that is free. */
export interface CreateProductCommand {
  readonly kind: 'create';
  readonly productID?: number | undefined;
  readonly fields: ProductFields;
  /** The line of a file that says so, to be told where it is refused. */
  readonly line?: number | undefined;
}

/** "This of the product is now so." A product that was retired is one again. */
export interface ReviseProductCommand {
  readonly kind: 'revise';
  readonly productID: number;
  readonly fields: Partial<ProductFields>;
  /** Refuse unless the product's latest revision is one of these. */
  readonly expectedRevisions?: readonly Expected[] | 'any' | undefined;
}

/** "The product is so", whether or not it was there. */
export interface PutProductCommand {
  readonly kind: 'put';
  readonly productID: number;
  readonly fields: Partial<ProductFields> & Pick<ProductFields, 'name'>;
  /** The revision as of which this was decided: refuse where the product has a later one. */
  readonly asOf?: number | undefined;
  /** The line of a file that says so, to be told where it is refused. */
  readonly line?: number | undefined;
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
  | RetireProductCommand;
