import { isDay, utcDate } from '../../ledger/day';
import { type FieldDoc, text } from './field';

const DAY = 'must be a day such as 2026-11-23';

/** A day of the calendar. */
export const day = text(DAY)
  .refine(isDay, DAY)
  .meta({
    doc: { type: 'string', format: 'date', examples: ['2026-11-23'] } satisfies FieldDoc,
  });

const MOMENT = 'must be a time such as 2026-11-23T10:20:30Z';

/** A time as in RFC 3339. A space is read as `+`, which is what a `+` in a query becomes. */
export const moment = text(MOMENT)
  .transform((value) => value.replace(' ', '+'))
  .refine(isMoment, MOMENT)
  .transform((value) => new Date(value))
  .meta({
    doc: {
      type: 'string',
      format: 'date-time',
      examples: ['2026-11-23T10:20:30Z'],
    } satisfies FieldDoc,
  });

/** How far a client's clock may be ahead of this one: clocks that are set by NTP differ by less. */
const CLOCKS_DIFFER_MS = 5_000;

/** A time that is over, as a moment of something that has happened. */
export const pastMoment = moment.refine(
  (time) => time.getTime() <= Date.now() + CLOCKS_DIFFER_MS,
  'must not be in the future',
);

/** Whether text is such a time. */
export function isMoment(value: string): boolean {
  const match =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/.exec(
      value,
    );
  if (match === null || !isDay(match[1] as string)) return false;
  const time = new Date(value);
  // Its offset may move it out of the range that a database can store.
  return !Number.isNaN(time.getTime()) && isDay(utcDate(time));
}
