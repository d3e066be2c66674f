import { IDEMPOTENCY_KEY_HEADER } from '../wire/headers';
import { isProblem, type ProblemAnswer } from '../wire/problem';
import { ForeignAnswer, Refused, Unreachable } from './failure';

/** How a client reaches its service. */
interface Access {
  /** What stands before each path, without a slash at its end: a URL, or for the page a path on its own host. */
  readonly base: () => string;
  /** A request without an answer after this time is given up. The service itself answers sooner. */
  readonly timeoutMs: number;
  /** Sends a request; by fetch() if left out. @throws Unreachable if there is no answer */
  readonly send?: (url: string, init: RequestInit) => Promise<Response>;
  /** Called with each problem that the service answers with. */
  readonly onProblem?: (problem: ProblemAnswer) => void;
}

/** A request as fetch() takes it, with short forms of what the service reads. */
export interface ServiceRequest extends RequestInit {
  /** The body, which is sent as JSON. */
  readonly json?: unknown;
  /** The Idempotency-Key. */
  readonly key?: string | undefined;
  /** The entity tag that the thing to change must still have. */
  readonly ifMatch?: string | undefined;
}

/** An answer, and the headers that matter. */
export interface Answer<T> {
  readonly body: T;
  readonly etag: string | undefined;
  /** The path of the next page, as the header Link says. */
  readonly next: string | undefined;
}

/** The HTTP API as page and monitor ask it. Paths are those of the API, without the BASE_PATH of the service. */
export class ServiceClient {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  /** Asks, and reads the answer as JSON. @throws Refused, Unreachable */
  async ask<T>(path: string, request: ServiceRequest = {}): Promise<Answer<T>> {
    const response = await this.reach(path, request);
    const text = await response.text().catch((cause) => {
      throw new Unreachable('The answer broke off.', { cause });
    });
    const body = this.read(text);
    if (!response.ok && response.status !== 304) throw this.#failure(path, request, response, body);
    if (response.ok && response.status !== 204 && body === undefined)
      throw new ForeignAnswer(response.status, 'The answer is not one of the service.');
    return {
      body: body as T,
      etag: response.headers.get('ETag') ?? undefined,
      next: this.#nextOf(response.headers.get('Link')),
    };
  }

  /** Asks for as long as the request's signal allows. @returns the head of a success @throws Refused, Unreachable */
  async open(path: string, request: ServiceRequest): Promise<Response> {
    const response = await this.#send(path, request);
    if (response.ok) return response;
    const body = this.read(await response.text().catch(() => ''));
    throw this.#failure(path, request, response, body);
  }

  /** Waits for the head of any answer. @throws Unreachable */
  reach(path: string, request: ServiceRequest = {}): Promise<Response> {
    const timeout = AbortSignal.timeout(this.#access.timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    return this.#send(path, { ...request, signal });
  }

  /** The URL of a path of the API. A whole URL stays as it is. */
  urlOf(path: string): string {
    return path.startsWith('/') ? this.#access.base() + path : path;
  }

  /** The JSON of an answer, with the type of a problem as it is without BASE_PATH; undefined if it is no JSON. */
  read(text: string): unknown {
    if (text === '') return undefined;
    try {
      const body = JSON.parse(text);
      const type = body?.type;
      return typeof type === 'string' ? { ...body, type: this.#withoutBase(type) } : body;
    } catch {
      return undefined;
    }
  }

  async #send(path: string, request: ServiceRequest): Promise<Response> {
    const { send = sendByFetch } = this.#access;
    return send(this.urlOf(path), { redirect: 'error', ...initOf(request) });
  }

  #failure(
    path: string,
    { method = 'GET' }: RequestInit,
    { status, headers }: Response,
    body: unknown,
  ): Refused | ForeignAnswer {
    const { title = '', detail = '' } = (body ?? {}) as { title?: string; detail?: string };
    const message = `${method} ${path}: ${status} ${title} ${detail}`;
    if (!isProblem(body)) return new ForeignAnswer(status, message);
    this.#access.onProblem?.(body);
    const seconds = Number(headers.get('Retry-After') ?? Number.NaN);
    return new Refused(body, Number.isFinite(seconds) ? seconds * 1_000 : undefined, message);
  }

  /** The target of `rel="next"` (RFC 8288). */
  #nextOf(link: string | null): string | undefined {
    const next = link?.match(/<([^>]+)>;\s*rel="next"/)?.[1];
    return next === undefined ? undefined : this.#withoutBase(next);
  }

  /** A path that the service names: in its answers the path of the base comes first. */
  #withoutBase(path: string): string {
    const base = this.#access.base().replace(/^[a-z]+:\/\/[^/]*/, '');
    return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  }
}

async function sendByFetch(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new Unreachable('The service does not answer.', { cause });
  }
}

function initOf({ json, key, ifMatch, ...init }: ServiceRequest): RequestInit {
  const headers = new Headers(init.headers);
  if (key !== undefined) headers.set(IDEMPOTENCY_KEY_HEADER, key);
  if (ifMatch !== undefined) headers.set('If-Match', ifMatch);
  if (json === undefined) return { ...init, headers };
  headers.set('Content-Type', 'application/json');
  return { ...init, headers, body: JSON.stringify(json) };
}
