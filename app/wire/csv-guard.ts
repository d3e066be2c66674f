/**
 * Characters that make a spreadsheet take the text of a cell for a formula, with their full-width forms
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20]`;

/**
 * Where a spreadsheet may begin a cell: at the beginning, and after each separator. Files have commas between their
 * cells, but a spreadsheet in another language splits at semicolons, and then ignores the commas and the quotes around a
 * cell. It reads `1,"Milk;=cmd"` as a cell with a formula. It may also skip quotes and spaces after the separator.
 */
const BEGIN = String.raw`^"*|[;|\t\r\n][\s"]*|,"*`;

/** A leading apostrophe makes the cell text. Text that has one gets another, so the guard can be removed exactly. */
const TO_GUARD = new RegExp(`(${BEGIN})('*${FORMULA})`, 'gu');
const GUARDED = new RegExp(`(${BEGIN})'('*${FORMULA})`, 'gu');

/** A cell that begins with one of these is guarded, too, as OWASP asks. */
const BLANK = /^'*[\t\r]/;

/** Text that no spreadsheet takes for a formula, even if it splits the line at another separator. */
export function guarded(text: string): string {
  const inside = text.replace(TO_GUARD, "$1'$2");
  return BLANK.test(text) ? `'${inside}` : inside;
}

/** The text before it was guarded. Text without a guard, from another program, stays as it is. */
export function unguarded(text: string): string {
  const inside = text.startsWith("'") && BLANK.test(text) ? text.slice(1) : text;
  return inside.replace(GUARDED, '$1$2');
}
