import { Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Product } from '../../client/shop';
import { REASON_RULES, REASONS } from '../../ledger/reason';
import { actorInWords, OPEN_ACTOR } from '../../wire/actor';
import type { RecordAnswer } from '../../wire/records';
import { oneOf, useView } from '../address/view';
import { undoScope } from '../change/offered';
import { isUndoable, type TakenBack, takenBack } from '../change/undo-record';
import { useUndo } from '../change/use-undo';
import { useShopLocations } from '../location/use-shop-locations';
import { useMay } from '../session/use-may';
import { Card } from '../ui/card';
import { Chart } from '../ui/chart';
import { Button, Choice } from '../ui/controls';
import { change, price, time, units } from '../ui/format';
import { Empty, Fault, Loading } from '../ui/states';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';
import { useKeptFocus } from '../ui/use-kept-focus';
import style from './product-screen.module.css';
import { useHistory } from './use-history';

const VIEW = {
  reason: oneOf(['all', ...REASONS]),
};

/** The history of a product: a step for each record, and the records themselves, newest first. */
export function History({ product }: { product: Product }) {
  const [{ reason }, setView] = useView(VIEW);
  const all = useHistory(product.productID, 'all');
  const some = useHistory(product.productID, reason);
  const history = reason === 'all' ? all : some;
  const pages = history.data?.pages;
  const records = useMemo(() => pages?.flatMap(({ body }) => body) ?? [], [pages]);
  // What took a record back is newer, and may be of a reason that is not shown.
  const { taken, latest } = useMemo(() => {
    const pagesOfBoth = [...(all.data?.pages ?? []), ...(pages ?? [])].flatMap(({ body }) => body);
    const known = [...new Map(pagesOfBoth.map((record) => [record.record, record])).values()];
    return { taken: takenBack(known), latest: latestByLocation(known) };
  }, [all.data, pages]);
  const { areSeveral, nameOf } = useShopLocations();
  // Moves, holds and losses are chosen from only where there are some.
  const there = new Set(records.map((record) => record.reason));
  const shown = REASONS.filter(
    (each) => each === reason || there.has(each) || !('hasOwnRequest' in REASON_RULES[each]),
  );
  const { times, values } = useMemo(() => {
    const ascending = records.toReversed();
    return {
      times: ascending.map(({ recordedAt }) => Date.parse(recordedAt) / 1_000),
      values: ascending.map(({ availableQuantity }) => availableQuantity),
    };
  }, [records]);
  // A record that is undone has no button any more.
  const kept = useKeptFocus<HTMLTableElement>('button');
  return (
    <Card
      title="History"
      actions={
        <Choice
          label="Which records"
          value={reason}
          options={[
            { value: 'all', text: 'All' },
            ...shown.map((value) => ({ value, text: REASON_RULES[value].title })),
          ]}
          onChange={(chosen) => setView({ reason: chosen as typeof reason })}
        />
      }
    >
      {history.error && !pages && <Fault error={history.error} retry={history.refetch} />}
      {!history.error && !pages && <Loading label="Loading the history" />}
      {pages && records.length === 0 && <Empty title="No such record" />}
      {records.length > 0 && (
        <>
          {reason === 'all' && records.length > 1 && (
            <Chart
              kind="steps"
              label={`Units available over the last ${records.length} records, as in the table below`}
              times={times}
              values={values}
              unit="Available"
              level={product.reorderPoint}
            />
          )}
          <TableFrame label="Records">
            <table {...kept} className={table.table}>
              <thead>
                <tr>
                  <th>When</th>
                  <th>What</th>
                  <th className={table.number}>Change</th>
                  <th className={table.number}>Available</th>
                  <th className={table.number}>Price</th>
                  <th>Reference</th>
                  <th className={`${table.number} ${style.last}`}>Record</th>
                </tr>
              </thead>
              <tbody>
                {records.map((record) => (
                  <tr key={record.record}>
                    <td className={style.when}>
                      {time(record.recordedAt)}
                      {record.occurredAt && (
                        <span className="muted small"> happened {time(record.occurredAt)}</span>
                      )}
                    </td>
                    <td>
                      {REASON_RULES[record.reason].title}
                      {record.saleRecord && ` of sale ${record.saleRecord}`}
                      {(areSeveral || record.locationID) && ` at ${nameOf(record.locationID)}`}
                    </td>
                    <td className={table.number}>{change(record.quantityChange ?? 0)}</td>
                    <td className={table.number}>
                      <strong>{units(record.availableQuantity)}</strong>
                    </td>
                    <td className={table.number}>
                      {record.unitCost !== undefined && <span className="muted small">cost </span>}
                      {price(record.unitCost ?? record.unitPrice)}
                    </td>
                    <td className={table.long}>
                      {record.reference}
                      {record.note && <span className="muted small"> {record.note}</span>}
                      {by(record) && <span className="muted small"> {by(record)}</span>}
                    </td>
                    <td className={`${table.number} ${style.last} muted`}>
                      {record.record}
                      <Undo
                        product={product}
                        record={record}
                        taken={taken}
                        isLatest={
                          record.record ===
                          (areSeveral ? latest.get(record.locationID) : product.record)
                        }
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
          {history.isFetchNextPageError && (
            <Fault error={history.error} retry={() => history.fetchNextPage()} />
          )}
          {history.hasNextPage && !history.isFetchNextPageError && (
            <Button disabled={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
              {history.isFetchingNextPage ? 'Loading …' : 'Show older records'}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}

/** Who asked for it, in words: `person:ann` as ann. Without sign-in there is nothing to say. */
function by({ actor }: RecordAnswer): string {
  return actor === undefined || actor === OPEN_ACTOR ? '' : `by ${actorInWords(actor)}`;
}

/** The last record of a product at each of its locations; undefined stands for the first. */
function latestByLocation(records: readonly RecordAnswer[]): Map<number | undefined, number> {
  const latest = new Map<number | undefined, number>();
  for (const { locationID, record } of records) {
    latest.set(locationID, Math.max(record, latest.get(locationID) ?? 0));
  }
  return latest;
}

interface UndoProps {
  readonly product: Product;
  readonly record: RecordAnswer;
  /** Which records were taken back. */
  readonly taken: ReadonlyMap<number, TakenBack>;
  /** Whether it is the last record of its location. */
  readonly isLatest: boolean;
}

/** A button that undoes a record, or what has already taken it back. */
function Undo({ product, record, taken, isLatest }: UndoProps) {
  const undo = useUndo();
  const may = useMay();
  const [isBusy, setBusy] = useState(false);
  const back = taken.get(record.record);
  const whole = Math.abs(record.quantityChange ?? 0);
  if (back && (record.reason !== 'sale' || back.units >= whole)) {
    return <span className={style.undone}> undone by {back.by}</span>;
  }
  // Any other count is not the last word, and the number before it even less.
  const isOver = record.reason === 'count' && !isLatest;
  if (!isUndoable(record) || isOver || !may(undoScope(record))) return null;
  const counted = record.reason === 'count' ? record.availableQuantity : whole - (back?.units ?? 0);
  const label = `${REASON_RULES[record.reason].title} of ${units(counted)} × ${product.title}`;
  const press = async () => {
    setBusy(true);
    await undo({
      record: record.record,
      mark: record.mark,
      productID: product.productID,
      label,
    });
    setBusy(false);
  };
  return (
    <>
      {back && <span className={style.undone}> {units(back.units)} taken back</span>}
      <Button
        look="quiet"
        className={style.undo}
        title="Undo"
        aria-label={`Undo record ${record.record}: ${label}`}
        aria-disabled={isBusy}
        onClick={() => void press()}
      >
        <Undo2 size={15} aria-hidden />
      </Button>
    </>
  );
}
