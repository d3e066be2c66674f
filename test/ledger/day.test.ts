import { addDays, daysBetween, isDay, utcDate, utcMidnight } from '../../app/ledger/day';

describe('days', () => {
  test('a time is of its UTC day up to the last millisecond', () => {
    expect(utcDate(new Date('2026-11-23T23:59:59.999Z'))).toBe('2026-11-23');
    expect(utcDate(Date.parse('2026-11-24T00:00:00Z'))).toBe('2026-11-24');
    expect(utcDate(utcMidnight('2026-11-24') - 1)).toBe('2026-11-23');
  });

  test('days are counted across months, leap years and the changes of local clocks', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
    expect(daysBetween('2026-11-23', '2026-11-22')).toBe(-1);
  });

  test.each(['2026-02-29', '2026-2-1', '0999-12-31', '2026-13-01', '2026-11-23T', '', 'today'])(
    '%j is no day that every database can hold',
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );

  test.each(['1000-01-01', '2028-02-29', '9999-12-31'])('%j is one', (text) => {
    expect(isDay(text)).toBe(true);
  });
});
