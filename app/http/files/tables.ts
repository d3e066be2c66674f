import { z } from 'zod';
import type { CountCommand, PutProductCommand } from '../../ledger/command';
import type { ProductFields } from '../../ledger/product';
import { note, productID, quantity, reference } from '../fields';
import { catalogueFields, toProductFields } from '../product-fields';
import type { Table } from './table';

const countRow = z.strictObject({
  productID,
  availableQuantity: quantity,
  reference: reference.optional(),
  note: note.optional(),
});

/** Counts: what there is of each product. */
export const COUNTS: Table<typeof countRow, CountCommand> = {
  schema: countRow,
  toCommand: (fields) => ({ kind: 'count', ...fields }),
};

const productRow = catalogueFields.extend({ productID });

/** Products: an empty cell takes away what the product had; what has no column stays as it was. */
export const PRODUCTS: Table<typeof productRow, PutProductCommand> = {
  schema: productRow,
  toCommand: ({ productID, ...given }, columns, line) => {
    const cleared = columns.filter((column) => column !== 'productID');
    const fields = {
      ...Object.fromEntries(cleared.map((column) => [column, null])),
      ...toProductFields(given),
    } as Pick<ProductFields, 'name'>;
    return { kind: 'put', productID, fields, line };
  },
};
