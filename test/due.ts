/** The next day with this month and day of the month (UTC), which is within a year, as when goods may be due. */
export function nextDay(monthAndDay: string): string {
  const today = new Date().toISOString().slice(0, 10);
  const year = Number(today.slice(0, 4));
  const thisYear = `${year}-${monthAndDay}`;
  return thisYear > today ? thisYear : `${year + 1}-${monthAndDay}`;
}

/** When goods are due in tests: a 1 December, since the page says so in words. */
export const DUE = nextDay('12-01');
