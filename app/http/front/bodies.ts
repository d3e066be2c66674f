import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '../problem';
import { tooMany } from './connections';
import { clientOf, type PlaceLimits, Places } from './places';

/** What is told of a body that there is no room for. */
const DETAIL =
  'Too much is being sent at once, from your address or in all. Nothing was recorded. Try again later.';

/**
 * Bounds the bytes of the bodies under way: a body waits in memory until it is whole. The first bytes of each are free,
 * so that a form goes through whatever large files are on their way.
 */
export class Bodies {
  readonly #places: Places;
  readonly #freeBytes: number;
  readonly #largestBytes: number;

  /** @param largestBytes the largest body that any path takes, for which there is always room in an empty service */
  constructor(limits: PlaceLimits, freeBytes: number, largestBytes: number) {
    this.#places = new Places(limits, largestBytes);
    this.#freeBytes = freeBytes;
    this.#largestBytes = largestBytes;
  }

  /**
   * Keeps room for a body, until it is answered.
   *
   * @param refuse answers a request in the middle of its body, of which nobody knew how long it would be
   * @returns why there is none, if there is none
   */
  begin(
    req: IncomingMessage,
    res: ServerResponse,
    refuse: (problem: Problem) => void,
  ): Problem | undefined {
    const { 'content-length': length, 'transfer-encoding': coding } = req.headers;
    if (length === undefined && coding === undefined) return undefined;
    const client = clientOf(req.socket.remoteAddress);
    let kept = 0;
    let isClosed = false;
    const keep = (bytes: number): boolean => {
      // Who was answered before the end of the body may go on sending: Node reads that, and keeps nothing of it.
      if (isClosed) return true;
      // More than the largest is refused by the path that it is for.
      const more = Math.min(bytes, this.#largestBytes) - this.#freeBytes - kept;
      if (more <= 0) return true;
      if (this.#places.isShareTaken(client, more) || this.#places.isFull(more)) return false;
      this.#places.take(client, more);
      kept += more;
      return true;
    };
    if (!keep(Number(length ?? 0))) return tooMany(DETAIL);
    res.once('close', () => {
      if (kept > 0) this.#places.giveBack(client, kept);
      isClosed = true;
    });
    if (coding !== undefined) onBytes(req, (bytes) => keep(bytes) || refuse(tooMany(DETAIL)));
    return undefined;
  }
}

/** Counts the bytes of a body as they come, before whoever reads it does: a listener would set it flowing. */
function onBytes(req: IncomingMessage, count: (bytes: number) => unknown): void {
  const push = req.push.bind(req);
  let bytes = 0;
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (chunk !== null) {
      bytes += chunk.length;
      count(bytes);
    }
    return push(chunk, encoding);
  };
}
