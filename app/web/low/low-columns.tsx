import { AvailableUnits } from '../ui/available-units';
import { day, days, rate, units } from '../ui/format';
import type { Column } from '../ui/grid-columns';
import { ProductName } from '../ui/product-name';
import type { LowProduct } from './low-products';
import style from './low-screen.module.css';

/** Null for one that is low at a location only, and sells nothing. */
function daysOrNull(daysUntilLow: number): number | null {
  return Number.isFinite(daysUntilLow) ? daysUntilLow : null;
}

/** The columns of the products that are low. */
export const LOW_COLUMNS: Column<LowProduct>[] = [
  {
    id: 'name',
    title: 'Product',
    least: '9rem',
    share: 3,
    sortBy: ({ product }) => product.title,
    cell: ({ product }) => (
      <ProductName
        product={product}
        note={[product.availableQuantity === null && 'never counted', product.lowAt]
          .filter(Boolean)
          .join(' · ')}
      />
    ),
  },
  {
    id: 'available',
    title: 'Available',
    least: '6.7rem',
    share: 1,
    align: 'end',
    sortBy: ({ product }) => product.availableQuantity,
    cell: ({ product }) => <AvailableUnits product={product} />,
  },
  {
    id: 'reorderPoint',
    title: 'Reorder at',
    least: '5.5rem',
    share: 0.8,
    align: 'end',
    from: 'tablet',
    sortBy: ({ product }) => product.reorderPoint,
    cell: ({ product }) => units(product.reorderPoint),
  },
  {
    id: 'perDay',
    title: 'Sold a day',
    least: '5.5rem',
    share: 0.8,
    align: 'end',
    from: 'tablet',
    largestFirst: true,
    sortBy: ({ product }) => product.unitsPerDay,
    cell: ({ product }) => rate(product.unitsPerDay),
  },
  {
    id: 'cover',
    title: 'Lasts',
    least: '6rem',
    share: 0.8,
    align: 'end',
    from: 'desktop',
    sortBy: ({ product }) => product.daysOfCover,
    cell: ({ product }) => days(product.daysOfCover),
  },
  {
    id: 'due',
    title: 'Low in',
    least: '5rem',
    share: 0.8,
    align: 'end',
    from: 'tablet',
    // What is ordered comes last, since nothing is left to do about it.
    sortBy: ({ ordered, daysUntilLow }) => (ordered ? null : daysUntilLow),
    cell: ({ daysUntilLow }) => (daysUntilLow === 0 ? 'now' : days(daysOrNull(daysUntilLow))),
  },
  {
    id: 'order',
    title: 'To order',
    least: '5rem',
    share: 0.8,
    align: 'end',
    largestFirst: true,
    sortBy: ({ ordered, order }) => (ordered ? null : order),
    cell: ({ ordered, order }) =>
      ordered ? (
        <span className={style.ordered}>
          <strong>Ordered,</strong> <span>due {day(ordered.due)}</span>
        </span>
      ) : (
        <strong>{units(order)}</strong>
      ),
  },
];

/** Columns about sales, of which the page knows only those of all locations together. */
const OF_ALL = ['perDay', 'cover', 'due'];

/** The columns of the products that are low at one location. */
export const LOW_THERE_COLUMNS: Column<LowProduct>[] = LOW_COLUMNS.filter(
  ({ id }) => !OF_ALL.includes(id),
).map((column) => {
  if (column.id === 'available') return { ...column, title: 'Here' };
  return column.id === 'order' ? { ...column, title: 'To bring' } : column;
});
