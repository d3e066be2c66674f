import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';

/** A real SMTP server that keeps what it takes. */
export class Mailbox {
  readonly mails: Email[] = [];
  /** What it answers to a mail instead of taking it, one for each mail. */
  readonly refusals: (number | undefined)[] = [];
  readonly #server: SMTPServer;

  constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.on('end', async () => {
          const refusal = this.refusals.shift();
          if (refusal) return done(Object.assign(new Error('no'), { responseCode: refusal }));
          this.mails.push(await PostalMime.parse(Buffer.concat(chunks)));
          done();
        });
      },
    });
  }

  async open(host = '127.0.0.1'): Promise<string> {
    const server = this.#server.listen(0, host);
    await once(server, 'listening');
    return `smtp://${host}:${(server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of 24 bytes, or').toString('base64')}`;

/** A message as the receiver verified it. */
export interface Hooked {
  readonly id: string;
  readonly body: { readonly type: string; readonly data: { readonly productID: number } };
}

/** A real receiver of webhooks that verifies their signatures. */
export class Receiver {
  readonly hooked: Hooked[] = [];
  /** What it answers instead of 204, one for each message. */
  readonly statuses: number[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk);
      const headers = req.headers as Record<string, string>;
      const text = Buffer.concat(chunks).toString();
      const body = new Webhook(WEBHOOK_SECRET).verify(text, headers) as Hooked['body'];
      const status = this.statuses.shift() ?? 204;
      if (status === 204) this.hooked.push({ id: headers['webhook-id'] ?? '', body });
      res.writeHead(status, { location: '/elsewhere' }).end();
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
