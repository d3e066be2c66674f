import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { sortedBy, useView } from '../address/view';
import { useOrdered } from '../alert/use-ordered';
import { useLive } from '../page';
import { Button, Field } from '../ui/controls';
import { units } from '../ui/format';
import { Grid, type GridHandle } from '../ui/grid';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import {
  CHOSEN_DAYS,
  COVER_DAYS,
  COVER_DAYS_MAX,
  coverOf,
  keepCover,
  readCover,
} from './cover-days';
import { LOW_COLUMNS } from './low-columns';
import { lowCsv } from './low-csv';
import { type LowProduct, lowProducts } from './low-products';
import style from './low-screen.module.css';

/** What the address says of how what is low is looked at. */
const VIEW = {
  days: CHOSEN_DAYS,
  sort: sortedBy(
    LOW_COLUMNS.map(({ id }) => id),
    { id: 'due', desc: false },
  ),
};

/** What is low, or will be soon, and what to order. */
export default function LowScreen() {
  const { shop, fault, connection } = useLive();
  // Text that is no number of days stays in the input only.
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
  const grid = useRef<GridHandle<LowProduct>>(null);
  const lowNow = rows.filter(({ daysUntilLow }) => daysUntilLow === 0).length;
  return (
    <Screen
      title="Low"
      subtitle="Products that are out, at or below their reorder point, or soon will be; and products with a reorder point that were never counted. “Sold a day” is the average of the last 28 days."
      actions={
        <Button
          disabled={rows.length === 0}
          onClick={() => lowCsv(grid.current?.rowsAsShown() ?? rows, shop?.today ?? '')}
        >
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
              : `Type a whole number of days, ${COVER_DAYS_MAX} at most. Until then it is ${coverDays}.`
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
          {shop && !orders && ' · what is already ordered is not known yet'}
        </p>
      </div>
      {!shop && connection === 'lost' && <Fault error={fault} />}
      {!shop && connection !== 'lost' && <Loading label="Loading what is low" />}
      {shop && (
        <Grid
          label="Low products"
          rows={rows}
          columns={LOW_COLUMNS}
          sorting={sorting}
          onSort={(sort) => setView({ sort })}
          ref={grid}
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
