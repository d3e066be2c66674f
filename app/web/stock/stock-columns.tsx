import type { LocatedProduct } from '../location/located-product';
import { AvailableUnits } from '../ui/available-units';
import { ago, days, time, units } from '../ui/format';
import type { Column } from '../ui/grid-columns';
import { ProductName } from '../ui/product-name';
import { Sparkline } from '../ui/sparkline';
import style from './stock-screen.module.css';

/** The columns that the stock can be sorted by. */
export const STOCK_ORDERS = [
  'name',
  'available',
  'total',
  'reorderPoint',
  'cover',
  'units7',
  'units30',
  'changed',
] as const;

/**
 * @param shown what the numbers are of: all locations together, one of several, or the only one
 * @param waitingIDs products with a change that has no answer yet
 */
export function stockColumns(
  now: number,
  shown: 'all' | 'one' | 'only',
  waitingIDs: ReadonlySet<number | undefined>,
): Column<LocatedProduct>[] {
  const columns: (Column<LocatedProduct> | false)[] = [
    {
      id: 'name',
      title: 'Product',
      least: '9rem',
      share: 3,
      sortBy: ({ title }) => title,
      cell: (product) => (
        <>
          <ProductName
            product={product}
            note={product.retired ? 'retired' : product.lowAt}
            tabIndex={-1}
          />
          {shown === 'all' && <span className={style.whereBelow}>{product.where}</span>}
        </>
      ),
    },
    {
      id: 'available',
      title: shown === 'one' ? 'Here' : 'Available',
      least: '6.5rem',
      share: 1,
      align: 'end',
      sortBy: ({ availableQuantity }) => availableQuantity,
      cell: (product) => (
        <AvailableUnits product={product} note={waitingIDs.has(product.productID) && 'sending'} />
      ),
    },
    shown === 'one' && {
      id: 'total',
      title: 'In all',
      least: '5rem',
      share: 0.8,
      align: 'end',
      sortBy: ({ total }) => total ?? null,
      cell: ({ total }) => units(total ?? null),
    },
    shown === 'all' && {
      id: 'where',
      title: 'Where',
      least: '9rem',
      share: 1.5,
      from: 'tablet',
      cell: ({ where }) => <span className={style.where}>{where}</span>,
    },
    {
      id: 'reorderPoint',
      title: 'Reorder at',
      least: '5.5rem',
      share: 0.8,
      align: 'end',
      from: 'desktop',
      sortBy: ({ reorderPoint }) => reorderPoint,
      cell: ({ reorderPoint }) => units(reorderPoint),
    },
    {
      id: 'cover',
      title: 'Lasts',
      least: '6.5rem',
      share: 0.9,
      align: 'end',
      from: 'tablet',
      sortBy: ({ daysOfCover }) => daysOfCover,
      cell: ({ daysOfCover }) => days(daysOfCover),
    },
    {
      id: 'units7',
      title: 'Sold 7 d',
      least: '5rem',
      share: 0.8,
      align: 'end',
      from: 'tablet',
      largestFirst: true,
      sortBy: ({ units7 }) => units7,
      cell: ({ units7 }) => units(units7),
    },
    {
      id: 'units30',
      title: 'Sold 30 d',
      least: '5.5rem',
      share: 0.8,
      align: 'end',
      from: 'tablet',
      largestFirst: true,
      sortBy: ({ units30 }) => units30,
      cell: ({ units30 }) => units(units30),
    },
    {
      id: 'trend',
      title: '30 days',
      least: '7rem',
      share: 0,
      from: 'desktop',
      cell: ({ unitsSold }) => <Sparkline values={unitsSold} />,
    },
    {
      id: 'changed',
      title: 'Last change',
      least: '6.5rem',
      share: 0.9,
      align: 'end',
      from: 'desktop',
      largestFirst: true,
      sortBy: ({ record }) => record,
      cell: ({ recordedAt }) =>
        recordedAt === null ? (
          <span className="muted">never</span>
        ) : (
          <time dateTime={recordedAt} title={time(recordedAt)} className="muted">
            {ago(recordedAt, now)}
          </time>
        ),
    },
  ];
  return columns.filter((column) => column !== false);
}
