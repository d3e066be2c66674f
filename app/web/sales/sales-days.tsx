import { useMemo } from 'react';
import { utcMidnight } from '../../ledger/day';
import type { DayAnswer } from '../../wire/sales';
import { Card } from '../ui/card';
import { Chart } from '../ui/chart';
import { day, sum, units } from '../ui/format';
import { Fault, Loading } from '../ui/states';
import { daysOf, type Period } from './period';
import style from './sales-screen.module.css';
import { type By, useSales } from './use-sales';

/** What was sold in a period, day by day, and its sums. */
export function SalesDays({ period, by }: { period: Period; by: By }) {
  const { data, error, refetch } = useSales<DayAnswer>({ groupBy: 'day', ...period });
  const days = useMemo(() => daysOf(period), [period]);
  const sold = useMemo(() => new Map(data?.map((row) => [row.day, row])), [data]);
  const times = useMemo(() => days.map((one) => utcMidnight(one) / 1_000), [days]);
  const values = useMemo(() => days.map((one) => sold.get(one)?.[by] ?? 0), [days, sold, by]);
  const total = (field: By) => data?.reduce((all, row) => all + (row[field] ?? 0), 0);
  return (
    <Card title={`${day(period.from)} to ${day(period.to)}`}>
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
