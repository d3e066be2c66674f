import { useState } from 'react';
import type { Alert } from '../../client/answers';
import { useNow } from '../ui/clock';
import { Button, Choice } from '../ui/controls';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { AlertRow } from './alert-row';
import style from './alerts-screen.module.css';
import { useAlerts, useResolvedAlerts } from './queries';

type Shown = 'open' | 'handled' | 'resolved';

/** What is short, who was told of it, and what is being done about it. */
export default function AlertsScreen() {
  const [shown, setShown] = useState<Shown>('open');
  const { data: alerts, error, refetch } = useAlerts();
  const open = alerts?.filter(({ status }) => status === 'open') ?? [];
  const handled = alerts?.filter(({ status }) => status !== 'open') ?? [];
  return (
    <Screen
      title="Alerts"
      subtitle="One for each shortage: opened by the monitor, ended by the stock itself."
      scrolls
    >
      <Choice<Shown>
        label="Which alerts"
        value={shown}
        onChange={setShown}
        options={[
          { value: 'open', text: `Open ${alerts ? units(open.length) : ''}` },
          { value: 'handled', text: `Seen to ${alerts ? units(handled.length) : ''}` },
          { value: 'resolved', text: 'Resolved' },
        ]}
      />
      {shown === 'resolved' && <Resolved />}
      {shown !== 'resolved' && !alerts && error && <Fault error={error} retry={refetch} />}
      {shown !== 'resolved' && !alerts && !error && <Loading label="Loading the alerts" />}
      {shown === 'open' && alerts && (
        <List
          label="Open alerts"
          alerts={open}
          empty={
            <Empty title="Nothing is open">
              <p>
                {handled.length > 0
                  ? 'What is short has been seen to.'
                  : 'An alert opens once a product is at or below its reorder point, runs out soon, or is out.'}
              </p>
            </Empty>
          }
        />
      )}
      {shown === 'handled' && alerts && (
        <List
          label="Alerts that were seen to"
          alerts={handled}
          empty={
            <Empty title="Nothing is being seen to">
              <p>Alerts that are acknowledged, ordered or snoozed stand here.</p>
            </Empty>
          }
        />
      )}
    </Screen>
  );
}

function Resolved() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useResolvedAlerts();
  if (!data) {
    return error ? <Fault error={error} retry={refetch} /> : <Loading label="Loading the alerts" />;
  }
  return (
    <>
      <List
        label="Resolved alerts"
        alerts={data.pages.flatMap(({ body }) => body)}
        empty={<Empty title="No alert has been resolved yet" />}
      />
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {isFetchingNextPage ? 'Loading …' : 'Show older ones'}
        </Button>
      )}
    </>
  );
}

function List(props: { label: string; alerts: readonly Alert[]; empty: React.ReactNode }) {
  const { label, alerts, empty } = props;
  const now = useNow();
  if (alerts.length === 0) return empty;
  return (
    <ul className={style.list} aria-label={label}>
      {alerts.map((alert) => (
        <AlertRow key={alert.alertID} alert={alert} now={now} />
      ))}
    </ul>
  );
}
