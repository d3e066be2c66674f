import type * as OpenID from 'openid-client';
import { boundedFetch } from './bounded-fetch';
import { failureOf, type ProviderFailure } from './provider-failure';

/** What names a provider, and this service at it. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientID: string;
  readonly clientSecret: string;
}

/** What has to come back from the provider, and what proves that the same browser began. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636): only who has it can use the code. */
  readonly verifier: string;
}

/** An account at the provider. `sub` is never given to another account; an e-mail address or a name may be. */
export interface Account {
  readonly issuer: string;
  readonly sub: string;
}

/** Seconds for one answer of the provider: somebody waits in front of the page. */
const TIMEOUT_S = 5;

/** For how long what the provider says of itself holds. Its keys are asked for again when an unknown one is used. */
const DOCUMENT_MS = 3_600_000;

/**
 * An OpenID provider, asked with the authorization code flow and PKCE. It is asked about itself when somebody first signs in,
 * and again until it answers: the service starts and works without it.
 */
export class Provider {
  readonly settings: ProviderSettings;
  readonly #onFailure: (failure: ProviderFailure) => void;
  #known: { readonly until: number; readonly config: Promise<OpenID.Configuration> } | undefined;

  /** @param onFailure told of each failure, for the log */
  constructor(settings: ProviderSettings, onFailure: (failure: ProviderFailure) => void) {
    this.settings = settings;
    this.#onFailure = onFailure;
  }

  /** The host of the provider, as people know it. */
  get host(): string {
    return new URL(this.settings.issuer).host;
  }

  /**
   * Begins a sign-in.
   *
   * @param callback where the provider sends the browser back to
   * @returns where to send the browser, and what to keep until it is back
   * @throws ProviderFailure
   */
  begin(callback: string): Promise<{ readonly url: URL; readonly checks: Checks }> {
    return this.#asked(async (openID, config) => {
      const checks = {
        state: openID.randomState(),
        nonce: openID.randomNonce(),
        verifier: openID.randomPKCECodeVerifier(),
      };
      const url = openID.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: 'openid',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await openID.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
      });
      return { url, checks };
    });
  }

  /**
   * Ends a sign-in: checks what came back, and asks the provider whose account it is.
   *
   * @param returned the callback's URL, with what the provider added
   * @throws ProviderFailure
   */
  finish(returned: URL, { state, nonce, verifier }: Checks): Promise<Account> {
    return this.#asked(async (openID, config) => {
      const tokens = await openID.authorizationCodeGrant(config, returned, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const { iss, sub } = tokens.claims() as OpenID.IDToken;
      return { issuer: iss, sub };
    });
  }

  async #asked<T>(
    ask: (openID: typeof OpenID, config: OpenID.Configuration) => Promise<T>,
  ): Promise<T> {
    try {
      // Loaded when it is first used: most services have no provider.
      const openID = await import('openid-client');
      return await ask(openID, await this.#config(openID));
    } catch (error) {
      const failure = failureOf(error);
      this.#onFailure(failure);
      throw failure;
    }
  }

  /** What the provider says of itself. All who need it at a time wait for one answer. */
  #config(openID: typeof OpenID): Promise<OpenID.Configuration> {
    const now = performance.now();
    if (this.#known && now < this.#known.until) return this.#known.config;
    const config = this.#discover(openID);
    const known = { until: now + DOCUMENT_MS, config };
    this.#known = known;
    // The next one tries again.
    config.catch(() => {
      if (this.#known === known) this.#known = undefined;
    });
    return config;
  }

  #discover(openID: typeof OpenID): Promise<OpenID.Configuration> {
    const { issuer, clientID, clientSecret } = this.settings;
    const server = new URL(issuer);
    return openID.discovery(server, clientID, clientSecret, undefined, {
      timeout: TIMEOUT_S,
      [openID.customFetch]: (url, options) => boundedFetch(url, options as RequestInit),
      execute: [
        // Signatures of ID tokens are checked, although they come by TLS from the provider itself.
        openID.enableNonRepudiationChecks,
        // The settings allow http for a provider on this machine only.
        ...(server.protocol === 'http:' ? [openID.allowInsecureRequests] : []),
      ],
    });
  }
}
