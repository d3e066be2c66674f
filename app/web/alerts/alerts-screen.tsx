import { useCallback, useMemo, useState } from 'react';
import type { AlertKind } from '../../ledger/alert';
import type { Alert } from '../../wire/alerts';
import { oneOf, useView } from '../address/view';
import { KIND_WORDS } from '../alert/alert-words';
import { useShopLocations } from '../location/use-shop-locations';
import { Button, Choice } from '../ui/controls';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { AlertList, type OpenForm } from './alert-list';
import {
  countOf,
  PAGE,
  useAlert,
  useAlertPages,
  useAlertsSummary,
  useResolvedAlerts,
  type WantedAlerts,
} from './alert-lists';
import style from './alerts-screen.module.css';

const VIEW_KINDS = ['all', 'out', 'overdue-transfer', 'low', 'cover'] as const;

const VIEW = {
  show: oneOf(['open', 'handled', 'resolved']),
  kind: oneOf(VIEW_KINDS),
};

/** Which products are short, who was told, and what is being done about it. */
export default function AlertsScreen() {
  const [{ show, kind }, setView] = useView(VIEW);
  const { areSeveral } = useShopLocations();
  const { data: summary } = useAlertsSummary();
  const counted = (wanted: WantedAlerts) => (summary ? units(countOf(summary, wanted)) : '');
  const titled = (of: AlertKind | 'all') => {
    const title = of === 'all' ? 'All kinds' : KIND_WORDS[of];
    return show === 'resolved' ? title : `${title} ${counted({ status: show, kind: of })}`;
  };
  // A shop without transfers never sees their kind.
  const hasOverdue =
    kind === 'overdue-transfer' ||
    (['open', 'handled'] as const).some(
      (status) => countOf(summary, { status, kind: 'overdue-transfer' }) > 0,
    );
  const kinds = VIEW_KINDS.filter((value) => value !== 'overdue-transfer' || hasOverdue);
  return (
    <Screen
      title="Alerts"
      subtitle={
        areSeveral
          ? 'One for each product that is short, in all or at a location, and for each transfer that is overdue. It is resolved automatically when there is enough again, or the transfer is closed.'
          : 'One for each product that is short. It is resolved automatically when there is enough again.'
      }
    >
      <div className={style.tools}>
        <Choice
          label="Which kinds"
          value={kind}
          onChange={(value) => setView({ kind: value })}
          options={kinds.map((value) => ({ value, text: titled(value) }))}
        />
        <Choice
          label="Which alerts"
          value={show}
          onChange={(value) => setView({ show: value })}
          options={[
            { value: 'open', text: `Open ${counted({ status: 'open', kind })}` },
            { value: 'handled', text: `Handled ${counted({ status: 'handled', kind })}` },
            { value: 'resolved', text: 'Resolved' },
          ]}
        />
      </div>
      {show === 'resolved' ? (
        <Resolved kind={kind} />
      ) : (
        <Unresolved key={`${show} ${kind}`} status={show} kind={kind} />
      )}
    </Screen>
  );
}

/** Alerts that are not over. Only the visible part of a long list is loaded. */
function Unresolved({ status, kind }: WantedAlerts) {
  const [form, setForm] = useState<OpenForm>();
  const [drawn, setDrawn] = useState({ first: 0, last: 0 });
  const onDrawn = useCallback((first: number, last: number) => {
    const [firstPage, lastPage] = [pageOf(first), pageOf(Math.max(first, last))];
    setDrawn((before) =>
      before.first === firstPage && before.last === lastPage
        ? before
        : { first: firstPage, last: lastPage },
    );
  }, []);
  const wanted = useMemo(() => ({ status, kind }), [status, kind]);
  const numbers = useMemo(
    () => Array.from({ length: drawn.last - drawn.first + 1 }, (_, page) => drawn.first + page),
    [drawn],
  );
  const { data: summary } = useAlertsSummary();
  const pages = useAlertPages(wanted, numbers);
  const { data: formed } = useAlert(form?.alertID);
  const loaded = new Map(numbers.map((number, at) => [number, pages[at]?.data]));
  const failed = pages.find(({ error, data }) => error && !data);
  if (failed) return <Fault error={failed.error} retry={() => void failed.refetch()} />;
  if (pages.every(({ data }) => !data) && countOf(summary, wanted) === 0 && !form) {
    return <Loading label="Loading the alerts" />;
  }

  // An alert with an open form stays in its place, even if others change it.
  const isListed = [...loaded.values()].some((page) =>
    page?.some(({ alertID }) => alertID === form?.alertID),
  );
  const listed = (index: number) => loaded.get(pageOf(index))?.[index % PAGE];
  const pinned = form && !isListed ? form.index : undefined;
  const isInserted = pinned !== undefined && loaded.get(pageOf(pinned)) !== undefined;
  const at = (index: number): Alert | undefined => {
    if (index === pinned) return formed;
    return listed(isInserted && index > pinned ? index - 1 : index);
  };
  const count = lengthOf(loaded) ?? countOf(summary, wanted);
  return (
    <AlertList
      label={status === 'open' ? 'Open alerts' : 'Handled alerts'}
      count={isInserted ? Math.max(count, pinned) + 1 : count}
      at={at}
      form={form}
      onForm={setForm}
      onDrawn={onDrawn}
      empty={
        <NothingHere
          {...wanted}
          isQuiet={countOf(summary, { ...wanted, status: 'handled' }) === 0}
        />
      }
    />
  );
}

function pageOf(index: number): number {
  return Math.floor(index / PAGE);
}

/** The length of the list, if it is known: the last page is shorter than the others. */
function lengthOf(loaded: ReadonlyMap<number, Alert[] | undefined>): number | undefined {
  for (const [page, alerts] of loaded) {
    const isLast = alerts && alerts.length < PAGE && (alerts.length > 0 || page === 0);
    if (isLast) return page * PAGE + alerts.length;
  }
  return undefined;
}

function NothingHere({ status, kind, isQuiet }: WantedAlerts & { readonly isQuiet: boolean }) {
  if (status === 'handled') {
    return (
      <Empty title="No alert is being handled">
        <p>Alerts that somebody is on, has ordered for or has snoozed are listed here.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing is open">
      <p>
        {!isQuiet
          ? 'Every shortage is being handled.'
          : kind === 'all'
            ? 'An alert opens once a product is at or below its reorder point, runs out soon, or is out.'
            : 'There is no open alert of this kind.'}
      </p>
    </Empty>
  );
}

function Resolved({ kind }: { kind: AlertKind | 'all' }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useResolvedAlerts(kind);
  const alerts = useMemo(() => data?.pages.flatMap(({ body }) => body) ?? [], [data]);
  if (!data) {
    return error ? <Fault error={error} retry={refetch} /> : <Loading label="Loading the alerts" />;
  }
  return (
    <AlertList
      label="Resolved alerts"
      count={alerts.length}
      at={(index) => alerts[index]}
      empty={<Empty title="No alert has been resolved yet" />}
      more={
        hasNextPage && (
          <Button
            className={style.more}
            disabled={isFetchingNextPage}
            onClick={() => fetchNextPage()}
          >
            {isFetchingNextPage ? 'Loading …' : 'Show older ones'}
          </Button>
        )
      }
    />
  );
}
