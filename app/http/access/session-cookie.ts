import { parse } from 'cookie';
import type { Request, Response } from 'express';

const NAME = 'inventory-session';

/**
 * The cookie of a session. No script can read it, no page of another site can send it, and where people reach the service by
 * HTTPS it is sent by HTTPS only. There its prefix keeps other hosts of the domain from setting it
 * (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes). A browser has one set of cookies
 * for all ports of a host (RFC 6265, section 8.5), so the port is in its name: services beside each other sign nobody out.
 */
export class SessionCookie {
  readonly #isSecure: boolean;
  readonly #name: string;

  /** @param publicUrl where people reach the service */
  constructor(publicUrl: string | undefined) {
    this.#isSecure = publicUrl?.startsWith('https:') ?? false;
    const port = publicUrl === undefined ? '' : new URL(publicUrl).port;
    const name = port === '' ? NAME : `${NAME}-${port}`;
    this.#name = this.#isSecure ? `__Host-${name}` : name;
  }

  /** The secret in it; undefined if the request has no such cookie. */
  secretOf(req: Request): string | undefined {
    const { cookie } = req.headers;
    return cookie === undefined ? undefined : parse(cookie)[this.#name];
  }

  set(res: Response, secret: string, expires: Date): void {
    res.cookie(this.#name, secret, { ...this.#attributes(), expires });
  }

  clear(res: Response): void {
    res.clearCookie(this.#name, this.#attributes());
  }

  #attributes() {
    return { httpOnly: true, sameSite: 'strict', secure: this.#isSecure, path: '/' } as const;
  }
}
