import { freeOf, type Shop } from '../../client/shop';
import type { StockLine } from '../../wire/stock';
import { change, units } from '../ui/format';
import type { Column } from '../ui/grid-columns';
import { ProductName } from '../ui/product-name';

/** A product then, and now. */
export interface TimeLine {
  readonly productID: number;
  readonly title: string;
  readonly sku: string | null;
  readonly quantity: number;
  readonly difference: number;
}

/** The columns of the stock at a moment. */
export const TIME_COLUMNS: Column<TimeLine>[] = [
  {
    id: 'name',
    title: 'Product',
    least: '9rem',
    share: 3,
    sortBy: ({ title }) => title,
    cell: (line) => <ProductName product={line} />,
  },
  {
    id: 'then',
    title: 'Available then',
    least: '6.5rem',
    share: 1,
    align: 'end',
    largestFirst: true,
    sortBy: ({ quantity }) => quantity,
    cell: ({ quantity }) => <strong>{units(quantity)}</strong>,
  },
  {
    id: 'difference',
    title: 'Since then',
    least: '5rem',
    share: 1,
    align: 'end',
    largestFirst: true,
    sortBy: ({ difference }) => difference,
    cell: ({ difference }) =>
      difference === 0 ? <span className="muted">0</span> : change(difference),
  },
];

/** What was available of a product, and what has become of it. @param locationID where; 0 for all locations together */
export function lineOf(
  { productID, availableQuantity }: StockLine,
  shop: Shop | undefined,
  locationID: number,
): TimeLine {
  const product = shop?.byID.get(productID);
  const now =
    shop && locationID > 0 ? freeOf(shop, productID, locationID) : product?.availableQuantity;
  return {
    productID,
    title: product?.title ?? `Product ${productID}`,
    sku: product?.sku ?? null,
    quantity: availableQuantity,
    difference: (now ?? availableQuantity) - availableQuantity,
  };
}
