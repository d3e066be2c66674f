import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';

/** How a mail server fails: it is silent, closes the connection, says a little for ever, or answers a step with a code. */
export type MailFault =
  | 'silent'
  | 'closes after the greeting'
  | 'closes in the middle of DATA'
  | 'says a little for ever'
  | { readonly at: 'login' | 'MAIL' | 'RCPT' | 'DATA'; readonly code: number };

/** Often enough that no side thinks the other silent. */
const A_LITTLE_MS = 20;

/** A real SMTP server that keeps what it takes. */
export class Mailbox {
  readonly mails: Email[] = [];
  /** The same as they came, headers and all. */
  readonly sources: string[] = [];
  /** What it answers to a mail instead of taking it, one for each mail. */
  readonly refusals: (number | undefined)[] = [];
  /** How it fails, until this is changed. */
  fault: MailFault | undefined;
  /** How long it takes over each mail. */
  slowMs = 0;
  /** Connections so far. */
  connections = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server: SMTPServer;

  /** @param options `startTls`: it offers STARTTLS, with a certificate that it has signed itself */
  constructor({ startTls = false } = {}) {
    this.#server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      // Else it complains of its certificate.
      logger: false,
      disabledCommands: startTls ? [] : ['STARTTLS'],
      onConnect: (_session, done) => this.fault !== 'silent' && done(),
      onAuth: ({ username }, _session, done) => done(this.#refusal('login'), { user: username }),
      onMailFrom: (_address, _session, done) => {
        if (this.fault === 'says a little for ever') this.#sayALittle();
        else done(this.#refusal('MAIL'));
      },
      onRcptTo: (_address, _session, done) => done(this.#refusal('RCPT')),
      onData: (stream, _session, done) => {
        if (this.fault === 'closes in the middle of DATA') stream.once('data', () => this.#cut());
        const chunks: Buffer[] = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.on('end', () =>
          setTimeout(() => this.#take(Buffer.concat(chunks), done), this.slowMs),
        );
      },
    });
    // What a client does to its connection is its own affair.
    this.#server.on('error', () => {});
  }

  async open(host = '127.0.0.1'): Promise<string> {
    const server = this.#server.listen(0, host);
    server.prependListener('connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      if (this.fault === 'closes after the greeting') socket.once('data', () => socket.destroy());
    });
    await once(server, 'listening');
    return `smtp://${host}:${(server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#cut();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #take(source: Buffer, done: (error?: Error | null) => void): Promise<void> {
    const code = this.refusals.shift();
    const refusal = code ? refused(code) : this.#refusal('DATA');
    if (refusal) return done(refusal);
    this.sources.push(source.toString());
    this.mails.push(await PostalMime.parse(source));
    done();
  }

  #refusal(step: 'login' | 'MAIL' | 'RCPT' | 'DATA'): Error | null {
    const { fault } = this;
    return typeof fault === 'object' && fault.at === step ? refused(fault.code) : null;
  }

  #sayALittle(): void {
    for (const socket of this.#sockets) {
      const saying = setInterval(() => socket.write('250-well\r\n'), A_LITTLE_MS);
      socket.on('close', () => clearInterval(saying));
    }
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

function refused(responseCode: number): Error {
  return Object.assign(new Error('no'), { responseCode });
}

export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of 24 bytes, or').toString('base64')}`;

/** A message as the receiver verified it. */
export interface AcceptedHook {
  readonly id: string;
  readonly body: { readonly type: string; readonly data: { readonly productID: number } };
}

/** A message as it came. */
export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** How a receiver of webhooks fails, beside answering with a status. */
export type ReceiverFault =
  | 'silent'
  | 'closes'
  | 'closes in the middle of its answer'
  | 'has huge headers'
  | 'asks for another protocol'
  | 'answers without end';

/** A real receiver of webhooks that verifies their signatures. */
export class Receiver {
  readonly accepted: AcceptedHook[] = [];
  /** Every message that came, taken or not. */
  readonly posts: Post[] = [];
  /** What it answers instead of 204, one for each message. */
  readonly statuses: number[] = [];
  /** How it fails, until this is changed. */
  fault: ReceiverFault | undefined;
  /** Connections so far. */
  connections = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk);
      const headers = req.headers as Record<string, string>;
      const text = Buffer.concat(chunks).toString();
      this.posts.push({ headers, text });
      const body = new Webhook(WEBHOOK_SECRET).verify(text, headers) as AcceptedHook['body'];
      if (this.fault) return fail(this.fault, res);
      const status = this.statuses.shift() ?? 204;
      if (status === 204) this.accepted.push({ id: headers['webhook-id'] ?? '', body });
      res.writeHead(status, { location: '/elsewhere' }).end();
    });
    this.#server.on('connection', () => {
      this.connections += 1;
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** How many are connected now. */
  connected(): Promise<number> {
    return new Promise((resolve) => this.#server.getConnections((_error, count) => resolve(count)));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function fail(fault: ReceiverFault, res: ServerResponse): void {
  const socket = res.socket as Socket;
  switch (fault) {
    case 'silent':
      return;
    case 'closes':
      socket.destroy();
      return;
    case 'closes in the middle of its answer':
      socket.end('HTTP/1.1 200 OK\r\nContent-Le');
      return;
    case 'has huge headers':
      res.writeHead(200, { 'x-huge': 'x'.repeat(100_000) }).end();
      return;
    case 'asks for another protocol':
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
      return;
    case 'answers without end': {
      res.writeHead(200);
      const more = () => {
        while (res.write('x'.repeat(10_000)));
      };
      res.on('drain', more);
      more();
    }
  }
}
