import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';
import { guarded } from '../../../wire/csv-guard';
import { sendParts } from '../../answers/send-parts';
import { decimal } from '../../files/decimal';

/** A cell: text, which is guarded; a number; money, in ten-thousandths as a bigint; a time; or nothing. */
export type Cell = string | number | bigint | Date | null;

/** RFC 4180: lines end by CR LF, and a cell with any line break, comma or quote in it is quoted. */
const FORMAT = {
  record_delimiter: 'windows',
  quote_record_delimiter: true,
  cast: {
    string: guarded,
    bigint: decimal,
    date: (time: Date) => time.toISOString(),
  },
} as const;

/**
 * Answers with a CSV file, page by page, as fast as the client reads and no longer than it does. A
 * failure before the first page is a problem like any other; after it the connection breaks, so that
 * nobody takes a part for the whole.
 *
 * @param name of the file
 * @param pages its lines below the header, a bounded number at a time
 */
export async function sendCsv(
  res: Response,
  name: string,
  columns: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): Promise<void> {
  async function* text() {
    let header = [columns];
    for await (const page of pages) {
      yield lines([...header, ...page]);
      header = [];
    }
    if (header.length > 0) yield lines(header);
  }
  const headers = {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-cache',
  };
  await sendParts(res, headers, text());
}

function lines(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], FORMAT);
}
