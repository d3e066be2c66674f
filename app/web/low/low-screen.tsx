import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useLive } from '../page';
import { StockMark } from '../stock/stock-columns';
import stock from '../stock/stock-screen.module.css';
import { Button, Field } from '../ui/controls';
import { days, rate, units } from '../ui/format';
import { type Column, Grid } from '../ui/grid';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { MARKS, readNumber } from '../ui/typed-number';
import { lowCsv } from './low-csv';
import { type LowProduct, lowProducts } from './low-products';
import style from './low-screen.module.css';

const COVER_KEPT_AS = 'inventory.coverDays';
const COVER_DAYS = 14;
const COVER_DAYS_MAX = 365;

const COLUMNS: Column<LowProduct>[] = [
  {
    id: 'name',
    title: 'Product',
    width: 'minmax(0, 3fr)',
    sortBy: ({ product }) => product.title,
    cell: ({ product }) => (
      <div className={stock.product}>
        <Link href={`/products/${product.productID}`}>{product.title}</Link>
        <span className={stock.code}>{product.sku ?? `#${product.productID}`}</span>
      </div>
    ),
  },
  {
    id: 'available',
    title: 'Available',
    width: 'minmax(6rem, 1fr)',
    align: 'end',
    sortBy: ({ product }) => product.availableQuantity,
    cell: ({ product }) => (
      <span className={stock.available}>
        <StockMark product={product} />
        <strong>{units(product.availableQuantity)}</strong>
      </span>
    ),
  },
  {
    id: 'reorderPoint',
    title: 'Reorder at',
    width: 'minmax(5.5rem, 0.8fr)',
    align: 'end',
    from: 'tablet',
    sortBy: ({ product }) => product.reorderPoint,
    cell: ({ product }) => units(product.reorderPoint),
  },
  {
    id: 'perDay',
    title: 'Sold a day',
    width: 'minmax(5.5rem, 0.8fr)',
    align: 'end',
    from: 'tablet',
    largestFirst: true,
    sortBy: ({ product }) => product.unitsPerDay,
    cell: ({ product }) => rate(product.unitsPerDay),
  },
  {
    id: 'cover',
    title: 'Days of cover',
    width: 'minmax(6rem, 0.8fr)',
    align: 'end',
    from: 'desktop',
    sortBy: ({ product }) => product.daysOfCover,
    cell: ({ product }) => days(product.daysOfCover),
  },
  {
    id: 'due',
    title: 'Low in',
    width: 'minmax(5rem, 0.8fr)',
    align: 'end',
    from: 'tablet',
    sortBy: ({ daysUntilLow }) => daysUntilLow,
    cell: ({ daysUntilLow }) => (daysUntilLow === 0 ? 'now' : `${days(daysUntilLow)} d`),
  },
  {
    id: 'order',
    title: 'To order',
    width: 'minmax(5rem, 0.8fr)',
    align: 'end',
    largestFirst: true,
    sortBy: ({ order }) => order,
    cell: ({ order }) => <strong>{units(order)}</strong>,
  },
];

/** What is low, or will be soon, and what to order. */
export default function LowScreen() {
  const { shop, fault, connection } = useLive();
  const [cover, setCover] = useState(readCover);
  const [sorting, setSorting] = useState([{ id: 'due', desc: false }]);
  const coverDays = coverOf(cover) ?? COVER_DAYS;
  const rows = useMemo(
    () => lowProducts(shop?.products ?? [], coverDays),
    [shop?.products, coverDays],
  );
  const lowNow = rows.filter(({ daysUntilLow }) => daysUntilLow === 0).length;
  return (
    <Screen
      title="Low"
      subtitle="At or below the reorder point, out, or about to be so. “Sold a day” is the mean of 28 days."
      actions={
        <Button disabled={rows.length === 0} onClick={() => lowCsv(rows, shop?.today ?? '')}>
          <Download size={16} aria-hidden /> Export CSV
        </Button>
      }
    >
      <div className={style.tools}>
        <Field
          label="Will be low within days"
          inputMode="numeric"
          value={cover}
          fault={
            coverOf(cover) !== undefined
              ? undefined
              : `Choose whole days up to ${COVER_DAYS_MAX}; it is ${COVER_DAYS} for now.`
          }
          onChange={({ target }) => {
            const typed = target.value.trim();
            setCover(typed);
            const days = coverOf(typed);
            if (days !== undefined) keepCover(String(days));
          }}
          className={style.cover}
        />
        <p className="muted" role="status">
          {shop &&
            `${units(rows.length)} ${rows.length === 1 ? 'product' : 'products'}, ${units(lowNow)} of them low now`}
        </p>
      </div>
      {!shop && connection === 'lost' && <Fault error={fault} />}
      {!shop && connection !== 'lost' && <Loading label="Loading what is low" />}
      {shop && (
        <Grid
          label="Low products"
          rows={rows}
          columns={COLUMNS}
          sorting={sorting}
          onSort={setSorting}
          orderKey={String(coverDays)}
          rowID={({ product }) => String(product.productID)}
          empty={
            <Empty title="Nothing is low">
              <p>
                Products are listed here once they are at or below their reorder point, or will be
                within {coverDays} {coverDays === 1 ? 'day' : 'days'}.
              </p>
            </Empty>
          }
        />
      )}
    </Screen>
  );
}

/** The days that were typed; undefined where these are none. */
function coverOf(typed: string): number | undefined {
  const days = Number(readNumber(typed, MARKS).plain ?? Number.NaN);
  return Number.isInteger(days) && days <= COVER_DAYS_MAX ? days : undefined;
}

function readCover(): string {
  try {
    return localStorage.getItem(COVER_KEPT_AS) ?? String(COVER_DAYS);
  } catch {
    return String(COVER_DAYS);
  }
}

function keepCover(cover: string): void {
  try {
    localStorage.setItem(COVER_KEPT_AS, cover);
  } catch {
    // It lasts as long as the page.
  }
}
