import { useCallback } from 'react';
import { FIRST_LOCATION } from '../../client/cells';
import { PAGE_MAX } from '../../wire/pages';
import { isProblemOf } from '../../wire/problem';
import type { AcceptedRecord, RecordAnswer } from '../../wire/records';
import { ask } from '../api/ask';
import { newKey } from '../outbox/change-request';
import { type Page, usePage } from '../page';
import { useAnnounce } from '../ui/announce';
import { units } from '../ui/format';
import { availableNow } from './available-now';
import { undoFields } from './undo-record';

/** How many pages are read to find the record and what happened since. */
const PAGES_MAX = 10;

/** If the product changes between the look and the request, the undo looks again, at most so often. */
const TRIES_MAX = 5;

/** A record to undo, and what it is called: "Sale of 3 × Hand Grinder". */
interface Undoable {
  readonly record: number;
  /** Its mark, if it is known: another ledger may have another record with this number. */
  readonly mark: string | undefined;
  readonly productID: number;
  readonly label: string;
}

/** Records that are being undone: a second press is the first one's. */
const underWay = new Set<number>();

/**
 * Undoes a record, and announces the result. It first checks whether that was done before, and the request holds
 * only while nothing else was recorded for the product. So a record is undone once, even if two people press.
 *
 * @returns whether it is undone now
 */
export function useUndo(): (undoable: Undoable) => Promise<boolean> {
  const page = usePage();
  const announce = useAnnounce();
  return useCallback(
    async (undoable: Undoable) => {
      if (underWay.has(undoable.record)) return false;
      underWay.add(undoable.record);
      try {
        const { isUndone, words } = await undo(page, undoable);
        announce(words, isUndone ? 'good' : 'bad');
        return isUndone;
      } finally {
        underWay.delete(undoable.record);
      }
    },
    [page, announce],
  );
}

async function undo({ outbox, live }: Page, { record, mark, productID, label }: Undoable) {
  const not = (why: string) => ({ isUndone: false, words: `${label} is not undone. ${why}` });
  for (let tries = 1; ; tries += 1) {
    const records = await recordsDownTo(productID, record).catch(() => undefined);
    if (!records) return not('The service does not answer: try again.');
    const target = records.find((each) => each.record === record);
    if (!target) return not('It is too long ago. Record an adjustment instead.');
    if (mark !== undefined && target.mark !== undefined && target.mark !== mark) {
      return not('The records have been replaced, for example by a backup. Reload the page.');
    }
    const newer = records.filter((each) => each.record > record);
    const fields = undoFields(target, newer);
    if (typeof fields === 'string') return not(fields);
    const settled = await outbox.send<AcceptedRecord>(
      {
        key: newKey(),
        method: 'POST',
        ...fields,
        productID,
        label: `Undo: ${label}`,
        madeAt: Date.now(),
      },
      new AbortController().signal,
    );
    if (settled.outcome === 'cancelled') return not('The undo was cancelled.');
    if (settled.outcome === 'refused') {
      const isMoved = isProblemOf(settled.problem, 'stale-record');
      if (isMoved && target.reason !== 'count' && tries < TRIES_MAX) continue;
      return not(settled.problem.detail);
    }
    const { quantityChange, quantity } = fields.fields;
    const whole = Math.abs(target.quantityChange ?? 0);
    const left = Math.abs(Number(quantityChange ?? quantity ?? whole));
    const before =
      left < whole ? ` ${units(whole - left)} of its units had been taken back before.` : '';
    const areSeveral =
      (live.state.shop?.locations ?? []).filter((each) => !each.retired).length > 1;
    const location = areSeveral ? (target.locationID ?? FIRST_LOCATION) : undefined;
    const words = `Undone: ${label}.${before} ${availableNow(live, settled.body, location)}`;
    return { isUndone: true, words };
  }
}

/** A product's records, newest first, down to one; fewer if that is too far back. */
async function recordsDownTo(productID: number, record: number): Promise<RecordAnswer[]> {
  const records: RecordAnswer[] = [];
  let path: string | undefined = `/inventory/${productID}/records?limit=${PAGE_MAX}&marks=true`;
  for (let page = 0; path && page < PAGES_MAX; page += 1) {
    const { body, next }: { body: RecordAnswer[]; next: string | undefined } = await ask(path);
    records.push(...body);
    if (body.some((each) => each.record <= record)) break;
    path = next;
  }
  return records;
}
