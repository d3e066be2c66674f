/**
 * What makes a spreadsheet take the text of a cell for a formula, with its full-width forms
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20]`;

/**
 * Where a spreadsheet may begin a cell: at the beginning, and after whatever it splits at. Files have commas between
 * their cells, but a spreadsheet in another language splits at semicolons, and then sees neither the commas nor the quotes
 * that hold a cell together: to it `1,"Milk;=cmd"` is a cell with a formula. Quotes and spaces after that may go unseen.
 */
const BEGIN = String.raw`^"*|[;|\t\r\n][\s"]*|,"*`;

/** An apostrophe makes text of it; so does one more, so that text with an apostrophe of its own is told from guarded text. */
const TO_GUARD = new RegExp(`(${BEGIN})('*${FORMULA})`, 'gu');
const GUARDED = new RegExp(`(${BEGIN})'('*${FORMULA})`, 'gu');

/** A cell that begins with one of these is guarded, too, as OWASP asks. */
const BLANK = /^'*[\t\r]/;

/** Text that no spreadsheet takes for a formula, even if it splits the line at another separator. */
export function guarded(text: string): string {
  const inside = text.replace(TO_GUARD, "$1'$2");
  return BLANK.test(text) ? `'${inside}` : inside;
}

/** The text that was guarded. What came without a guard, from another program, is left as it is. */
export function unguarded(text: string): string {
  const inside = text.startsWith("'") && BLANK.test(text) ? text.slice(1) : text;
  return inside.replace(GUARDED, '$1$2');
}
