import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '../problems/problem';
import { tooMany } from './connections';
import { type PlaceLimits, Places } from './places';
import { clientOfRequest } from './proxies';

/** The detail for a body that there is no room for. */
const DETAIL =
  'Too much is being sent at once, from your address or in all. Nothing was recorded. Try again later.';

/** The limits of bodies. */
export interface BodyLimits extends PlaceLimits {
  /** The first bytes of each body, which are not counted. */
  readonly freeBytes: number;
  /** The largest body of any path. There is room for one while no other is under way. */
  readonly largestBytes: number;
  /** Whether a request is the monitor's, for which there is always room. */
  readonly isMonitor: (req: IncomingMessage) => boolean;
}

/**
 * Limits the bytes of the bodies under way, since a body is in memory until it is whole. The first bytes of each are free,
 * so that forms pass even while large files are sent.
 */
export class Bodies {
  readonly #limits: BodyLimits;
  readonly #places: Places;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
    this.#places = new Places(limits, limits.largestBytes);
  }

  /**
   * Takes room for a body until its request is answered.
   *
   * @param refuse answers a request in the middle of a body of unknown length. The reader of the body then gets neither the
   * rest nor the end, so that a refused request does nothing
   * @returns the problem, if there is no room
   */
  begin(
    req: IncomingMessage,
    res: ServerResponse,
    refuse: (problem: Problem) => void,
  ): Problem | undefined {
    const { 'content-length': length, 'transfer-encoding': coding } = req.headers;
    if (length === undefined && coding === undefined) return undefined;
    const { freeBytes, largestBytes, isMonitor } = this.#limits;
    if (isMonitor(req)) return undefined;
    const client = clientOfRequest(req);
    let kept = 0;
    let isClosed = false;
    const keep = (bytes: number): boolean => {
      // A client that got its answer early may go on sending. Node discards that.
      if (isClosed) return true;
      // A body above the largest is refused by its path.
      const more = Math.min(bytes, largestBytes) - freeBytes - kept;
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
    if (coding !== undefined) {
      // A client that was answered already gets no second answer.
      const isTaken = (bytes: number) => res.headersSent || keep(bytes);
      passWhile(isTaken, req, () => {
        refuse(tooMany(DETAIL));
        // The reader would wait for an end that does not come.
        res.once('close', () => req.destroy());
      });
    }
    return undefined;
  }
}

/**
 * Passes a body on to its reader as long as there is room. A listener could not stop the reader, and would start the flow of
 * the body. A body that nobody reads is left alone: Node buffers a few kB of it and reads no more.
 *
 * @param isTaken gets the number of bytes so far; returns whether there is room
 * @param onRefused called once, if there is no more room
 */
function passWhile(
  isTaken: (bytes: number) => boolean,
  req: IncomingMessage,
  onRefused: () => void,
): void {
  const push = req.push.bind(req);
  let bytes = 0;
  let isRefused = false;
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    // Discarded, so that Node reads to the end.
    if (isRefused) return true;
    bytes += chunk?.length ?? 0;
    if (chunk === null || !isRead(req) || isTaken(bytes)) return push(chunk, encoding);
    isRefused = true;
    onRefused();
    return true;
  };
}

function isRead(req: IncomingMessage): boolean {
  return req.readableFlowing !== null || req.listenerCount('readable') > 0;
}
