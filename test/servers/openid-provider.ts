import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parseSetCookie } from 'cookie';

/** The secret of the one client of the provider. */
export const CLIENT_SECRET = 'the-secret-of-the-shop-at-the-provider';

/** A real OpenID provider, in a process of its own. */
export class OpenIDProvider {
  readonly issuer: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.issuer = `http://127.0.0.1:${port}`;
  }

  /** @param publicUrls of the services that may use it @param port 0 for any free one */
  static async start(publicUrls: readonly string[], port = 0): Promise<OpenIDProvider> {
    const callbacks = publicUrls.map((url) => `${url}/sign-in/provider/callback`);
    const child = spawn(
      process.execPath,
      [
        '--require',
        path.join(__dirname, 'typescript.js'),
        path.join(__dirname, 'openid-provider-host.ts'),
        String(port),
        CLIENT_SECRET,
        ...callbacks,
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    const ended = once(child, 'close').then(() => {
      throw new Error(`The OpenID provider has ended. ${said}`);
    });
    const [line] = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
    ended.catch(() => {});
    return new OpenIDProvider(child, Number(line));
  }

  /** What a service needs to know of it. */
  settings(publicUrl: string): Readonly<Record<string, string>> {
    return {
      ACCESS: 'keys',
      PUBLIC_URL: publicUrl,
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: 'shop',
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
    };
  }

  /** Has it put these claims into its ID tokens from now on. */
  async forge(claims: Readonly<Record<string, unknown>>): Promise<void> {
    const body = JSON.stringify(claims);
    await fetch(`${this.issuer}/test/forge`, { method: 'POST', body });
  }

  /**
   * Signs in there, as a browser does that comes from a service.
   *
   * @param url where the service sends the browser
   * @returns where the provider sends it back to
   */
  async signIn(url: string, account: string): Promise<URL> {
    const jar: Record<string, string> = {};
    const go = async (to: URL, form?: Readonly<Record<string, string>>): Promise<URL> => {
      const answer = await fetch(to, {
        redirect: 'manual',
        headers: {
          Cookie: Object.entries(jar)
            .map(([name, value]) => `${name}=${value}`)
            .join('; '),
        },
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      });
      for (const each of answer.headers.getSetCookie()) {
        const { name, value = '' } = parseSetCookie(each) ?? { name: '' };
        if (name) jar[name] = value;
      }
      const location = answer.headers.get('Location');
      if (!location) throw new Error(`${answer.status} at ${to}: ${await answer.text()}`);
      return new URL(location, to);
    };
    let at = await go(new URL(url));
    for (let step = 0; at.origin === this.issuer; step += 1) {
      if (step > 10) throw new Error(`The provider does not send the browser back: ${at}`);
      const asks = at.pathname.startsWith('/interaction/');
      at = await go(at, asks ? { prompt: 'login', login: account, password: 'any' } : undefined);
    }
    return at;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
