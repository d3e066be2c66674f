import { z } from 'zod';
import { DOCUMENT_LINES_MAX } from '../../../ledger/documents/document';
import type { FieldFault } from '../../../wire/problem-members';

/** The lines of a hold or a transfer. */
export function documentLines<T extends z.ZodType>(line: T) {
  return z
    .array(line)
    .min(1, 'must have a line')
    .max(DOCUMENT_LINES_MAX, `may have ${DOCUMENT_LINES_MAX} lines at most`);
}

/**
 * The faults of lines that are about the same as one before them.
 *
 * @param about what a line is about
 * @param named the same in words, such as `a product`
 */
export function repeatedLines<L>(
  lines: readonly L[],
  about: (line: L) => string,
  named: string,
): FieldFault[] {
  const seen = new Set<string>();
  return lines.flatMap((line, index) => {
    const isRepeated = seen.has(about(line));
    seen.add(about(line));
    const detail = `names ${named} that another line names: add up their quantities`;
    return isRepeated ? [{ field: `lines.${index}`, detail }] : [];
  });
}
