import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';
import { shortDecimal } from '../../../ledger/money';
import { guarded } from '../../../wire/csv-guard';
import { sendParts } from '../../answers/send-parts';

/** A cell: text, which is guarded; a number; money as a bigint of ten-thousandths; a time; or nothing. */
export type ExportCell = string | number | bigint | Date | null;

/** RFC 4180: lines end with CR LF, and cells with a line break, comma or quote are quoted. */
const FORMAT = {
  record_delimiter: 'windows',
  quote_record_delimiter: true,
  cast: {
    string: guarded,
    bigint: shortDecimal,
    date: (time: Date) => time.toISOString(),
  },
} as const;

/**
 * Answers with a CSV file, page by page, as fast as the client reads. If reading the first page fails, the answer is a
 * problem. If a later page fails, the connection breaks, so that no client takes half a file for the whole.
 *
 * @param name of the file
 * @param pages its lines below the header, a bounded number at a time
 */
export async function sendCsv(
  res: Response,
  name: string,
  columns: readonly string[],
  pages: AsyncIterable<readonly (readonly ExportCell[])[]>,
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

function lines(rows: readonly (readonly ExportCell[])[]): string {
  return stringify(rows as ExportCell[][], FORMAT);
}
