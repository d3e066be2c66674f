import type { z } from 'zod';
import { DOCUMENT_LINES_MAX } from '../../../ledger/documents/document';
import type { FieldFault } from '../../../wire/problem-members';
import { someLines } from '../../fields/some-lines';

/** The lines of a hold or a transfer. */
export function documentLines<T extends z.ZodType>(line: T) {
  return someLines(line, DOCUMENT_LINES_MAX);
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
