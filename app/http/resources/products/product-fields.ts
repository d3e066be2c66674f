import { z } from 'zod';
import { DAMAGED_CODE, isDamagedCode } from '../../../ledger/code';
import type { ProductFields } from '../../../ledger/product';
import { PRODUCT_TEXTS_MAX } from '../../../wire/texts';
import type { FieldDoc } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { price } from '../../fields/price';
import { productID, quantity } from '../../fields/whole-number';

const IMAGE = `must be an http or https URL of at most ${PRODUCT_TEXTS_MAX.image} characters`;

const image = freeText(PRODUCT_TEXTS_MAX.image)
  .refine((value) => {
    const { protocol } = URL.canParse(value) ? new URL(value) : { protocol: '' };
    return protocol === 'http:' || protocol === 'https:';
  }, IMAGE)
  .meta({
    doc: { type: 'string', format: 'uri', maxLength: PRODUCT_TEXTS_MAX.image } satisfies FieldDoc,
  });

const name = freeText(PRODUCT_TEXTS_MAX.name);

/** A SKU or barcode that no spreadsheet has damaged. */
const code = freeText(PRODUCT_TEXTS_MAX.sku).refine((value) => !isDamagedCode(value), DAMAGED_CODE);

/** The fields of a product that may be empty. */
const optional = {
  sku: code,
  barcode: code,
  image,
  price,
  reorderPoint: quantity,
  reorderQuantity: quantity,
};

/** The fields of POST /products. */
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

/** An empty field removes the value. */
function orEmpty<T extends z.ZodType>(field: T) {
  return z
    .union([z.literal('').transform(() => null), z.null(), field], {
      // If it is not empty, the fault is that of the field itself.
      error: ({ errors }) => (errors as z.core.$ZodIssue[][] | undefined)?.at(-1)?.[0]?.message,
    })
    .optional();
}

/** The fields of PATCH /products/{productID}. */
export const revisionFields = z.strictObject({
  name: name.optional(),
  sku: orEmpty(optional.sku),
  barcode: orEmpty(optional.barcode),
  image: orEmpty(optional.image),
  price: orEmpty(optional.price),
  reorderPoint: orEmpty(optional.reorderPoint),
  reorderQuantity: orEmpty(optional.reorderQuantity),
});

/** The fields that were sent. */
export function toProductFields(fields: z.output<typeof revisionFields>): Partial<ProductFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<ProductFields>;
}
