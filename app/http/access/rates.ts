import type { Response } from 'express';
import { Problem } from '../problems/problem';
import type { Caller } from './caller';

const MINUTE_S = 60;

/** What was left of a key's requests at a moment. */
interface Left {
  left: number;
  atMs: number;
}

/**
 * How many requests a minute each key may make, in one process: a token bucket for each key that has a limit
 * (https://en.wikipedia.org/wiki/Token_bucket). The answers say what is left, as in draft-ietf-httpapi-ratelimit-headers-10.
 */
export class Rates {
  readonly #byKey = new Map<number, Left>();

  /** Counts one request. @throws Problem `rate-limited` */
  take(res: Response, { subjectID, rateLimit }: Caller, nowMs = performance.now()): void {
    if (rateLimit === null || subjectID === undefined) return;
    const perMs = rateLimit / MINUTE_S / 1_000;
    const own = this.#byKey.get(subjectID) ?? { left: rateLimit, atMs: nowMs };
    this.#byKey.set(subjectID, own);
    own.left = Math.min(rateLimit, own.left + (nowMs - own.atMs) * perMs);
    own.atMs = nowMs;
    const isOver = own.left < 1;
    if (!isOver) own.left -= 1;
    const left = Math.floor(own.left);
    // Until there is one more.
    const seconds = Math.ceil((left + 1 - own.left) / perMs / 1_000);
    res.set('RateLimit-Policy', `"key";q=${rateLimit};w=${MINUTE_S}`);
    res.set('RateLimit', `"key";r=${left};t=${seconds}`);
    if (!isOver) return;
    throw new Problem(
      'rate-limited',
      `This key may make ${rateLimit} requests a minute. Nothing was recorded. Send it again in ${seconds} s.`,
      {},
      { 'Retry-After': String(seconds) },
    );
  }
}
