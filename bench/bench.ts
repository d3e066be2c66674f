import { type FilledLedger, fillLedger, type LedgerSize } from './fill/ledger';
import type { Load } from './load/load';
import type { Database } from './servers/database';

/** How long and how large a run is. */
export interface Settings {
  readonly rounds: number;
  /** Of one throughput figure of one round. */
  readonly seconds: number;
  /** The factor for the sizes of ledgers, files and batches. Below 1 it only shows that everything works. */
  readonly scale: number;
  /** The folder of another version of the service, built, to compare with; undefined if none is named. */
  readonly beside?: string | undefined;
}

/** Something that has to be stopped. */
interface Ending {
  stop(): Promise<void>;
}

/** What the rows share: the database, the load and the settings. */
export class Bench {
  readonly #ledgers = new Map<string, Promise<FilledLedger>>();
  #endings: Ending[] = [];

  constructor(
    readonly database: Database,
    readonly load: Load,
    readonly settings: Settings,
    readonly say: (line: string) => void,
  ) {}

  /** A size, scaled by the settings of this run. */
  scaled(size: number): number {
    return Math.max(10, Math.round(size * this.settings.scale));
  }

  /** A ledger of this size, scaled. All rows with the same size share one. */
  ledger(wanted: LedgerSize): Promise<FilledLedger> {
    const records = this.scaled(wanted.records);
    const products = Math.min(wanted.products, records);
    const key = `${records} ${products}`;
    const filled = this.#ledgers.get(key) ?? this.#fill({ records, products });
    this.#ledgers.set(key, filled);
    return filled;
  }

  /** Registers something that is stopped at the end of the row. */
  async use<T extends Ending>(starting: T | Promise<T>): Promise<T> {
    const started = await starting;
    this.#endings.push(started);
    return started;
  }

  /** Stops what the row used, the last first. */
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
