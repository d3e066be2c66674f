import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from './ledger-rows';
import type { ServiceProcess } from './service-process';

/** Every so often a client asks for more than there is, to be refused. */
const REFUSED_EVERY = 5;
const TOO_MANY = 2_000_000_000;

/** How long a client that had no answer waits before it goes on. */
const PAUSE_MS = 100;

/** Clients that get nothing done for so long, through any outage, have met a fault. */
const PROGRESS_TIMEOUT_MS = 45_000;

/** One client's last word on one of its requests. */
type Fate = 'acknowledged' | 'refused' | 'unknown';

/**
 * Clients that post without pause, each to a product of its own, which it counts to 1, 2, 3, …:
 * so that each request can be found in the ledger, however it ended.
 */
export class MarkedClients {
  acknowledged = 0;
  /** Answers that were not to be expected. */
  readonly surprises: unknown[] = [];
  readonly #service: (client: number) => ServiceProcess;
  readonly #fates = new Map<string, { fate: Fate; record?: number }>();
  readonly #running: Promise<void>[];
  #onAcknowledged = () => {};
  #stopping = false;

  /** @param service whom a client asks now */
  constructor(clients: number, service: (client: number) => ServiceProcess) {
    this.#service = service;
    this.#running = Array.from({ length: clients }, (_, index) => this.#run(index + 1));
  }

  /** Waits until so many more requests were acknowledged: to the very answer, after which anything may be lost. */
  async more(acknowledged: number): Promise<void> {
    const enough = this.acknowledged + acknowledged;
    await new Promise<void>((resolve, reject) => {
      const tooLate = () => reject(new Error(`${this.acknowledged} of ${enough} acknowledged`));
      const timer = setTimeout(tooLate, PROGRESS_TIMEOUT_MS);
      this.#onAcknowledged = () => {
        if (this.acknowledged < enough) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Stops them, once each has its last answer. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#running);
  }

  /** What in the ledger contradicts the answers to the clients, one line each. */
  contradictions(rows: readonly Row[]): string[] {
    const found = new Map<string, number[]>();
    for (const { productID, availableQuantity, quantity, record } of rows) {
      const mark = `${productID} ${quantity ?? availableQuantity}`;
      found.set(mark, [...(found.get(mark) ?? []), record]);
    }
    const unasked = [...found.keys()].filter((mark) => !this.#fates.has(mark));
    const untrue = [...this.#fates].filter(([mark, { fate, record }]) => {
      const records = found.get(mark) ?? [];
      if (fate === 'acknowledged') return records.length !== 1 || records[0] !== record;
      return records.length > (fate === 'unknown' ? 1 : 0);
    });
    return [
      ...unasked.map((mark) => `nobody asked for ${mark}`),
      ...untrue.map(([mark, noted]) => `${mark} was ${noted.fate}, and is ${found.get(mark)}`),
    ];
  }

  async #run(client: number): Promise<void> {
    for (let quantity = 1; !this.#stopping; quantity++) {
      const refusable = quantity % REFUSED_EVERY === 0;
      const asked = refusable ? TOO_MANY + quantity : quantity;
      const mark = `${client} ${asked}`;
      this.#fates.set(mark, { fate: 'unknown' });
      const service = this.#service(client);
      try {
        const answer = await (refusable
          ? service.sell(client, asked)
          : service.count(client, asked));
        const { status, body } = answer;
        if (status === 201) {
          this.acknowledged += 1;
          this.#fates.set(mark, { fate: 'acknowledged', record: body.record });
          this.#onAcknowledged();
          if (refusable) this.surprises.push(body);
          continue;
        }
        if (body.type !== '/problems/outcome-unknown') this.#fates.set(mark, { fate: 'refused' });
        if (status === 409 || status === 404) continue;
        if (status !== 503) this.surprises.push(body);
      } catch (error) {
        // The connection failed: nobody knows. Whatever else it is, is a surprise.
        if ((error as Error).name !== 'TypeError') this.surprises.push(error);
      }
      await pause(PAUSE_MS);
    }
  }
}
