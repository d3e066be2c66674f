import { useCallback, useState } from 'react';
import { markIn } from '../../client/entity-tag';
import type { AcceptedRecord } from '../../wire/records';
import { availableNow } from '../change/available-now';
import { changeRequest } from '../change/change';
import { undoScope } from '../change/offered';
import { saleOf } from '../change/returnable-sales';
import { salesToReturn } from '../change/sales-to-return';
import { LATE_MS } from '../change/use-late';
import { useUndo } from '../change/use-undo';
import { play } from '../code/sounds';
import { type ChangeRequest, newKey } from '../outbox/change-request';
import { useLooking } from '../outbox/use-looking';
import { usePage } from '../page';
import { useMay } from '../session/use-may';
import type { ScannedChange } from './scanned-change';
import { type Scanned, withScanned } from './scanned-list';

/**
 * Records what is scanned, and lists what became of it.
 *
 * @param toCode puts the focus back into the field of the code
 */
export function useScanned(toCode: () => void) {
  const { live, outbox, queries } = usePage();
  const undo = useUndo();
  const may = useMay();
  const looking = useLooking();
  const [scanned, setScanned] = useState<readonly Scanned[]>([]);
  const show = useCallback(
    (entry: Scanned) => setScanned((before) => withScanned(before, entry)),
    [],
  );
  const refuse = (label: string, detail: string) => {
    show({ key: newKey(), label, at: Date.now(), state: 'refused', detail });
    play('refused');
  };
  const record = async ({ change, sale }: ScannedChange) => {
    const request = changeRequest(change);
    if (change.kind !== 'return') return send(request);
    const { key, label, madeAt } = request;
    show({ key, label, at: madeAt, state: 'waiting', detail: '' });
    outbox.prepare(request);
    const sales = await salesToReturn(queries, change.product.productID);
    const saleRecord = saleOf(sales, change.quantity, sale)?.record;
    return send(changeRequest({ ...change, saleRecord }));
  };
  /** Lists a change without recording it. It gets a button that does. @param onRecord called when that is pressed */
  const hold = (held: ScannedChange, detail: string, onRecord: () => void) => {
    const { key, label, madeAt } = changeRequest(held.change);
    const recordHeld = () => {
      onRecord();
      void record(held);
    };
    show({ key, label, at: madeAt, state: 'refused', detail, record: recordHeld });
    play('refused');
  };
  const send = async (change: ChangeRequest) => {
    const entry = { key: change.key, label: change.label, at: change.madeAt };
    show({ ...entry, state: 'waiting', detail: '' });
    const { signal } = looking.current;
    const timer = setTimeout(() => !signal.aborted && play('waiting'), LATE_MS);
    const settled = await outbox.send<AcceptedRecord>(change, signal);
    clearTimeout(timer);
    if (settled.outcome === 'done') {
      const { record, productID } = settled.body;
      const { locationID } = change.fields;
      const location = locationID === undefined ? undefined : Number(locationID);
      const detail = availableNow(live, settled.body, location);
      const recorded: Scanned = { ...entry, state: 'recorded', detail };
      const undone = async () => {
        toCode();
        const mark = markIn(settled.etag, record);
        const isUndone = await undo({ record, mark, productID, label: change.label });
        if (isUndone) show({ ...recorded, state: 'undone', detail: '' });
      };
      const isUndoOffered = may(undoScope(settled.body));
      show({ ...recorded, ...(isUndoOffered && { undo: () => void undone() }) });
      play('recorded');
    } else if (settled.outcome === 'refused') {
      show({ ...entry, state: 'refused', detail: settled.problem.detail });
      play('refused');
    } else {
      show({ ...entry, state: 'cancelled', detail: '' });
      play('refused');
    }
  };
  return { scanned, refuse, record, hold };
}
