import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { Slices } from '../../ledger/slice';
import { isStillLetIn, LET_IN_MS } from '../access/caller';

/** The codes of Node's errors for a connection that the client closed. */
const CLIENT_GONE = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);

/**
 * Answers with a body that is made part by part, as fast as the client reads. If making the first part fails, the answer
 * is a problem. If a later part fails, or its client loses the right to read it, the connection breaks, so that no client takes half a
 * body for the whole.
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
  // A client that reads nothing for long loses its connection: front/connections.ts.
  async function* all() {
    const slices = new Slices();
    let letInAt = performance.now();
    try {
      if (!first.done) yield first.value;
      for await (const part of { [Symbol.asyncIterator]: () => rest }) {
        // Without this, a fast client would get part after part without a pause for other requests.
        if (slices.isOver) await slices.next();
        if (performance.now() - letInAt >= LET_IN_MS) {
          // While the store is out of reach nobody knows, and the next part fails.
          if (!(await isStillLetIn(res).catch(() => true))) return void res.destroy();
          letInAt = performance.now();
        }
        yield part;
      }
    } catch (error) {
      // The line of the log is written when the connection breaks, and must have the cause.
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
  let separator = '[';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield separator + page.map(line).join(',');
    separator = ',';
  }
  yield separator === '[' ? '[]' : ']';
}
