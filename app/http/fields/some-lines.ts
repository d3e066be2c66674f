import { z } from 'zod';

/** A list of lines, such as those of a hold: one at least. @param most the most lines that it may have */
export function someLines<T extends z.ZodType>(line: T, most: number) {
  return z
    .array(line, {
      error: ({ input }) => (input === undefined ? 'is required' : 'must be an array'),
    })
    .min(1, 'must have a line')
    .max(most, `may have ${most} lines at most`);
}
