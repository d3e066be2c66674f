import type { Request, Response } from 'express';
import { type PagePlace, pageUrl } from '../invitation';
import { type Flow, FlowSeal } from './flow';
import { FlowCookies, PROVIDER_PATH } from './flow-cookies';
import type { Account, Provider } from './provider';

/** What a flow is for, besides signing in. */
export type Purpose = Pick<Flow, 'device' | 'invitationHash' | 'sessionID'>;

/** The way to the provider and back. No process remembers who is on it: that waits, sealed, in a cookie of the browser. */
export class ProviderDoor {
  readonly host: string;
  readonly #provider: Provider;
  readonly #callback: string;
  readonly #cookies: FlowCookies;
  readonly #seal: FlowSeal;

  constructor(provider: Provider, place: PagePlace) {
    this.#provider = provider;
    this.host = provider.host;
    this.#callback = `${pageUrl(place)}${PROVIDER_PATH}/callback`;
    this.#cookies = new FlowCookies(place.publicUrl, place.basePath ?? '');
    this.#seal = new FlowSeal(provider.settings.clientSecret);
  }

  /** Begins. @returns where to send the browser @throws ProviderFailure */
  async leave(req: Request, res: Response, purpose: Purpose): Promise<URL> {
    const { url, checks } = await this.#provider.begin(this.#callback);
    const sealed = await this.#seal.seal({ ...checks, ...purpose });
    this.#cookies.set(req, res, checks.state, sealed);
    return url;
  }

  /**
   * The browser is back. Its cookie is used up, also if the sign-in fails.
   *
   * @returns what it had begun, and whose account it is; undefined if this browser has not begun
   * @throws ProviderFailure
   */
  async comeBack(
    req: Request,
    res: Response,
  ): Promise<{ readonly flow: Flow; readonly account: Account } | undefined> {
    // The address is ours, and not the Host that the request names. The provider has added the query.
    const returned = new URL(this.#callback);
    returned.search = /\?.*$/s.exec(req.originalUrl)?.[0] ?? '';
    const state = returned.searchParams.get('state') ?? '';
    const sealed = this.#cookies.sealedFor(req, state);
    this.#cookies.clear(res, state);
    const flow = sealed === undefined ? undefined : await this.#seal.open(sealed);
    if (!flow) return undefined;
    return { flow, account: await this.#provider.finish(returned, flow) };
  }
}
