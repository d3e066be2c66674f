import { useMemo } from 'react';
import type { Shop } from '../../client/shop';
import { addDays } from '../../ledger/day';
import { day, oneOf, useView } from '../address/view';
import { useLive } from '../page';
import { Choice, Field } from '../ui/controls';
import { zoneName } from '../ui/format';
import { Screen } from '../ui/screen';
import { Fault, Loading } from '../ui/states';
import { lastDays, type Period } from './period';
import { SalesDays } from './sales-days';
import style from './sales-screen.module.css';
import { TopSellers } from './top-sellers';

const SPANS = ['30', '1', '7', '90', 'chosen'] as const;
type Span = (typeof SPANS)[number];
/** What the address says of how sales are looked at. */
const VIEW = {
  days: oneOf(SPANS),
  from: day,
  to: day,
  by: oneOf(['unitsSold', 'revenue']),
};

/** The days that are set at first when a user chooses their own. */
const CHOSEN_DAYS = 14;

/** Days that are shown one by one at most. */
const DAYS_MAX = 3_660;

/** What sells: by product and day by day. */
export default function SalesScreen() {
  const { shop, connection, fault } = useLive();
  if (shop) return <Sales shop={shop} />;
  return (
    <Screen title="Sales">
      {connection === 'lost' ? <Fault error={fault} /> : <Loading label="Loading the sales" />}
    </Screen>
  );
}

function Sales({ shop: { today, timeZone } }: { shop: Shop }) {
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
      subtitle={`Days of ${zoneName(timeZone)}. A return is subtracted on its own day, a cancellation on the day of its sale.`}
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
      {!fault && <SalesDays period={period} by={by} />}
      {!fault && <TopSellers period={period} by={by} />}
    </Screen>
  );
}

/** What is wrong with the chosen days; undefined if nothing is. */
function periodFault({ from, to }: Period): string | undefined {
  if (from === '' || to === '' || from > to) return 'Choose a day on or after the first one.';
  // A year that is still being typed is 0002 at first: nobody wants a bar for each day since then.
  if (addDays(to, 1 - DAYS_MAX) > from) return 'Choose ten years at most.';
  return undefined;
}
