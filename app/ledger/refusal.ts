import type { DocumentRefusal } from './documents/document-command';

/** Why a command was refused. A refused command leaves no trace among the records. The list is closed. */
export type Refusal = StockRefusal | CatalogueRefusal | GrowthRefusal | DocumentRefusal | Withheld;

/** The most refusals of one change of the catalogue that are listed; further ones are withheld. */
export const REFUSALS_MAX = 1_000;

/** The most holds that a refusal names. */
export const HOLDS_NAMED = 20;

/** What a location has of a product that can be moved from there. */
export interface FreeElsewhere {
  readonly locationID: number;
  readonly availableQuantity: number;
}

/** Why a change of stock was refused. If several reasons apply, it is the first in this order. */
export type StockRefusal =
  /** There is no such location, or it is retired. */
  | {
      readonly refusal: 'unknown-location';
      readonly productID: number;
      readonly locationID: number;
      readonly retired?: true;
    }
  /** A sale or movement of a product that has no record. */
  | { readonly refusal: 'unknown-product'; readonly productID: number }
  /** The product's latest record is not one of those expected. */
  | {
      readonly refusal: 'stale-record';
      readonly productID: number;
      /** The latest record and what is available; null if the product has no record. */
      readonly record: number | null;
      readonly availableQuantity: number | null;
      /** The line that asked for it, if it came from a file. */
      readonly line?: number;
    }
  /** The product has another quantity than expected; null if it has no record. */
  | {
      readonly refusal: 'unexpected-quantity';
      readonly productID: number;
      readonly availableQuantity: number | null;
    }
  /** There is no such sale of this product. */
  | { readonly refusal: 'unknown-sale'; readonly productID: number; readonly saleRecord: number }
  /** More would be returned than was sold, less what was returned before. */
  | {
      readonly refusal: 'return-exceeds-sale';
      readonly productID: number;
      readonly saleRecord: number;
      readonly returnableQuantity: number;
    }
  /** The sale was cancelled, by this record. */
  | {
      readonly refusal: 'sale-cancelled';
      readonly productID: number;
      readonly saleRecord: number;
      readonly record: number;
    }
  /** Units of the sale were returned: then only the others can be, by returns. */
  | {
      readonly refusal: 'sale-returned';
      readonly productID: number;
      readonly saleRecord: number;
      readonly returnedQuantity: number;
    }
  /** Nothing is sold at this location. */
  | { readonly refusal: 'not-sellable'; readonly productID: number; readonly locationID: number }
  /** There is less than this takes. */
  | {
      readonly refusal: 'insufficient-stock';
      readonly productID: number;
      /** What there was at the location when it was decided. */
      readonly availableQuantity: number;
      /** The location, if it is not the first, or others have something. */
      readonly locationID?: number;
      /** What other locations had, if any had something. */
      readonly elsewhere?: readonly FreeElsewhere[];
    }
  /** Fewer would be on hand at the location than holds have set aside there. */
  | {
      readonly refusal: 'below-held';
      readonly productID: number;
      readonly locationID: number;
      readonly heldQuantity: number;
      /** The names of holds that have them, HOLDS_NAMED at most. */
      readonly holds: readonly string[];
    }
  /** There would be more than QUANTITY_MAX. */
  | {
      readonly refusal: 'stock-limit';
      readonly productID: number;
      readonly availableQuantity: number;
    };

/** The command would have been recorded, but another one of its submission was refused. */
export interface Withheld {
  readonly refusal: 'withheld';
  readonly productID: number;
}

/** Why a change of the catalogue was refused. */
export type CatalogueRefusal =
  /** The catalogue already has this product. */
  | { readonly refusal: 'product-exists'; readonly productID: number }
  /** The catalogue does not have this product. */
  | { readonly refusal: 'unlisted-product'; readonly productID: number }
  /** The product's latest revision is not one of those expected. */
  | {
      readonly refusal: 'stale-revision';
      readonly productID: number;
      readonly revision: number;
      /** The line that asked for it, if it came from a file. */
      readonly line?: number;
    }
  /** Another product has this code as sku or barcode, or one that is the same by the rule of `foldedCode`. */
  | {
      readonly refusal: 'code-taken';
      readonly productID: number;
      readonly field: 'sku' | 'barcode';
      readonly code: string;
      /** The product that has it. */
      readonly holder: number;
      /** The field in which that product has it, if it is the other one. */
      readonly holderField?: 'sku' | 'barcode';
      /** How that product has it, if it is written differently. */
      readonly holderCode?: string;
      /** The line that asked for it, if it came from a file. */
      readonly line?: number;
    }
  /** A reorder point names no location, or one that is retired. */
  | {
      readonly refusal: 'unknown-location';
      readonly productID: number;
      readonly locationID: number;
      readonly retired?: true;
    }
  /** Every productID is taken. */
  | { readonly refusal: 'catalogue-full' };

/** Why a new product was refused. */
export interface GrowthRefusal {
  /** There are as many products as there may be, in the ledger or in the catalogue. */
  readonly refusal: 'product-limit';
  readonly productID: number;
  readonly limit: number;
  /** The line that asked for it, if it came from a file. */
  readonly line?: number;
}
