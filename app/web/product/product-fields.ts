import type { CatalogueProduct } from '../../client/answers';
import { typedPrice } from '../ui/format';

/** The fields of the catalogue, as they are asked for. */
export const FIELDS = [
  { name: 'name', label: 'Name', inputMode: 'text' },
  { name: 'sku', label: 'SKU', inputMode: 'text' },
  { name: 'barcode', label: 'Barcode', inputMode: 'text' },
  { name: 'price', label: 'Price', inputMode: 'decimal' },
  { name: 'reorderPoint', label: 'Reorder at', inputMode: 'numeric' },
  { name: 'reorderQuantity', label: 'Reorder quantity', inputMode: 'numeric' },
  { name: 'image', label: 'Image URL', inputMode: 'url' },
] as const;

/** What stands in their inputs. */
export type Values = Record<(typeof FIELDS)[number]['name'], string>;

/** What the catalogue says of a product, as it stands in the inputs; nothing of a new one. */
export function valuesOf(product: CatalogueProduct | undefined): Values {
  return Object.fromEntries(
    FIELDS.map(({ name }) => [
      name,
      name === 'price' ? typedPrice(product?.price) : (product?.[name]?.toString() ?? ''),
    ]),
  ) as Values;
}
