/**
 * What makes a spreadsheet take text for a formula
 * (https://owasp.org/www-community/attacks/CSV_Injection), with its full-width forms; after any guards,
 * so that text which begins with an apostrophe of its own is told from guarded text.
 */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const GUARD = "'";

/** Text that no spreadsheet takes for a formula. */
export function guarded(text: string): string {
  return FORMULA.test(text) ? GUARD + text : text;
}

/** The text that was guarded. What came without a guard, from another program, is left as it is. */
export function unguarded(text: string): string {
  return text.startsWith(GUARD) && FORMULA.test(text) ? text.slice(GUARD.length) : text;
}
