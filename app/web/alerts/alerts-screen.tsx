import { useState } from 'react';
import type { Alert } from '../../client/answers';
import { useNow } from '../ui/clock';
import { Button, Choice } from '../ui/controls';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { AlertRow } from './alert-row';
import style from './alerts-screen.module.css';
import type { FormKind } from './handle-form';
import { useAlerts, useResolvedAlerts } from './queries';
import { useKeptFocus } from './use-kept-focus';

type Shown = 'open' | 'handled' | 'resolved';

/** The form that is open, and about which alert. */
interface OpenForm {
  readonly alertID: number;
  readonly kind: FormKind;
}

/** What is short, who was told of it, and what is being done about it. */
export default function AlertsScreen() {
  const [shown, setShown] = useState<Shown>('open');
  const [form, setForm] = useState<OpenForm>();
  const { data: alerts, error, refetch } = useAlerts();
  const open = alerts?.filter(({ status }) => status === 'open') ?? [];
  const handled = alerts?.filter(({ status }) => status !== 'open') ?? [];
  // What somebody fills a form about stays, whatever others do to it meanwhile.
  const listed = alerts?.filter(
    ({ status, alertID }) =>
      (status === 'open') === (shown === 'open') || alertID === form?.alertID,
  );
  const choose = (value: Shown) => {
    setShown(value);
    setForm(undefined);
  };
  return (
    <Screen
      title="Alerts"
      subtitle="One for each shortage: opened by the monitor, ended by the stock itself."
      scrolls
    >
      <Choice<Shown>
        label="Which alerts"
        value={shown}
        onChange={choose}
        options={[
          { value: 'open', text: `Open ${alerts ? units(open.length) : ''}` },
          { value: 'handled', text: `Seen to ${alerts ? units(handled.length) : ''}` },
          { value: 'resolved', text: 'Resolved' },
        ]}
      />
      {shown === 'resolved' && <Resolved />}
      {shown !== 'resolved' && !alerts && error && <Fault error={error} retry={refetch} />}
      {shown !== 'resolved' && !alerts && !error && <Loading label="Loading the alerts" />}
      {shown === 'open' && listed && (
        <List
          label="Open alerts"
          alerts={listed}
          form={form}
          onForm={setForm}
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
      {shown === 'handled' && listed && (
        <List
          label="Alerts that were seen to"
          alerts={listed}
          form={form}
          onForm={setForm}
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

interface ListProps {
  readonly label: string;
  readonly alerts: readonly Alert[];
  readonly empty: React.ReactNode;
  readonly form?: OpenForm | undefined;
  onForm?(form: OpenForm | undefined): void;
}

function List({ label, alerts, empty, form, onForm }: ListProps) {
  const now = useNow();
  const kept = useKeptFocus<HTMLDivElement>('[data-alert]');
  return (
    <div {...kept} className={style.frame}>
      {alerts.length === 0 && empty}
      {alerts.length > 0 && (
        <ul className={style.list} aria-label={label}>
          {alerts.map((alert) => (
            <AlertRow
              key={alert.alertID}
              alert={alert}
              now={now}
              form={form?.alertID === alert.alertID ? form.kind : undefined}
              onForm={(kind) => onForm?.(kind && { alertID: alert.alertID, kind })}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
