import { AvailableUnits } from '../ui/available-units';
import { day, days, rate, units } from '../ui/format';
import type { Column } from '../ui/grid-columns';
import { ProductName } from '../ui/product-name';
import type { LowProduct } from './low-products';
import style from './low-screen.module.css';

/** The columns of the products that are low. */
export const LOW_COLUMNS: Column<LowProduct>[] = [
  {
    id: 'name',
    title: 'Product',
    least: '9rem',
    share: 3,
    sortBy: ({ product }) => product.title,
    cell: ({ product }) => (
      <ProductName product={product} note={product.availableQuantity === null && 'never counted'} />
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
    cell: ({ daysUntilLow }) => (daysUntilLow === 0 ? 'now' : days(daysUntilLow)),
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
