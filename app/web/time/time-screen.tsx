import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import type { RecordAnswer } from '../../wire/records';
import type { StockLine } from '../../wire/stock';
import { number, sortedBy, useView } from '../address/view';
import { ask, service } from '../api/ask';
import { LocationSelect } from '../location/location-select';
import { useShopLocations } from '../location/use-shop-locations';
import { LEDGER, useLive } from '../page';
import { Field } from '../ui/controls';
import { shownCalendar, time } from '../ui/format';
import { Grid } from '../ui/grid';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { localText, MINUTE_MS, momentOf } from './moment';
import { lineOf, TIME_COLUMNS } from './time-lines';
import style from './time-screen.module.css';

/** What the address says of how a moment is looked at. */
const VIEW = {
  at: momentOf(),
  location: number,
  sort: sortedBy(
    TIME_COLUMNS.map(({ id }) => id),
    { id: 'name', desc: false },
  ),
};

/** The address changes only after the slider rests: browsers limit how often it may change. */
const SETTLED_MS = 300;

/** What was in stock at any moment. */
export default function TimeScreen() {
  const { shop } = useLive();
  const sliderID = useId();
  const first = useQuery({
    queryKey: [...LEDGER, 'first-record'],
    queryFn: async () => (await ask<RecordAnswer[]>('/records?limit=1')).body[0] ?? null,
  });
  const [opened] = useState(Date.now);
  const [{ at, location, sort: sorting }, setView] = useView(VIEW);
  const { areSeveral, open } = useShopLocations();
  const isKnown = open.some(({ locationID }) => locationID === location);
  const locationID = areSeveral && isKnown ? location : 0;
  // Where the slider is, before the address says so.
  const [dragged, setDragged] = useState<number>();
  const moment = Math.min(dragged ?? at ?? opened, opened);
  useEffect(() => {
    if (dragged === undefined) return;
    const timer = setTimeout(() => {
      setView({ at: dragged >= opened ? undefined : dragged }, { replace: true });
      setDragged(undefined);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [dragged, opened, setView]);
  // While it is typed it passes through moments that nobody means.
  const [typed, setTyped] = useState<string>();
  const asked = useDeferredValue(moment);
  const where = locationID > 0 ? `&locationID=${locationID}` : '';
  const past = useQuery({
    queryKey: ['as-of', asked, locationID],
    queryFn: async ({ signal }) => {
      const asOf = new Date(asked).toISOString();
      const { body, etag } = await ask<StockLine[]>(`/inventory?asOf=${asOf}${where}`, { signal });
      return { lines: body, record: Number.parseInt(etag?.slice(1) ?? '', 10) };
    },
    placeholderData: (before) => before,
  });
  const rows = useMemo(
    () => past.data?.lines.map((line) => lineOf(line, shop, locationID)) ?? [],
    [past.data, shop, locationID],
  );
  const begin = first.data
    ? Math.floor(Date.parse(first.data.recordedAt) / MINUTE_MS) * MINUTE_MS
    : opened;
  const isWithin = (text: string) =>
    text !== '' && (!first.data || text >= localText(begin)) && text <= localText(opened);

  if (first.data === null) {
    return (
      <Screen title="Time">
        <Empty title="Nothing has been recorded yet">
          <p>Once there are records, you can look at the stock of any moment here.</p>
        </Empty>
      </Screen>
    );
  }
  return (
    <Screen
      title="Time"
      subtitle={
        past.data
          ? `As of ${time(asked)}, record ${past.data.record}`
          : 'The stock as of any moment'
      }
      actions={
        <a href={service.urlOf(`/inventory.csv?asOf=${new Date(asked).toISOString()}${where}`)}>
          Export CSV
        </a>
      }
    >
      <div className={style.tools}>
        <div className={style.slider}>
          <label htmlFor={sliderID}>Moment</label>
          <input
            id={sliderID}
            type="range"
            min={begin}
            max={opened}
            step={MINUTE_MS}
            value={moment}
            aria-valuetext={time(moment)}
            onChange={({ target }) => setDragged(Number(target.value))}
          />
        </div>
        <Field
          label="Date and time"
          type="datetime-local"
          value={typed ?? localText(moment)}
          min={localText(begin)}
          max={localText(opened)}
          fault={
            typed === undefined || isWithin(typed)
              ? undefined
              : `Choose a moment from ${time(begin)} to now.`
          }
          onChange={({ target }) => {
            setTyped(target.value);
            if (isWithin(target.value)) setDragged(shownCalendar().momentOf(target.value));
          }}
          onBlur={() => setTyped(undefined)}
        />
      </div>
      {areSeveral && (
        <LocationSelect
          label="Stock of"
          value={locationID === 0 ? undefined : locationID}
          options={open}
          none="All locations"
          onChange={(chosen = 0) => setView({ location: chosen })}
          className={style.location}
        />
      )}
      {past.error && !past.data && <Fault error={past.error} retry={past.refetch} />}
      {!past.error && !past.data && <Loading label="Loading the stock of that moment" />}
      {past.data && (
        <Grid
          label={`Stock as of ${time(asked)}`}
          rows={rows}
          columns={TIME_COLUMNS}
          sorting={sorting}
          onSort={(sort) => setView({ sort })}
          rowID={({ productID }) => String(productID)}
          empty={<Empty title="Nothing was recorded by then" />}
        />
      )}
    </Screen>
  );
}
