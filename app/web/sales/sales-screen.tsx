import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { DaySales, Seller } from '../../client/answers';
import { addDays, dayOf, startOfDay } from '../../ledger/day';
import { day, oneOf, useView } from '../address/view';
import { ask } from '../api/ask';
import { LEDGER, useLive } from '../page';
import { Card } from '../ui/card';
import { Chart } from '../ui/chart';
import { Choice, Field } from '../ui/controls';
import { NOTHING, day as shownDay, sum, units } from '../ui/format';
import { daysOf, lastDays, type Period } from '../ui/period';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';
import style from './sales-screen.module.css';

const SPANS = ['30', '1', '7', '90', 'chosen'] as const;
type Span = (typeof SPANS)[number];
type By = 'unitsSold' | 'revenue';

/** What the address says of how sales are looked at. */
const VIEW = {
  days: oneOf(SPANS),
  from: day,
  to: day,
  by: oneOf(['unitsSold', 'revenue']),
};

/** Days that are chosen at first where somebody chooses their own. */
const CHOSEN_DAYS = 14;

/** Top sellers that are listed. */
const SELLERS = 50;

/** Days that are shown one by one at most. */
const DAYS_MAX = 3_660;

/** What sells: by product and day by day. */
export default function SalesScreen() {
  const { shop } = useLive();
  const today = shop?.today ?? dayOf(Date.now());
  const [{ days: span, from, to, by }, setView] = useView(VIEW);
  const period = useMemo(
    () => (span === 'chosen' ? { from, to } : lastDays(today, Number(span))),
    [span, from, to, today],
  );
  const choose = (days: Span) =>
    setView({ days, ...(days === 'chosen' ? lastDays(today, CHOSEN_DAYS) : { from: '', to: '' }) });
  const fault = periodFault(period);

  return (
    <Screen
      title="Sales"
      subtitle="A day begins at midnight UTC. What is returned is taken off on the day of its return."
    >
      <div className={style.tools}>
        <Choice
          label="Days"
          value={span}
          options={[
            { value: '1', text: 'Today' },
            { value: '7', text: '7 days' },
            { value: '30', text: '30 days' },
            { value: '90', text: '90 days' },
            { value: 'chosen', text: 'From … to' },
          ]}
          onChange={choose}
        />
        <Choice
          label="Ranked by"
          value={by}
          options={[
            { value: 'unitsSold', text: 'Units' },
            { value: 'revenue', text: 'Revenue' },
          ]}
          onChange={(value) => setView({ by: value })}
        />
        {span === 'chosen' && (
          <div className={style.period}>
            <Field
              label="From"
              type="date"
              value={from}
              max={today}
              onChange={({ target }) => setView({ from: target.value }, { replace: true })}
            />
            <Field
              label="To"
              type="date"
              value={to}
              max={today}
              fault={fault}
              onChange={({ target }) => setView({ to: target.value }, { replace: true })}
            />
          </div>
        )}
      </div>
      {!fault && <Days period={period} by={by} />}
      {!fault && <Sellers period={period} by={by} />}
    </Screen>
  );
}

/** What is wrong with days as they were chosen; undefined where nothing is. */
function periodFault({ from, to }: Period): string | undefined {
  if (from === '' || to === '' || from > to) return 'Choose a day that is not before the first.';
  // A year that is still being typed is 0002 at first: nobody wants a bar for each day since then.
  if (addDays(to, 1 - DAYS_MAX) > from) return 'Choose ten years at most.';
  return undefined;
}

function useSales<T>(parameters: Record<string, string>) {
  const query = new URLSearchParams(parameters).toString();
  return useQuery({
    queryKey: [...LEDGER, 'sales', query],
    queryFn: async () => (await ask<T[]>(`/sales?${query}`)).body,
    placeholderData: (before: T[] | undefined) => before,
  });
}

function Days({ period, by }: { period: Period; by: By }) {
  const { data, error, refetch } = useSales<DaySales>({ groupBy: 'day', ...period });
  const days = useMemo(() => daysOf(period), [period]);
  const sold = useMemo(() => new Map(data?.map((row) => [row.day, row])), [data]);
  const times = useMemo(() => days.map((one) => startOfDay(one) / 1_000), [days]);
  const values = useMemo(() => days.map((one) => sold.get(one)?.[by] ?? 0), [days, sold, by]);
  const total = (field: By) => data?.reduce((all, row) => all + (row[field] ?? 0), 0);
  return (
    <Card title={`${shownDay(period.from)} to ${shownDay(period.to)}`}>
      <dl className={style.totals}>
        <div>
          <dt>Units sold</dt>
          <dd>{units(total('unitsSold'))}</dd>
        </div>
        <div>
          <dt>Revenue</dt>
          <dd>{sum(total('revenue'))}</dd>
        </div>
      </dl>
      {error && !data && <Fault error={error} retry={refetch} />}
      {!error && !data && <Loading label="Loading the days" lines={5} />}
      {data && days.length > 1 && (
        <Chart
          kind="bars"
          label={`${by === 'revenue' ? 'Revenue' : 'Units sold'} on each of ${days.length} days`}
          times={times}
          values={values}
          unit={by === 'revenue' ? 'Revenue' : 'Units sold'}
          isDaily
          format={by === 'revenue' ? sum : units}
        />
      )}
    </Card>
  );
}

function Sellers({ period, by }: { period: Period; by: By }) {
  const { shop } = useLive();
  const { data, error, refetch } = useSales<Seller>({ limit: String(SELLERS), by, ...period });
  const most = Math.max(1, ...(data ?? []).map((seller) => seller[by] ?? 0));
  return (
    <Card title="Top sellers">
      {error && !data && <Fault error={error} retry={refetch} />}
      {!error && !data && <Loading label="Loading the top sellers" />}
      {data?.length === 0 && (
        <Empty title="Nothing was sold in these days">
          <p>Choose other days, or record a sale on the stock screen.</p>
        </Empty>
      )}
      {data && data.length > 0 && (
        <TableFrame label="Products that sold most">
          <table className={`${table.table} ${style.sellers}`}>
            <thead>
              <tr>
                <th className={table.number}>#</th>
                <th>Product</th>
                <th className={style.barColumn}>{by === 'revenue' ? 'Revenue' : 'Units'}</th>
                <th className={table.number}>Units sold</th>
                <th className={table.number}>Revenue</th>
              </tr>
            </thead>
            <tbody>
              {data.map((seller, place) => (
                <tr key={seller.productID}>
                  <td className={`${table.number} ${style.place} muted`}>{place + 1}</td>
                  <td className={style.name}>
                    <Link href={`/products/${seller.productID}`} className={style.product ?? ''}>
                      {shop?.byID.get(seller.productID)?.title ?? `Product ${seller.productID}`}
                    </Link>
                  </td>
                  <td aria-hidden="true" className={style.barCell}>
                    <span
                      className={style.bar}
                      style={{ width: `${(Math.max(0, seller[by] ?? 0) / most) * 100}%` }}
                    />
                  </td>
                  <td className={table.number} data-label="Units sold">
                    {units(seller.unitsSold)}
                  </td>
                  <td className={table.number} data-label="Revenue">
                    {seller.revenue === undefined ? NOTHING : sum(seller.revenue)}
                    {seller.unitsPriced !== undefined && (
                      <span className="muted small"> for {units(seller.unitsPriced)}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Card>
  );
}
