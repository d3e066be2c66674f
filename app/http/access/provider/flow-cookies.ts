import { parse } from 'cookie';
import type { Request, Response } from 'express';
import { FLOW_MS } from './flow';

/** The path of the operations that need these cookies. */
export const PROVIDER_PATH = '/sign-in/provider';

const NAME = 'inventory-flow-';

/** The part of a state that names its cookie: each tab has its own. */
const NAMED = 16;

/** Flows of one browser that wait at a time. Their cookies come with each request, whose headers have a limit. */
const FLOWS_MAX = 4;

/** The end of a name that we have set. Others were made up, and may have characters that no cookie can be cleared by. */
const NAME_END = new RegExp(`^[\\w-]{${NAMED}}$`);

/** States as openid-client makes them: 256 random bits. */
const STATE = /^[\w-]{43}$/;

/**
 * The cookies of sign-ins that have begun. They are `Lax`, since the provider's site sends the browser back. Where people come
 * by HTTPS their prefix keeps other hosts of the domain from setting them, which needs the path `/`; elsewhere they are bound to
 * the path of the sign-in.
 */
export class FlowCookies {
  readonly #isSecure: boolean;
  readonly #prefix: string;
  readonly #path: string;

  /** @param publicUrl where people reach the service @param basePath the path under which it serves */
  constructor(publicUrl: string | undefined, basePath: string) {
    this.#isSecure = publicUrl?.startsWith('https:') ?? false;
    this.#prefix = this.#isSecure ? `__Host-${NAME}` : NAME;
    this.#path = this.#isSecure ? '/' : `${basePath}${PROVIDER_PATH}`;
  }

  /** What waits for a state; undefined if this browser has not begun with it, or has ended already. */
  sealedFor(req: Request, state: string): string | undefined {
    return STATE.test(state) ? parse(req.headers.cookie ?? '')[this.#nameOf(state)] : undefined;
  }

  /** Begins: sets the cookie, and forgets the flows that were begun first if there are many. */
  set(req: Request, res: Response, state: string, sealed: string): void {
    // Browsers send the oldest cookies first (RFC 6265, section 5.4).
    const waiting = Object.keys(parse(req.headers.cookie ?? '')).filter(
      (name) => name.startsWith(this.#prefix) && NAME_END.test(name.slice(this.#prefix.length)),
    );
    for (const name of waiting.slice(0, Math.max(0, waiting.length - FLOWS_MAX + 1))) {
      res.clearCookie(name, this.#attributes());
    }
    res.cookie(this.#nameOf(state), sealed, { ...this.#attributes(), maxAge: FLOW_MS });
  }

  /** Ends a flow: it is not used again, also if the sign-in failed. */
  clear(res: Response, state: string): void {
    if (STATE.test(state)) res.clearCookie(this.#nameOf(state), this.#attributes());
  }

  #nameOf(state: string): string {
    return this.#prefix + state.slice(0, NAMED);
  }

  #attributes() {
    return { httpOnly: true, sameSite: 'lax', secure: this.#isSecure, path: this.#path } as const;
  }
}
