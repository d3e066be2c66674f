import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** MySQL's packet header: three bytes of length, one of sequence, which is 0 for a command. */
const HEADER_BYTES = 4;
const COM_QUERY = 0x03;

/** What stands before the text where the server takes query attributes and there are none. */
const NO_ATTRIBUTES = '\0\x01';

/** A TCP proxy before a MySQL server, that holds the statements that a test asks for. */
export class FaultProxy {
  readonly #links: Link[] = [];
  readonly #awaited: { wanted: RegExp; seen: (held: HeldStatement) => void }[] = [];
  readonly #listener: Server;
  #refusing = false;

  private constructor(target: { host: string; port: number }) {
    this.#listener = createServer((client) => {
      client.on('error', () => {});
      if (this.#refusing) {
        client.destroy();
        return;
      }
      const server = connect(target.port, target.host);
      this.#links.push(new Link(client, server, (text) => this.#take(text)));
    });
  }

  static async start(target: { host: string; port: number }): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((resolve) => proxy.#listener.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Holds the next statement that begins or looks so, whichever connection it comes by: arm it before it can be sent. */
  next(wanted: string | RegExp): Promise<HeldStatement> {
    const pattern = typeof wanted === 'string' ? new RegExp(`^${wanted}`) : wanted;
    return new Promise((seen) => this.#awaited.push({ wanted: pattern, seen }));
  }

  /** Lets nobody connect from here on, until `accept`. */
  refuse(): void {
    this.#refusing = true;
  }

  accept(): void {
    this.#refusing = false;
  }

  /** Cuts every connection. */
  cutAll(): void {
    for (const link of this.#links) link.cut();
  }

  async close(): Promise<void> {
    this.#refusing = true;
    this.cutAll();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #take(text: string): ((held: HeldStatement) => void) | undefined {
    const index = this.#awaited.findIndex(({ wanted }) => wanted.test(text));
    return index < 0 ? undefined : this.#awaited.splice(index, 1)[0]?.seen;
  }
}

/** A statement that the service has sent and the server has not seen. Its connection stands still. */
export interface HeldStatement {
  readonly text: string;
  /** Lets it and its reply through. */
  pass(): void;
  /** Lets it through and keeps back what the server replies. @returns once the server has replied */
  passWithoutReply(): Promise<void>;
  /** Gives the service the reply that was kept back. */
  release(): void;
  /** Ends the connection on both sides. */
  cut(): void;
  /** Ends only the service's side. The server does not notice, as behind a dead router. */
  cutService(): void;
}

/** One connection through the proxy. */
class Link {
  #unread = Buffer.alloc(0);
  #holding = false;
  #onReply: (() => void) | undefined;
  readonly #kept: Buffer[] = [];

  constructor(
    readonly client: Socket,
    readonly server: Socket,
    readonly take: (text: string) => ((held: HeldStatement) => void) | undefined,
  ) {
    client.setNoDelay();
    server.setNoDelay();
    client.on('data', (chunk) => this.#fromService(chunk));
    server.on('data', (chunk) => this.#fromServer(chunk));
    server.on('error', () => {});
    // While a statement is held, or its reply, neither side learns that the other has left.
    client.on('close', () => !this.#holding && server.destroy());
    server.on('close', () => !this.#holding && client.destroy());
  }

  cut(): void {
    this.client.destroy();
    this.server.destroy();
  }

  #fromService(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    while (!this.#holding && this.#unread.length >= HEADER_BYTES) {
      const length = HEADER_BYTES + this.#unread.readUIntLE(0, 3);
      if (this.#unread.length < length) return;
      const packet = this.#unread.subarray(0, length);
      this.#unread = this.#unread.subarray(length);
      const text = statement(packet);
      const seen = text === undefined ? undefined : this.take(text);
      if (!seen) this.server.write(packet);
      else seen(this.#hold(packet, text as string));
    }
  }

  #fromServer(chunk: Buffer): void {
    if (this.#onReply) {
      this.#kept.push(chunk);
      this.#onReply();
    } else if (!this.client.destroyed) this.client.write(chunk);
  }

  #goOn(): void {
    this.#holding = false;
    this.#fromService(Buffer.alloc(0));
  }

  #hold(packet: Buffer, text: string): HeldStatement {
    this.#holding = true;
    return {
      text,
      pass: () => {
        this.server.write(packet);
        this.#goOn();
      },
      passWithoutReply: () =>
        new Promise((resolve) => {
          this.#onReply = resolve;
          this.server.write(packet);
        }),
      release: () => {
        this.#onReply = undefined;
        this.client.write(Buffer.concat(this.#kept.splice(0)));
        this.#goOn();
      },
      cut: () => this.cut(),
      cutService: () => this.client.destroy(),
    };
  }
}

/** The text of a COM_QUERY; undefined for every other packet. */
function statement(packet: Buffer): string | undefined {
  if (packet[3] !== 0 || packet[HEADER_BYTES] !== COM_QUERY) return undefined;
  const text = packet.toString('utf8', HEADER_BYTES + 1);
  return text.startsWith(NO_ATTRIBUTES) ? text.slice(NO_ATTRIBUTES.length) : text;
}
