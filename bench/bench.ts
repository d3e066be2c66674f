import { type FilledLedger, fillLedger, type LedgerSize } from './fill/ledger';
import type { Load } from './load/load';
import type { Database } from './servers/database';

/** How long and how large. */
export interface Settings {
  readonly rounds: number;
  /** Of one throughput figure of one round. */
  readonly seconds: number;
  /** What the sizes of ledgers, files and batches are multiplied by: below 1 only to see that all works. */
  readonly scale: number;
}

/** What has to be ended. */
interface Ending {
  stop(): Promise<void>;
}

/** What the rows share: where they measure, and how. */
export class Bench {
  readonly #ledgers = new Map<string, Promise<FilledLedger>>();
  #endings: Ending[] = [];

  constructor(
    readonly database: Database,
    readonly load: Load,
    readonly settings: Settings,
    readonly say: (line: string) => void,
  ) {}

  /** A size as it is today. */
  scaled(size: number): number {
    return Math.max(10, Math.round(size * this.settings.scale));
  }

  /** A ledger of this size, scaled; the same one for all who want it. */
  ledger(wanted: LedgerSize): Promise<FilledLedger> {
    const records = this.scaled(wanted.records);
    const products = Math.min(wanted.products, records);
    const key = `${records} ${products}`;
    const filled = this.#ledgers.get(key) ?? this.#fill({ records, products });
    this.#ledgers.set(key, filled);
    return filled;
  }

  /** Starts something that ends with the row. */
  async use<T extends Ending>(starting: T | Promise<T>): Promise<T> {
    const started = await starting;
    this.#endings.push(started);
    return started;
  }

  /** Ends what the row used, the last first. */
  async endRow(): Promise<void> {
    const endings = this.#endings.toReversed();
    this.#endings = [];
    for (const ending of endings) await ending.stop();
  }

  async #fill(size: LedgerSize): Promise<FilledLedger> {
    const begun = performance.now();
    this.say(`filling a ledger of ${size.records} records of ${size.products} products`);
    const ledger = await fillLedger(this.database, size);
    this.say(`filled in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
    return ledger;
  }
}
