import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '../problems/problem';
import { tooMany } from './connections';
import { clientOf, type PlaceLimits, Places } from './places';

/** What is told of a body that there is no room for. */
const DETAIL =
  'Too much is being sent at once, from your address or in all. Nothing was recorded. Try again later.';

/** How bodies are bounded. */
export interface BodyLimits extends PlaceLimits {
  /** The first bytes of each body, which are not counted. */
  readonly freeBytes: number;
  /** The largest body that any path takes, for which there is always room in an empty service. */
  readonly largestBytes: number;
  /** Whether a request is the monitor's own, for which there is always room. */
  readonly isMonitor: (req: IncomingMessage) => boolean;
}

/**
 * Bounds the bytes of the bodies under way: a body waits in memory until it is whole. The first bytes of each are free,
 * so that a form goes through whatever large files are on their way.
 */
export class Bodies {
  readonly #limits: BodyLimits;
  readonly #places: Places;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
    this.#places = new Places(limits, limits.largestBytes);
  }

  /**
   * Keeps room for a body, until it is answered.
   *
   * @param refuse answers a request in the middle of a body of unknown length. Its reader gets no more of the body and never
   * its end, so that a request that was refused does nothing
   * @returns why there is none, if there is none
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
    const client = clientOf(req.socket.remoteAddress);
    let kept = 0;
    let isClosed = false;
    const keep = (bytes: number): boolean => {
      // Who was answered before the end of the body may go on sending: Node reads that, and keeps nothing of it.
      if (isClosed) return true;
      // More than the largest is refused by the path that it is for.
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
      // Who was answered already is not told another thing.
      const isTaken = (bytes: number) => res.headersSent || keep(bytes);
      passWhile(isTaken, req, () => {
        refuse(tooMany(DETAIL));
        // Its reader waits for an end that does not come.
        res.once('close', () => req.destroy());
      });
    }
    return undefined;
  }
}

/**
 * Passes a body on to its reader as long as its bytes are taken. A listener could not keep them from the reader, and would
 * set the body flowing. A body that nobody reads is left alone: Node keeps a few kB of it and asks for no more. Its request is
 * carried out, since it needs no body.
 *
 * @param isTaken is told how many bytes of the body there are so far
 * @param onRefused called once, when they are no longer taken
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
    // Thrown away, so that Node goes on to the end of it.
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
