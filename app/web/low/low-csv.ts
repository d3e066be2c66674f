import { stringify } from 'csv-stringify/browser/esm/sync';
import { guarded } from '../../wire/csv-guard';
import type { LowProduct } from './low-products';

/** Saves what is low as a file, with the columns of the screen, in the order of `rows`. */
export function lowCsv(rows: readonly LowProduct[], today: string): void {
  const text = stringify(
    rows.map(({ product, daysUntilLow, ordered, order }) => ({
      productID: product.productID,
      name: product.name,
      sku: product.sku,
      barcode: product.barcode,
      availableQuantity: product.availableQuantity,
      reorderPoint: product.reorderPoint,
      unitsPerDay: product.unitsPerDay,
      daysOfCover: product.daysOfCover,
      // As its neighbours: two decimals.
      daysUntilLow: Math.round(daysUntilLow * 100) / 100,
      toOrder: order,
      orderedDue: ordered?.due,
      orderedNote: ordered?.note,
    })),
    { header: true, record_delimiter: '\r\n', cast: { string: guarded }, bom: true },
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = `low-${today}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
