/** Characters of a client's text that an answer repeats: twice the longest valid name or path. */
export const REPEATED_MAX = 200;

/** The beginning of a text, with an ellipsis if there is more. */
export function shortened(text: string, max = REPEATED_MAX): string {
  if (text.length <= max) return text;
  // Surrogate pairs are not cut in two.
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
