import { z } from 'zod';
import { DAMAGED_CODE, isDamagedCode } from '../../../ledger/code';
import type { ProductFields } from '../../../ledger/product';
import type { FieldDoc } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { price } from '../../fields/price';
import { productID, quantity } from '../../fields/whole-number';

const IMAGE = 'must be an http or https URL of at most 2000 characters';

const image = freeText(2_000)
  .refine((value) => {
    const { protocol } = URL.canParse(value) ? new URL(value) : { protocol: '' };
    return protocol === 'http:' || protocol === 'https:';
  }, IMAGE)
  .meta({ doc: { type: 'string', format: 'uri', maxLength: 2_000 } satisfies FieldDoc });

const name = freeText(200);

/** A SKU or barcode: not what a spreadsheet has left of one. */
const code = freeText(64).refine((value) => !isDamagedCode(value), DAMAGED_CODE);

/** What the catalogue may know of a product besides its name. */
const optional = {
  sku: code,
  barcode: code,
  image,
  price,
  reorderPoint: quantity,
  reorderQuantity: quantity,
};

/** A product as POST /products takes it. */
export const catalogueFields = z.strictObject({
  productID: productID.optional(),
  name,
  sku: optional.sku.optional(),
  barcode: optional.barcode.optional(),
  image: optional.image.optional(),
  price: optional.price.optional(),
  reorderPoint: optional.reorderPoint.optional(),
  reorderQuantity: optional.reorderQuantity.optional(),
});

/** An empty field takes away what the product had. */
function orEmpty<T extends z.ZodType>(field: T) {
  return z
    .union([z.literal('').transform(() => null), z.null(), field], {
      // What is not empty is to be what the field itself wants.
      error: ({ errors }) => (errors as z.core.$ZodIssue[][] | undefined)?.at(-1)?.[0]?.message,
    })
    .optional();
}

/** A change of a product as PATCH /products/{productID} takes it. */
export const revisionFields = z.strictObject({
  name: name.optional(),
  sku: orEmpty(optional.sku),
  barcode: orEmpty(optional.barcode),
  image: orEmpty(optional.image),
  price: orEmpty(optional.price),
  reorderPoint: orEmpty(optional.reorderPoint),
  reorderQuantity: orEmpty(optional.reorderQuantity),
});

/** The fields that were given. */
export function toProductFields(fields: z.output<typeof revisionFields>): Partial<ProductFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<ProductFields>;
}
