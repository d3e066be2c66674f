import type { DocumentRefusal } from '../../ledger/documents/document-command';
import { QUANTITY_MAX } from '../../ledger/quantity';
import type { FreeElsewhere, Refusal } from '../../ledger/refusal';
import type { RefusalType } from '../../wire/problem-members';
import { Problem } from './problem';

/** Other locations that a sentence names. */
const NAMED_LOCATIONS = 5;

/** A refusal of a single change: `refusedDocument` has those of holds and transfers. */
export type Recordable = Exclude<Refusal, DocumentRefusal | { refusal: 'withheld' }>;

/** The problem of a refusal of the ledger. */
export function refused(refusal: Recordable): Problem<RefusalType> {
  switch (refusal.refusal) {
    case 'unknown-product':
      return unknownProduct(refusal.productID);
    case 'unknown-location':
      return problem(
        refusal,
        refusal.retired
          ? `Location ${refusal.locationID} is retired: nothing is recorded there any more. GET /locations lists those that are not.`
          : `There is no location ${refusal.locationID}: GET /locations lists those that there are, and PUT /locations/${refusal.locationID} makes it. Nothing was recorded.`,
      );
    case 'not-sellable':
      return problem(
        refusal,
        `Nothing is sold at location ${refusal.locationID}: move the goods to one where they can be sold, by POST /inventory/moves. Nothing was recorded.`,
      );
    case 'stale-record':
      return problem(
        refusal,
        refusal.record === null
          ? `Product ${refusal.productID} has no record.`
          : `Product ${refusal.productID} now has record ${refusal.record}, with ${refusal.availableQuantity} available; nothing was recorded. Read it again before you decide.`,
      );
    case 'unexpected-quantity':
      return problem(
        refusal,
        `Product ${refusal.productID} has ${refusal.availableQuantity ?? 'no record, so nothing'} available; nothing was recorded.`,
      );
    case 'unknown-sale':
      return problem(
        refusal,
        `Record ${refusal.saleRecord} is not a sale of product ${refusal.productID}; nothing was recorded.`,
      );
    case 'sale-cancelled':
      return problem(
        refusal,
        `Sale ${refusal.saleRecord} was cancelled by record ${refusal.record}; nothing was recorded.`,
      );
    case 'sale-returned':
      return problem(
        refusal,
        `Of sale ${refusal.saleRecord} ${refusal.returnedQuantity} ${refusal.returnedQuantity === 1 ? 'unit was' : 'units were'} returned, so it cannot be cancelled as a whole: return the others. Nothing was recorded.`,
      );
    case 'return-exceeds-sale':
      return problem(
        refusal,
        `Of sale ${refusal.saleRecord} ${refusal.returnableQuantity} can still be returned; nothing was recorded.`,
      );
    case 'insufficient-stock':
      return problem(
        refusal,
        `Product ${refusal.productID} has ${refusal.availableQuantity} available${at(refusal.locationID)}${others(refusal.elsewhere)}; nothing was recorded.`,
      );
    case 'below-held':
      return problem(
        refusal,
        `Holds have set ${refusal.heldQuantity} of product ${refusal.productID} aside at location ${refusal.locationID}${refusal.holds.length > 0 ? ` (${refusal.holds.join(', ')})` : ''}, so fewer cannot stand there; nothing was recorded. Release some first, by POST /holds/{holdID}/release.`,
      );
    case 'stock-limit':
      return problem(
        refusal,
        `Product ${refusal.productID} has ${refusal.availableQuantity} available, and can have ${QUANTITY_MAX} at most; nothing was recorded.`,
      );
    case 'product-exists':
      return problem(
        refusal,
        `The catalogue has product ${refusal.productID}: change it by PATCH /products/${refusal.productID}, or leave productID out to get a free one.`,
      );
    case 'unlisted-product':
      return unlistedProduct(refusal.productID);
    case 'stale-revision':
      return problem(
        refusal,
        `Product ${refusal.productID} now has revision ${refusal.revision}; nothing was changed. Read it again before you decide.`,
      );
    case 'code-taken': {
      const { holderCode = refusal.code, ...shown } = refusal;
      const { holderField = refusal.field } = shown;
      const same = holderCode === refusal.code ? '' : `, which is the same code as ${refusal.code}`;
      return problem(
        shown,
        `Product ${refusal.holder} has the ${holderField} ${holderCode}${same}; nothing was changed.`,
      );
    }
    case 'product-limit':
      return problem(
        refusal,
        `There are ${refusal.limit} products, the most that PRODUCT_LIMIT allows, so product ${refusal.productID} cannot be added; nothing was recorded. Check its number.`,
      );
    case 'catalogue-full':
      return problem(refusal, 'The largest productID is taken: choose a free one.');
  }
}

/** Where, if it is not the first location. */
function at(locationID: number | undefined): string {
  return locationID === undefined ? '' : ` at location ${locationID}`;
}

/** What a few other locations have. All of them are among the problem's members. */
function others(elsewhere: readonly FreeElsewhere[] = []): string {
  const some = elsewhere
    .slice(0, NAMED_LOCATIONS)
    .map((other) => `${other.availableQuantity} at location ${other.locationID}`);
  return some.length === 0 ? '' : `, and ${some.join(', ')}`;
}

export function unknownProduct(productID: number): Problem<'unknown-product'> {
  return new Problem(
    'unknown-product',
    `Product ${productID} has no record: count it first, by POST /inventory.`,
    { productID },
  );
}

export function unlistedProduct(productID: number): Problem<'unlisted-product'> {
  return new Problem(
    'unlisted-product',
    `The catalogue does not have product ${productID}: add it by POST /products.`,
    { productID },
  );
}

/** The refusal as a problem of the same name, with its data as members. */
function problem({ refusal, ...members }: Recordable, detail: string): Problem<RefusalType> {
  return new Problem(refusal, detail, members);
}
