import { Calendar, UTC } from '../calendar';
import type { LedgerRecord } from '../record';
import { type DailySales, dailySales, negated } from '../sales';
import { othersFirst } from '../slice';
import type { Turn } from '../store';
import { DEFAULT_ZONE } from '../zone';

/** Records that are read at a time. */
const PAGE = 1_000;

/** The zone that a turn gives to a ledger that keeps none. */
export interface ZoneToKeep {
  readonly calendar: Calendar;
  /** What that changes of the daily sales. */
  readonly sales: readonly DailySales[];
}

/**
 * The zone for a ledger that keeps none. A new ledger gets the wanted one. It is new as long as no service has recorded anything
 * in it: the rows of a seed do not count, but their sales move to the days of the zone. Any other ledger is from before there
 * was a choice, and has been in UTC.
 *
 * @param wanted undefined for the default
 * @throws StoreUnavailable
 */
export async function zoneToKeep(turn: Turn, wanted: string = DEFAULT_ZONE): Promise<ZoneToKeep> {
  const calendar = new Calendar(wanted);
  const inUtc = { calendar: UTC, sales: [] };
  if (calendar.isNamed(DEFAULT_ZONE)) return inUtc;
  const sold = await soldByHand(turn);
  if (!sold) return inUtc;
  const before = await turn.dailySales();
  const after = dailySales(sold, ({ recordedAt }) => calendar.dayOf(recordedAt));
  return { calendar, sales: [...negated(before), ...after] };
}

/** The sales of a ledger whose records were all inserted by hand; undefined if a service recorded one. */
async function soldByHand({ records }: Turn): Promise<LedgerRecord[] | undefined> {
  const sold: LedgerRecord[] = [];
  for (let next = 1; ; ) {
    const page = await records.from(next, PAGE);
    if (page.some(({ turnMark }) => turnMark !== null)) return undefined;
    for (const record of page) if (record.quantity !== null) sold.push(record);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return sold;
    next = last.record + 1;
    await othersFirst();
  }
}
