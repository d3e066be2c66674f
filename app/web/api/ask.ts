import { isProblem, type ProblemAnswer } from '../../wire/problem';
import { atBase, fromBase } from './base-path';

/** An answer that is a problem. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly problem: ProblemAnswer,
    /** How long to wait before the next try, if the service says so. */
    readonly retryAfterMs: number | undefined,
  ) {
    super(problem.detail);
  }
}

/** No answer came, or it was not the service's own: the service cannot be reached now. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** An answer, and the headers that matter. */
export interface Answer<T> {
  readonly body: T;
  readonly etag: string | undefined;
  /** Where the next page is, as the header Link says. */
  readonly next: string | undefined;
}

/** A request that has no answer after so long is given up; the service itself answers sooner. */
const TIMEOUT_MS = 45_000;

/** Asks the service. @throws Refused, Unreachable */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
  const response = await reach(path, init);
  const text = await response.text().catch((cause) => {
    throw new Unreachable('The answer broke off.', { cause });
  });
  const body = parsed(text);
  if (!response.ok && response.status !== 304) throw refusal(response, body);
  // A proxy, or a network that asks for a login first, answers with its own page.
  if (response.ok && response.status !== 204 && body === undefined)
    throw new Unreachable('The answer is not one of the service.');
  return {
    body: body as T,
    etag: response.headers.get('ETag') ?? undefined,
    next: nextOf(response.headers.get('Link')),
  };
}

/** Sends a request, and waits for the head of its answer. @throws Unreachable */
export async function reach(path: string, init: RequestInit = {}): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    return await fetch(atBase(path), { redirect: 'error', ...init, signal });
  } catch (cause) {
    throw new Unreachable('The service does not answer.', { cause });
  }
}

/** What an answer that is not a success says. */
export function refusal(response: Response, body: unknown): Refused | Unreachable {
  // A proxy in front of the service has no problem to tell.
  if (!isProblem(body)) return new Unreachable(`The service does not answer (${response.status}).`);
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new Refused(body, Number.isFinite(seconds) ? seconds * 1_000 : undefined);
}

/** The parsed JSON; undefined if it is not JSON. */
export function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return withOwnType(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A problem with its type as it is without the base path; all else as it is. */
function withOwnType(body: unknown): unknown {
  const { type } = (body ?? {}) as { type?: unknown };
  return typeof type === 'string' ? { ...(body as object), type: fromBase(type) } : body;
}

/** The target of `rel="next"` (RFC 8288). */
function nextOf(link: string | null): string | undefined {
  const next = link?.match(/<([^>]+)>;\s*rel="next"/)?.[1];
  return next === undefined ? undefined : fromBase(next);
}
