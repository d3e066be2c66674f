/** Characters of a client's own text that an answer repeats: the longest right name or path is half as long. */
export const TOLD_MAX = 200;

/** A text as it is told back to the one who sent it: its beginning, and an ellipsis where there is more. */
export function shortened(text: string, max = TOLD_MAX): string {
  if (text.length <= max) return text;
  // A character of two halves is not cut in two.
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
