import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { number, sortedBy, useView } from '../address/view';
import { useOrdered } from '../alert/use-ordered';
import { LocationSelect } from '../location/location-select';
import { useLocatedProducts } from '../location/use-located-products';
import { useShopLocations } from '../location/use-shop-locations';
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
import { LOW_COLUMNS, LOW_THERE_COLUMNS } from './low-columns';
import { lowCsv } from './low-csv';
import { type LowProduct, lowProducts, lowThere } from './low-products';
import style from './low-screen.module.css';

/** What the address says of how what is low is looked at. */
const VIEW = {
  days: CHOSEN_DAYS,
  location: number,
  sort: sortedBy(
    LOW_COLUMNS.map(({ id }) => id),
    { id: 'due', desc: false },
  ),
};

/** What is low, or will be soon, and what to order; or what is low at one location, and what to bring there. */
export default function LowScreen() {
  const { shop, fault, connection } = useLive();
  // Text that is no number of days stays in the input only.
  const [typed, setTyped] = useState<string>();
  const [{ days: chosen, location: at, sort: sorting }, setView] = useView(VIEW);
  const locations = useShopLocations();
  const { areSeveral, open, nameOf } = locations;
  // A link may name a location that is retired, or none.
  const isKnown = open.some(({ locationID }) => locationID === at);
  const locationID = areSeveral && isKnown ? at : 0;
  const place = locationID > 0 ? nameOf(locationID) : undefined;
  const days = chosen || readCover() || String(COVER_DAYS);
  const cover = typed ?? days;
  // While what is typed is no number, it is as the address says.
  const coverDays = coverOf(cover) ?? coverOf(days) ?? COVER_DAYS;
  // The address says the days, always: who opens it may have chosen others.
  useEffect(() => {
    if (chosen === '' && locationID === 0) setView({ days }, { replace: true });
  }, [chosen, days, locationID, setView]);
  const { data: orders } = useOrdered(locationID);
  const products = useLocatedProducts(shop, locations, locationID);
  const rows = useMemo(
    () =>
      locationID > 0
        ? lowThere(products ?? [], orders)
        : lowProducts(products ?? [], coverDays, orders),
    [products, locationID, coverDays, orders],
  );
  const orderedCount = rows.filter((row) => row.ordered).length;
  const placedCount = rows.filter(({ product }) => product.lowAt).length;
  const grid = useRef<GridHandle<LowProduct>>(null);
  const lowNow = rows.filter(({ daysUntilLow }) => daysUntilLow === 0).length;
  return (
    <Screen
      title="Low"
      subtitle={
        place === undefined
          ? 'Products that are out, at or below their reorder point, or soon will be; and products with a reorder point that were never counted. “Sold a day” is the average of the last 28 days.'
          : `Products that are at or below their reorder point at ${place}.`
      }
      actions={
        <Button
          disabled={rows.length === 0}
          onClick={() =>
            lowCsv(grid.current?.rowsAsShown() ?? rows, shop?.today ?? '', {
              at: place,
              areSeveral,
            })
          }
        >
          <Download size={16} aria-hidden /> Export CSV
        </Button>
      }
    >
      <div className={style.tools}>
        {place === undefined && (
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
        )}
        {areSeveral && (
          <LocationSelect
            label="Low at"
            value={locationID === 0 ? undefined : locationID}
            options={open}
            none="All locations"
            onChange={(chosen = 0) => setView({ location: chosen })}
          />
        )}
        <p className="muted" role="status">
          {shop &&
            `${units(rows.length)} ${rows.length === 1 ? 'product' : 'products'}${place === undefined ? `, ${units(lowNow)} of them low now` : ` low at ${place}`}${placedCount > 0 ? `, ${units(placedCount)} low at a location` : ''}${orderedCount > 0 ? `, ${units(orderedCount)} ordered` : ''}`}
          {shop && !orders && ' · what is already ordered is not known yet'}
        </p>
      </div>
      {!shop && connection === 'lost' && <Fault error={fault} />}
      {!shop && connection !== 'lost' && <Loading label="Loading what is low" />}
      {shop && (
        <Grid
          label="Low products"
          rows={rows}
          columns={place === undefined ? LOW_COLUMNS : LOW_THERE_COLUMNS}
          sorting={sorting}
          onSort={(sort) => setView({ sort })}
          ref={grid}
          orderKey={`${locationID} ${coverDays} ${orders !== undefined}`}
          rowID={({ product }) => String(product.productID)}
          empty={
            <Empty title="Nothing is low">
              <p>
                {place === undefined
                  ? `Products are listed here once they are at or below their reorder point, were never counted though they have one, or will be low within ${coverDays} ${coverDays === 1 ? 'day' : 'days'}.`
                  : `Products are listed here once they are at or below their reorder point at ${place}. The screen of a product sets it.`}
              </p>
            </Empty>
          }
        />
      )}
    </Screen>
  );
}
