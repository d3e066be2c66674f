import { type Catalogue, UNIQUE_FIELDS } from './catalogue';
import type { CatalogueCommand, ReviseProductCommand, SetReorderPointCommand } from './command';
import type { Locations } from './locations/locations';
import { isExpected, markOf } from './mark';
import type { ProductFields, ProductRevision, ReorderPoint } from './product';
import type { CatalogueRefusal } from './refusal';

/** The largest productID: what INT UNSIGNED holds. */
export const PRODUCT_ID_MAX = 4_294_967_295;

/** What a command changes, before it has a place in the catalogue's history. */
type Revision = ProductFields & Pick<ProductRevision, 'productID' | 'reorderPoints' | 'retired'>;

/** A product of which only the name is known. */
export const NOTHING_KNOWN: Omit<ProductFields, 'name'> = {
  sku: null,
  barcode: null,
  image: null,
  price: null,
  reorderPoint: null,
  reorderQuantity: null,
};

/**
 * Decides one command about the catalogue.
 *
 * @param largestProductID the largest productID in the catalogue or in stock
 * @param locations the places that a reorder point may name; the other commands name none
 */
export function decideProduct(
  catalogue: Catalogue,
  largestProductID: number,
  command: CatalogueCommand,
  locations?: Locations,
): Revision | CatalogueRefusal {
  switch (command.kind) {
    case 'create': {
      const { productID = largestProductID + 1, fields, line } = command;
      if (productID > PRODUCT_ID_MAX) return { refusal: 'catalogue-full' };
      const listed = catalogue.get(productID);
      if (listed && !listed.retired) return { refusal: 'product-exists', productID };
      return atLine(
        line,
        withFreeCodes(catalogue, listed, {
          productID,
          ...fields,
          reorderPoints: null,
          retired: false,
        }),
      );
    }
    case 'put': {
      const { productID, fields, asOf, line } = command;
      const known = catalogue.get(productID);
      if (known && asOf !== undefined && known.revision > asOf) {
        return atLine(line, { refusal: 'stale-revision', productID, revision: known.revision });
      }
      const put = merged(productID, known ?? NEVER_LISTED, fields);
      return atLine(line, withFreeCodes(catalogue, known, put));
    }
    case 'revise': {
      const { productID, fields } = command;
      const known = catalogue.get(productID);
      if (!known) return { refusal: 'unlisted-product', productID };
      return (
        refuseStale(known, command) ??
        withFreeCodes(catalogue, known, merged(productID, known, fields))
      );
    }
    case 'reorder': {
      const { productID } = command;
      const known = catalogue.get(productID);
      if (!known || known.retired) return { refusal: 'unlisted-product', productID };
      return (
        refuseUnknownLocation(locations, command) ??
        refuseStale(known, command) ?? {
          ...kept(known),
          productID,
          retired: false,
          reorderPoints: withReorderPoint(known.reorderPoints ?? [], command),
        }
      );
    }
    case 'retire': {
      const { productID } = command;
      const known = catalogue.get(productID);
      if (!known || known.retired) return { refusal: 'unlisted-product', productID };
      return refuseStale(known, command) ?? { ...kept(known), productID, retired: true };
    }
  }
}

/** Adds the line of the file to a refusal. */
function atLine<D extends Revision | CatalogueRefusal>(line: number | undefined, decision: D) {
  if (line === undefined || !('refusal' in decision)) return decision;
  const named = decision.refusal === 'code-taken' || decision.refusal === 'stale-revision';
  return named ? { ...decision, line } : decision;
}

function refuseStale(
  known: ProductRevision,
  { expectedRevisions = 'any' }: Pick<ReviseProductCommand, 'expectedRevisions'>,
): CatalogueRefusal | undefined {
  const { productID, revision } = known;
  const expected = isExpected(expectedRevisions, revision, () => markOf(known, known.revisedAt));
  return expected ? undefined : { refusal: 'stale-revision', productID, revision };
}

/** A reorder point can be removed from a location that is retired. */
function refuseUnknownLocation(
  locations: Locations | undefined,
  { productID, locationID, ...point }: SetReorderPointCommand,
): CatalogueRefusal | undefined {
  const location = locations?.get(locationID);
  if (!location) return { refusal: 'unknown-location', productID, locationID };
  if (!location.retired || isNone(point)) return undefined;
  return { refusal: 'unknown-location', productID, locationID, retired: true };
}

/** Whether a reorder point is removed. */
function isNone({
  reorderPoint,
  reorderQuantity,
}: Pick<ReorderPoint, 'reorderPoint' | 'reorderQuantity'>): boolean {
  return reorderPoint === null && reorderQuantity === null;
}

function withReorderPoint(
  points: readonly ReorderPoint[],
  { locationID, reorderPoint, reorderQuantity }: SetReorderPointCommand,
): readonly ReorderPoint[] | null {
  const others = points.filter((point) => point.locationID !== locationID);
  const point = { locationID, reorderPoint, reorderQuantity };
  const all = isNone(point) ? others : [...others, point];
  return all.length === 0 ? null : all.sort((a, b) => a.locationID - b.locationID);
}

function merged(
  productID: number,
  known: Omit<Kept, 'name'>,
  fields: Partial<ProductFields>,
): Revision {
  return { ...kept({ name: '', ...known, ...fields }), productID, retired: false };
}

/** What a revision keeps of the one before. */
type Kept = ProductFields & Pick<ProductRevision, 'reorderPoints'>;

const NEVER_LISTED = { ...NOTHING_KNOWN, reorderPoints: null };

function kept(known: Kept): Kept {
  const { name, sku, barcode, image, price, reorderPoint, reorderQuantity, reorderPoints } = known;
  return { name, sku, barcode, image, price, reorderPoint, reorderQuantity, reorderPoints };
}

/**
 * A revision, or its refusal if another product has one of its codes, as SKU or as barcode. A scanner reads only the code,
 * so a code must not mean two products. One product may have the same code in both fields.
 *
 * @param known the product's latest revision. The product keeps a code that it has, even if an older ledger gave the
 *   same code to another product, too
 */
function withFreeCodes(
  catalogue: Catalogue,
  known: ProductRevision | undefined,
  revision: Revision,
): Revision | CatalogueRefusal {
  const { productID } = revision;
  for (const field of UNIQUE_FIELDS) {
    const code = revision[field];
    if (code === null || (known?.retired === false && known[field] === code)) continue;
    // The same field first: that mistake is the more likely one.
    for (const holderField of field === 'sku' ? UNIQUE_FIELDS : UNIQUE_FIELDS.toReversed()) {
      const holder = catalogue.holdersOf(holderField, code).find((holder) => holder !== productID);
      if (holder === undefined) continue;
      const holderCode = catalogue.get(holder)?.[holderField] ?? code;
      return {
        refusal: 'code-taken',
        productID,
        field,
        code,
        holder,
        ...(holderField !== field && { holderField }),
        ...(holderCode !== code && { holderCode }),
      };
    }
  }
  return revision;
}
