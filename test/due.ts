/** The next day (UTC) with this month and day of the month. It is within a year, as a due day must be. */
export function nextDay(monthAndDay: string): string {
  const today = new Date().toISOString().slice(0, 10);
  const year = Number(today.slice(0, 4));
  const thisYear = `${year}-${monthAndDay}`;
  return thisYear > today ? thisYear : `${year + 1}-${monthAndDay}`;
}

/** The due day of goods in tests: always a 1 December, because the page shows it in words. */
export const DUE = nextDay('12-01');
