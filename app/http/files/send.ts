import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';
import { guarded } from './csv';
import { decimal } from './decimal';

/** A cell: text, which is guarded; a number; money, in ten-thousandths as a bigint; a time; or nothing. */
export type Cell = string | number | bigint | Date | null;

/** A client that takes nothing for so long has gone, whatever its connection says. */
const STALL_TIMEOUT_MS = 30_000;

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

/** What Node says where the other side closed the connection. */
const CLIENT_GONE = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);

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
  const rest = pages[Symbol.asyncIterator]();
  const first = await rest.next();
  res.set({
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-cache',
  });
  if (res.req.method === 'HEAD') {
    await rest.return?.();
    res.end();
    return;
  }
  res.setTimeout(STALL_TIMEOUT_MS, () => res.destroy());
  async function* text() {
    try {
      yield lines([columns, ...(first.done ? [] : first.value)]);
      for await (const page of { [Symbol.asyncIterator]: () => rest }) yield lines(page);
    } catch (error) {
      // The log has its line as soon as the connection breaks, and is to say why.
      res.locals.error = error;
      throw error;
    }
  }
  try {
    await pipeline(text, res);
  } catch (error) {
    if (!CLIENT_GONE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function lines(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], FORMAT);
}
