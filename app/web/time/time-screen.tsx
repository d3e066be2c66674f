import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import type { LedgerRecord, StockLine } from '../../client/answers';
import type { Product } from '../../client/shop';
import { type Choosable, sortedBy, useView } from '../address/view';
import { ask } from '../api/ask';
import { atBase } from '../api/base-path';
import { LEDGER, useLive } from '../page';
import { Field } from '../ui/controls';
import { change, time, units } from '../ui/format';
import { type Column, Grid } from '../ui/grid';
import { ProductName } from '../ui/product-name';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import style from './time-screen.module.css';

/** A product then, and now. */
interface Line {
  readonly productID: number;
  readonly title: string;
  readonly sku: string | null;
  readonly quantity: number;
  readonly difference: number;
}

const MINUTE_MS = 60_000;

const COLUMNS: Column<Line>[] = [
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

/** What the address says of how a moment is looked at. */
const VIEW = {
  at: momentOf(),
  sort: sortedBy(
    COLUMNS.map(({ id }) => id),
    { id: 'name', desc: false },
  ),
};

/** While somebody drags the slider, the address is not written: browsers take only so many changes of it. */
const SETTLED_MS = 300;

/** What was in stock at any moment. */
export default function TimeScreen() {
  const { shop } = useLive();
  const sliderID = useId();
  const first = useQuery({
    queryKey: [...LEDGER, 'first-record'],
    queryFn: async () => (await ask<LedgerRecord[]>('/records?limit=1')).body[0] ?? null,
  });
  const [opened] = useState(Date.now);
  const [{ at, sort: sorting }, setView] = useView(VIEW);
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
  const past = useQuery({
    queryKey: ['as-of', asked],
    queryFn: async ({ signal }) => {
      const asOf = new Date(asked).toISOString();
      const { body, etag } = await ask<StockLine[]>(`/inventory?asOf=${asOf}`, { signal });
      return { lines: body, record: Number.parseInt(etag?.slice(1) ?? '', 10) };
    },
    placeholderData: (before) => before,
  });
  const rows = useMemo(
    () => past.data?.lines.map((line) => lineOf(line, shop?.byID)) ?? [],
    [past.data, shop?.byID],
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
          <p>Once there are records, the stock of any moment can be looked at here.</p>
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
        <a href={atBase(`/inventory.csv?asOf=${new Date(asked).toISOString()}`)}>Export CSV</a>
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
            if (isWithin(target.value)) setDragged(Date.parse(target.value));
          }}
          onBlur={() => setTyped(undefined)}
        />
      </div>
      {past.error && !past.data && <Fault error={past.error} retry={past.refetch} />}
      {!past.error && !past.data && <Loading label="Loading the stock of that moment" />}
      {past.data && (
        <Grid
          label={`Stock as of ${time(asked)}`}
          rows={rows}
          columns={COLUMNS}
          sorting={sorting}
          onSort={(sort) => setView({ sort })}
          rowID={({ productID }) => String(productID)}
          empty={<Empty title="Nothing had been recorded by then" />}
        />
      )}
    </Screen>
  );
}

/** A moment such as 2026-11-23T16:30:00Z; undefined for now. */
function momentOf(): Choosable<number | undefined> {
  return {
    initial: undefined,
    read: (said) => {
      const time = /^\d{4}-\d\d-\d\dT/.test(said) ? Date.parse(said) : Number.NaN;
      return Number.isFinite(time) ? time : undefined;
    },
    write: (value) => (value === undefined ? '' : new Date(value).toISOString()),
  };
}

function lineOf(
  { productID, availableQuantity }: StockLine,
  byID: ReadonlyMap<number, Product> | undefined,
): Line {
  const product = byID?.get(productID);
  return {
    productID,
    title: product?.title ?? `Product ${productID}`,
    sku: product?.sku ?? null,
    quantity: availableQuantity,
    difference: (product?.availableQuantity ?? availableQuantity) - availableQuantity,
  };
}

/** A moment as an input of the type datetime-local has it: in this machine's time zone, to the minute. */
function localText(moment: number): string {
  const offsetMs = new Date(moment).getTimezoneOffset() * MINUTE_MS;
  return new Date(moment - offsetMs).toISOString().slice(0, 16);
}
