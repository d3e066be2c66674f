import { Download } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { type Choosable, sortedBy, useView } from '../address/view';
import { useOrdered } from '../alert/use-ordered';
import { basePath } from '../api/base-path';
import { useLive } from '../page';
import { AvailableUnits } from '../ui/available-units';
import { Button, Field } from '../ui/controls';
import { day, daysLong, rate, units } from '../ui/format';
import { type Column, Grid } from '../ui/grid';
import { ProductName } from '../ui/product-name';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { MARKS, readNumber } from '../ui/typed-number';
import { lowCsv } from './low-csv';
import { type LowProduct, lowProducts } from './low-products';
import style from './low-screen.module.css';

const coverKeptAs = () => `inventory${basePath()}.coverDays`;
const COVER_DAYS = 14;
const COVER_DAYS_MAX = 365;

const COLUMNS: Column<LowProduct>[] = [
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
    cell: ({ product }) => daysLong(product.daysOfCover),
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
    cell: ({ daysUntilLow }) => (daysUntilLow === 0 ? 'now' : daysLong(daysUntilLow)),
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

/** Empty where the address says no days. */
const DAYS: Choosable<string> = {
  initial: '',
  read: (said) => (isCover(said) ? String(Number(said)) : undefined),
  write: (value) => value,
};

/** What the address says of how what is low is looked at. */
const VIEW = {
  days: DAYS,
  sort: sortedBy(
    COLUMNS.map(({ id }) => id),
    { id: 'due', desc: false },
  ),
};

/** What is low, or will be soon, and what to order. */
export default function LowScreen() {
  const { shop, fault, connection } = useLive();
  // What is no number of days stays in the input, and nowhere else.
  const [typed, setTyped] = useState<string>();
  const [{ days: chosen, sort: sorting }, setView] = useView(VIEW);
  const days = chosen || readCover() || String(COVER_DAYS);
  const cover = typed ?? days;
  // While what is typed is no number, it is as the address says.
  const coverDays = coverOf(cover) ?? coverOf(days) ?? COVER_DAYS;
  // The address says the days, always: who opens it may have chosen others.
  useEffect(() => {
    if (chosen === '') setView({ days }, { replace: true });
  }, [chosen, days, setView]);
  const { data: orders } = useOrdered();
  const rows = useMemo(
    () => lowProducts(shop?.products ?? [], coverDays, orders),
    [shop?.products, coverDays, orders],
  );
  const orderedCount = rows.filter((row) => row.ordered).length;
  const [ordered, setOrdered] = useState<readonly LowProduct[]>(rows);
  const lowNow = rows.filter(({ daysUntilLow }) => daysUntilLow === 0).length;
  return (
    <Screen
      title="Low"
      subtitle="At or below the reorder point, never counted though it has one, out, or about to be so. “Sold a day” is the average of the last 28 days."
      actions={
        <Button disabled={rows.length === 0} onClick={() => lowCsv(ordered, shop?.today ?? '')}>
          <Download size={16} aria-hidden /> Export CSV
        </Button>
      }
    >
      <div className={style.tools}>
        <Field
          label="Include what runs low in the next … days"
          inputMode="numeric"
          value={cover}
          fault={
            coverOf(cover) !== undefined
              ? undefined
              : `Enter whole days, ${COVER_DAYS_MAX} at most. Until then it is ${coverDays}.`
          }
          onChange={({ target }) => {
            const text = target.value.trim();
            const days = coverOf(text);
            setTyped(days === undefined ? text : undefined);
            if (days === undefined) return;
            keepCover(String(days));
            setView({ days: String(days) }, { replace: true });
          }}
          className={style.cover}
        />
        <p className="muted" role="status">
          {shop &&
            `${units(rows.length)} ${rows.length === 1 ? 'product' : 'products'}, ${units(lowNow)} of them low now${orderedCount > 0 ? `, ${units(orderedCount)} ordered` : ''}`}
          {shop && !orders && ' · what is ordered already is not known yet'}
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
          onSort={(sort) => setView({ sort })}
          onOrder={setOrdered}
          orderKey={`${coverDays} ${orders !== undefined}`}
          rowID={({ product }) => String(product.productID)}
          empty={
            <Empty title="Nothing is low">
              <p>
                Products are listed here once they are at or below their reorder point, were never
                counted though they have one, or will be low within {coverDays}{' '}
                {coverDays === 1 ? 'day' : 'days'}.
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

/** A number of days, in the address in plain digits. */
function isCover(said: string): boolean {
  return /^[0-9]{1,3}$/.test(said) && Number(said) <= COVER_DAYS_MAX;
}

/** What was chosen last in this browser; null for nothing. */
function readCover(): string | null {
  try {
    const kept = localStorage.getItem(coverKeptAs());
    return kept && isCover(kept) ? kept : null;
  } catch {
    return null;
  }
}

function keepCover(cover: string): void {
  try {
    localStorage.setItem(coverKeptAs(), cover);
  } catch {
    // It lasts as long as the page.
  }
}
