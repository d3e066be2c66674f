import * as fc from 'fast-check';
import { Calendar, isTimeZone, UTC } from '../../app/ledger/calendar';
import { addDays, DAY_MS } from '../../app/ledger/day';

const HOUR_MS = 3_600_000;

describe('a day', () => {
  test.each([
    ['UTC', '2026-11-26', '2026-11-26T00:00:00.000Z', 24],
    ['Europe/Berlin', '2026-11-26', '2026-11-25T23:00:00.000Z', 24],
    // The clock goes forward at 2:00, and back at 3:00.
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', 25],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
    // Half an hour, and offsets of half and of quarter hours.
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00.000Z', 24.5],
    ['Asia/Kolkata', '2026-11-26', '2026-11-25T18:30:00.000Z', 24],
    ['Asia/Kathmandu', '2026-11-26', '2026-11-25T18:15:00.000Z', 24],
    // Midnight does not exist: the day begins at 1:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z', 23],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', 23],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z', 23],
    ['America/Havana', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
    // Midnight comes twice: at 0:00 the clock goes back to 23:00, and at 1:00 to 0:00.
    ['America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00.000Z', 25],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
    // A minute after midnight the clock goes back to the day before.
    ['America/St_Johns', '2010-11-06', '2010-11-06T02:30:00.000Z', 24],
    ['America/St_Johns', '2010-11-07', '2010-11-07T02:30:00.000Z', 25],
    // Rules that changed: Casablanca in Ramadan, a zone that moved by half an hour, and one that went ahead of UTC for good.
    ['Africa/Casablanca', '2026-02-15', '2026-02-14T23:00:00.000Z', 25],
    ['Asia/Pyongyang', '2018-05-04', '2018-05-03T15:30:00.000Z', 23.5],
    ['Europe/Istanbul', '2016-11-06', '2016-11-05T21:00:00.000Z', 24],
    // The first and the last zone of a date.
    ['Pacific/Kiritimati', '2026-11-26', '2026-11-25T10:00:00.000Z', 24],
    ['Pacific/Pago_Pago', '2026-11-26', '2026-11-26T11:00:00.000Z', 24],
    // The day before a day that was skipped, and the one after it.
    ['Pacific/Apia', '2011-12-29', '2011-12-29T10:00:00.000Z', 24],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z', 24],
    // The first and the last day that a database can hold.
    ['Europe/Berlin', '1000-01-01', '0999-12-31T23:06:32.000Z', 24],
    ['Europe/Berlin', '9999-12-30', '9999-12-29T23:00:00.000Z', 24],
  ])('of %s, %s, begins at %s and has %d hours', (timeZone, day, begin, hours) => {
    const calendar = new Calendar(timeZone);
    const from = calendar.startOf(day);
    expect(new Date(from).toISOString()).toBe(begin);
    const to = from + hours * HOUR_MS;
    expect(calendar.boundsAt(from)).toEqual({ day, from, to });
    expect(calendar.dayOf(to - 1)).toBe(day);
    expect(calendar.dayOf(from - 1) < day).toBe(true);
    expect(calendar.dayOf(to) > day).toBe(true);
  });

  test('that a zone has skipped has no moment, and begins with the next one', () => {
    const apia = new Calendar('Pacific/Apia');
    const begin = apia.startOf('2011-12-30');
    expect(begin).toBe(apia.startOf('2011-12-31'));
    expect(apia.dayOf(begin - 1)).toBe('2011-12-29');
    expect(apia.dayOf(begin)).toBe('2011-12-31');
  });

  test('stays the day when the clock shows the date of the day before again', () => {
    const stJohns = new Calendar('America/St_Johns');
    const midnight = stJohns.startOf('2010-11-07');
    for (const minutes of [0, 2, 30, 59, 61]) {
      expect(stJohns.dayOf(midnight + minutes * 60_000)).toBe('2010-11-07');
    }
  });

  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC');

  test('has each moment once, in every zone, and follows the day before it without a gap', () => {
    const moments = fc.integer({ min: Date.UTC(1850, 0), max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(zones, moments, (timeZone, at) => {
        const calendar = new Calendar(timeZone);
        const { day, from, to } = calendar.boundsAt(at);
        expect(from <= at && at < to).toBe(true);
        expect(calendar.startOf(day)).toBe(from);
        expect(calendar.startOf(addDays(day, 1))).toBe(to);
        // A calendar that remembers no other day says the same.
        expect(new Calendar(timeZone).dayOf(to - 1)).toBe(day);
        expect(new Calendar(timeZone).dayOf(from - 1) < day).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the same time of day so many days later', () => {
  test.each([
    ['Europe/Berlin', '2026-11-26T15:30:00.000Z', 1, '2026-11-27T15:30:00.000Z'],
    // Over a change of the clock: still half past four in the afternoon.
    ['Europe/Berlin', '2026-03-28T15:30:00.000Z', 1, '2026-03-29T14:30:00.000Z'],
    ['Europe/Berlin', '2026-10-24T14:30:00.000Z', 7, '2026-10-31T15:30:00.000Z'],
    // Half past two does not exist on that day.
    ['Europe/Berlin', '2026-03-28T01:30:00.000Z', 1, '2026-03-29T01:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-26T20:00:00.123Z', 366, '2027-11-27T20:00:00.123Z'],
  ])('in %s, of %s and %d days, is %s', (timeZone, from, days, expected) => {
    expect(new Calendar(timeZone).laterBy(days, new Date(from)).toISOString()).toBe(expected);
  });
});

describe('the name of a time zone', () => {
  test.each([
    'UTC',
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
    'Asia/Kolkata',
  ])('%s is one', (name) => expect(isTimeZone(name)).toBe(true));

  test.each(['', 'Berlin', 'Europe/Atlantis', '+02:00', 'Europe/Berlin ', 'CEST', 'local'])(
    '“%s” is none',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
      expect(() => new Calendar(name)).toThrow(RangeError);
    },
  );

  test.each([
    ['Asia/Calcutta', 'Asia/Kolkata', true],
    ['europe/berlin', 'Europe/Berlin', true],
    ['Etc/UTC', 'UTC', true],
    ['Europe/Paris', 'Europe/Berlin', false],
    ['Europe/Berlin', 'Atlantis', false],
  ])('%s and %s mean the same: %s', (one, other, same) => {
    expect(new Calendar(one).isNamed(other)).toBe(same);
  });
});

test('UTC has the days of UTC', () => {
  const now = Date.now();
  expect(UTC.boundsAt(now)).toEqual({
    day: new Date(now).toISOString().slice(0, 10),
    from: Math.floor(now / DAY_MS) * DAY_MS,
    to: (Math.floor(now / DAY_MS) + 1) * DAY_MS,
  });
});
