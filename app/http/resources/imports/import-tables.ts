import { z } from 'zod';
import type { UniqueField } from '../../../ledger/catalogue';
import type { CountCommand } from '../../../ledger/command';
import { PRODUCT_TEXTS_MAX } from '../../../wire/texts';
import { annotationFields } from '../../fields/annotations';
import { pastMoment } from '../../fields/day-and-time';
import { freeText } from '../../fields/free-text';
import { numberOf, position } from '../../fields/position';
import { locationID, productID, quantity } from '../../fields/whole-number';
import { catalogueFields } from '../products/product-fields';
import type { TableColumn } from './header-row';
import type { FileTable } from './table';

const code = freeText(PRODUCT_TEXTS_MAX.sku);

const countRow = z.strictObject({
  productID: productID.optional(),
  sku: code.optional(),
  barcode: code.optional(),
  availableQuantity: quantity,
  locationID: locationID.optional(),
  record: position(1).optional(),
  reference: annotationFields.reference,
  note: annotationFields.note,
  occurredAt: pastMoment.optional(),
});

/**
 * A line of counts. It becomes the command once its product is known: a file has many lines, so each is one object
 * throughout.
 */
export interface CountLine extends CountCommand {
  /** 0 until it is known. */
  productID: number;
  availableQuantity: number;
  locationID: number | undefined;
  reference: string | undefined;
  note: string | undefined;
  occurredAt: Date | undefined;
  asOf: number | undefined;
  /** The mark of that record, if the file has it, until it is checked. */
  mark: string | undefined;
  readonly line: number;
  /** The codes by which it names the product, if it does. */
  codes: Readonly<Partial<Record<UniqueField, string>>> | undefined;
}

const PRODUCT_ID: TableColumn = {
  holds: 'units',
  names: ['productnumber', 'productno', 'number', 'no', 'id'],
};
const SKU: TableColumn = { holds: 'code', names: ['articlenumber', 'itemnumber'] };
const BARCODE: TableColumn = { holds: 'code', names: ['gtin', 'ean', 'upc', 'ean13'] };

const NAMELESS = 'has no column that says which product is meant: productID, sku or barcode';

/** A file of counts: the quantity of each product. */
export const COUNTS: FileTable<typeof countRow, CountLine> = {
  schema: countRow,
  columns: {
    productID: PRODUCT_ID,
    sku: SKU,
    barcode: BARCODE,
    availableQuantity: {
      holds: 'units',
      names: ['available', 'count', 'counted', 'quantity', 'qty', 'stock', 'instock', 'onhand'],
    },
    // No other name: a column Location often says in which aisle something is.
    locationID: { holds: 'units', names: [] },
    record: { holds: 'units', names: ['recordnumber', 'countedatrecord'] },
    reference: { holds: 'text', names: ['ref'] },
    note: { holds: 'text', names: ['notes', 'comment', 'remark'] },
    occurredAt: { holds: 'text', names: ['countedat'] },
  },
  // Beside a number or a code, `Product` is the name, as on the page.
  product: (others) =>
    ['productID', 'sku', 'barcode'].some((field) => others.has(field)) ? undefined : 'productID',
  missing: (fields) =>
    ['productID', 'sku', 'barcode'].some((field) => fields.has(field)) ? undefined : NAMELESS,
  toLine: (
    {
      productID = 0,
      availableQuantity,
      locationID,
      reference,
      note,
      occurredAt,
      record,
      sku,
      barcode,
    },
    _,
    line,
  ) => ({
    kind: 'count',
    productID,
    availableQuantity,
    locationID,
    reference,
    note,
    occurredAt,
    asOf: record === undefined ? undefined : numberOf(record),
    mark: typeof record === 'object' ? record.mark : undefined,
    line,
    codes: sku === undefined && barcode === undefined ? undefined : codesOf(sku, barcode),
  }),
};

function codesOf(sku: string | undefined, barcode: string | undefined): CountLine['codes'] {
  return { ...(sku !== undefined && { sku }), ...(barcode !== undefined && { barcode }) };
}

const productRow = catalogueFields;

/** A line of products. */
export interface ProductLine {
  readonly said: z.output<typeof productRow>;
  /** The fields that the file has a column for. An empty cell removes the value. */
  readonly fields: readonly string[];
  readonly line: number;
}

/** A file of products of the catalogue. */
export const PRODUCTS: FileTable<typeof productRow, ProductLine> = {
  schema: productRow,
  columns: {
    productID: PRODUCT_ID,
    name: { holds: 'text', names: ['productname', 'title'] },
    sku: SKU,
    barcode: BARCODE,
    image: { holds: 'text', names: ['imageurl', 'picture'] },
    price: { holds: 'money', names: ['unitprice', 'sellingprice'] },
    reorderPoint: { holds: 'units', names: ['reorderat', 'reorderlevel'] },
    reorderQuantity: { holds: 'units', names: ['orderquantity'] },
  },
  product: (others) => {
    if (!others.has('name')) return 'name';
    return others.has('productID') ? undefined : 'productID';
  },
  toLine: (said, fields, line) => ({ said, fields, line }),
};
