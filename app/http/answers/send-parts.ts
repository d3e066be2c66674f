import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { Slices } from '../../ledger/slice';

/** What Node says where the other side closed the connection. */
const CLIENT_GONE = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);

/**
 * Answers with a body that is made part by part, as fast as the client reads and no longer than it does. A
 * failure before the first part is a problem like any other; after it the connection breaks, so that
 * nobody takes a part for the whole.
 *
 * @param parts made one at a time, each within a few milliseconds
 */
export async function sendParts(
  res: Response,
  headers: Readonly<Record<string, string>>,
  parts: AsyncIterable<string | Buffer>,
): Promise<void> {
  const rest = parts[Symbol.asyncIterator]();
  const first = await rest.next();
  res.set(headers);
  if (res.req.method === 'HEAD') {
    await rest.return?.();
    res.end();
    return;
  }
  // One that takes nothing for long loses its connection: front/connections.ts.
  async function* all() {
    const slices = new Slices();
    try {
      if (!first.done) yield first.value;
      for await (const part of { [Symbol.asyncIterator]: () => rest }) {
        // A client that is quick enough takes part after part without a pause.
        if (slices.isOver) await slices.next();
        yield part;
      }
    } catch (error) {
      // The log has its line as soon as the connection breaks, and is to say why.
      res.locals.error = error;
      throw error;
    }
  }
  try {
    await pipeline(all, res);
  } catch (error) {
    if (!CLIENT_GONE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** A JSON list as text, part by part: `[`, the lines of each page with commas between them, and `]`. */
export async function* jsonList<T>(
  pages: AsyncIterable<readonly T[]>,
  line: (entry: T) => string,
): AsyncGenerator<string> {
  let before = '[';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield before + page.map(line).join(',');
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}
