/**
 * Whether a code looks like a date written by a spreadsheet. A spreadsheet turns codes such as `1-3`, `MARCH3` and `03.01`
 * into dates when it opens the file, and the code is lost. Some shops have real codes of this form, such as `1/2`. So it is
 * worth a question, never a refusal.
 *
 * - day and month, or month and year: `3-Mar`, `03.Jan`, `3. Mrz`, `Mar-03`, `Jan 26`
 * - only numbers: `01.03.2026`, `1/3/26`, `1/3`, `01.03.`, `2026-03-01`, also followed by the time of midnight
 * - `3月1日`
 */
export function isDateLike(code: string): boolean {
  const text = code.trim();
  return isNamed(text) || isNumbered(text);
}

/** Abbreviations of months in spreadsheets: in English and German, then French, Spanish, Italian, Portuguese, Dutch and Danish. */
const MONTHS = new Set(
  [
    'jan feb mar apr may jun jul aug sep sept oct nov dec mrz mär mai okt dez',
    'janv févr mars avr juin juil août déc ene abr ago dic gen mag giu lug set ott fev out mrt mei maj des',
  ].flatMap((names) => names.split(' ')),
);

/**
 * After a day, the month counts in any case of letters. Before a year, it must have small letters: no spreadsheet writes
 * `SET-01`, so that is somebody's code.
 */
function isNamed(text: string): boolean {
  const [, dayFirst, monthFirst] =
    /^[0-3]?[0-9](?:[-./ ]|\. )(\p{L}{3,5})\.?(?:[-./ ](?:[0-9]{2}){1,2})?$|^(\p{L}\p{Ll}{2,4})\.?[-./ ](?:[0-9]{1,2}|[0-9]{4})$/u.exec(
      text.normalize('NFC'),
    ) ?? [];
  const month = dayFirst ?? monthFirst;
  return month !== undefined && MONTHS.has(month.toLowerCase());
}

const MIDNIGHT = /[ T]0?0:00(?::00(?:\.0+)?)?Z?$/;

function isNumbered(text: string): boolean {
  const day = text.replace(MIDNIGHT, '');
  const [, a, b] =
    /^([0-9]{1,2})[./-]([0-9]{1,2})[./-](?:19|20)[0-9]{2}$/.exec(day) ??
    /^([0-9]{1,2})([./])([0-9]{1,2})\2[0-9]{2}$/.exec(day)?.filter((_, group) => group !== 2) ??
    /^(?:19|20)[0-9]{2}[./-]([0-9]{1,2})[./-]([0-9]{1,2})$/.exec(day) ??
    /^([0-9]{1,2})\/([0-9]{1,2})$/.exec(day) ??
    /^([0-9]{1,2})\.([0-9]{1,2})\.$/.exec(day) ??
    /^([0-9]{1,2})月([0-9]{1,2})日$/.exec(day) ??
    [];
  const [small, large] = [Number(a), Number(b)].sort((one, other) => one - other) as [
    number,
    number,
  ];
  return small >= 1 && small <= 12 && large <= 31;
}
