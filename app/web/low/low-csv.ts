import { stringify } from 'csv-stringify/browser/esm/sync';
import { guarded } from '../../wire/csv-guard';
import type { LowProduct } from './low-products';

/** Of which location, or locations, the rows are. */
interface Shown {
  /** The name of the only location that they are of, if there are several. */
  readonly at?: string | undefined;
  readonly areSeveral: boolean;
}

/** Saves what is low as a file, with the columns of the screen, in the order of `rows`. */
export function lowCsv(
  rows: readonly LowProduct[],
  today: string,
  { at, areSeveral }: Shown,
): void {
  const text = stringify(
    rows.map(({ product, daysUntilLow, ordered, order }) => ({
      productID: product.productID,
      name: product.name,
      sku: product.sku,
      barcode: product.barcode,
      availableQuantity: product.availableQuantity,
      reorderPoint: product.reorderPoint,
      ...(at === undefined && {
        unitsPerDay: product.unitsPerDay,
        daysOfCover: product.daysOfCover,
        // As its neighbours: two decimals. Of what is low at a location only, and sells nothing, there is no such day.
        daysUntilLow: Number.isFinite(daysUntilLow)
          ? Math.round(daysUntilLow * 100) / 100
          : undefined,
      }),
      toOrder: order,
      orderedDue: ordered?.due,
      orderedNote: ordered?.note,
      ...(at !== undefined && { location: at }),
      ...(at === undefined && areSeveral && { lowAt: product.lowAt }),
    })),
    { header: true, record_delimiter: '\r\n', cast: { string: guarded }, bom: true },
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = `low-${today}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
