import { nextDigest } from '../../app/monitor/recipients';
import { assess, type KnownAlert, type Situation, toReport } from '../../app/monitor/rules';

const NOW = new Date('2026-11-24T12:00:00.000Z');

/** Low at 10, well again at 13, or at 12 where it was out, or at 11 after a day; short, too, with less than 7 days of cover, and well again with 8.4. */
const RULES = { threshold: 5, clearPercent: 20, clearUnits: 3, clearHours: 24, coverDays: 7 };
const HOUR_MS = 3_600_000;
const at = (changes: Partial<Situation>): Situation => ({
  availableQuantity: 100,
  reorderPoint: 10,
  daysOfCover: null,
  ...changes,
});

test.each<[string, Partial<Situation>, string]>([
  ['nothing left', { availableQuantity: 0 }, 'out'],
  [
    'nothing left, and nothing of a reorder point',
    { availableQuantity: 0, reorderPoint: 0 },
    'out',
  ],
  ['one left', { availableQuantity: 1 }, 'low'],
  ['at its reorder point', { availableQuantity: 10 }, 'low'],
  ['just above it', { availableQuantity: 11 }, 'between'],
  ['one below the clear level', { availableQuantity: 12 }, 'between'],
  ['at the clear level', { availableQuantity: 13 }, 'none'],
  ['at the clear level of what was out', { availableQuantity: 12, alertKind: 'out' }, 'none'],
  ['one below that', { availableQuantity: 11, alertKind: 'out' }, 'between'],
  ['at that of a large reorder point', { availableQuantity: 120, reorderPoint: 100 }, 'none'],
  ['one below the latter', { availableQuantity: 119, reorderPoint: 100 }, 'between'],
  ['just above it for a day', { availableQuantity: 11, unchangedMs: 24 * HOUR_MS }, 'none'],
  ['just above it for less', { availableQuantity: 11, unchangedMs: 24 * HOUR_MS - 1 }, 'between'],
  ['at it for long', { availableQuantity: 10, unchangedMs: 240 * HOUR_MS }, 'low'],
  ['with few days of cover for long', { daysOfCover: 7, unchangedMs: 240 * HOUR_MS }, 'between'],
  ['at the default threshold', { availableQuantity: 5, reorderPoint: null }, 'low'],
  ['one above the default threshold', { availableQuantity: 6, reorderPoint: null }, 'between'],
  ['one above 0 after none', { availableQuantity: 1, reorderPoint: 0, alertKind: 'out' }, 'none'],
  ['too few days of cover', { daysOfCover: 6.99 }, 'cover'],
  ['days of cover just enough', { daysOfCover: 7 }, 'between'],
  ['days of cover to spare', { daysOfCover: 8.4 }, 'none'],
  ['low, with days to spare', { availableQuantity: 10, daysOfCover: 90 }, 'low'],
  ['never counted, with a reorder point', { availableQuantity: null }, 'low'],
  ['never counted, with one of 0', { availableQuantity: null, reorderPoint: 0 }, 'low'],
  ['never counted, without one', { availableQuantity: null, reorderPoint: null }, 'none'],
  ['never counted, and retired', { availableQuantity: null, retired: true }, 'none'],
  ['retired with nothing left', { availableQuantity: 0, retired: true }, 'none'],
])('%s', (_name, situation, expected) => {
  expect(assess(at(situation), RULES)).toBe(expected);
});

const open: KnownAlert = { status: 'open', kind: 'low', until: null, due: null };
const snoozed: KnownAlert = { ...open, status: 'snoozed', until: NOW };

test.each<[string, Parameters<typeof toReport>[0], KnownAlert | undefined, string | undefined]>([
  ['a first shortage is reported', 'low', undefined, 'low'],
  ['what is between opens nothing', 'between', undefined, undefined],
  ['a healthy product is not reported', 'none', undefined, undefined],
  ['the same shortage is not reported again', 'low', open, undefined],
  ['stock that wobbles above the threshold tells nothing', 'between', open, undefined],
  ['the clear level ends it', 'none', open, 'none'],
  ['out is louder', 'out', open, 'out'],
  ['low after out is not', 'low', { ...open, kind: 'out' }, undefined],
  ['a snooze that is over wakes', 'low', snoozed, 'low'],
  ['and so where it is between', 'between', snoozed, 'low'],
  ['after a life another one', 'low', { ...open, status: 'resolved' }, 'low'],
])('%s', (_name, assessment, alert, expected) => {
  expect(toReport(assessment, alert, { now: NOW, today: '2026-11-23' })).toBe(expected);
});

test('digests come at the same moments for every monitor, after the moment they are for', () => {
  expect(nextDigest({ digestMinutes: 60 }, NOW)).toEqual(new Date('2026-11-24T13:00:00.000Z'));
  const before = new Date('2026-11-24T12:59:59.999Z');
  expect(nextDigest({ digestMinutes: 60 }, before)).toEqual(new Date('2026-11-24T13:00:00.000Z'));
  expect(nextDigest({ digestMinutes: 0 }, NOW)).toBeUndefined();
});
