import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site on a port of loopback that belongs to somebody else. Each of its paths but `/` is empty. */
export class OtherSite {
  /** What its page has in its body. */
  html = '';
  /** The cookies that browsers sent to it. */
  readonly cookies: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((req, res) => {
      const { cookie } = req.headers;
      if (cookie !== undefined) this.cookies.push(cookie);
      res.writeHead(req.url === '/' ? 200 : 204, { 'Content-Type': 'text/html' });
      res.end(req.url === '/' ? `<title>Elsewhere</title><body>${this.html}` : '');
    });
  }

  static async start(): Promise<OtherSite> {
    const site = new OtherSite();
    await new Promise<void>((resolve) => site.#server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** Its page by this name of it. */
  at(host: string): string {
    return `http://${host}:${(this.#server.address() as AddressInfo).port}/`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
