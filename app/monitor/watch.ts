import { Unreachable } from '../client/failure';
import { type News, type Open, recordStream, StreamBroken } from '../client/record-stream';
import { follow, isCancellation, isOfToday, type Shop, shopOf } from '../client/shop';
import type { LocationAnswer } from '../wire/locations';
import { freeAfter, isOfTransfer } from '../wire/record-place';
import { Checkpoints } from './checkpoints';
import type { KnownTransfer } from './delivery/mailed-transfer';
import { type ReportContext, Reporter } from './reporter';

/** How often the monitor looks for what people did to alerts, and for what is due because time has passed. */
const LOOK_MS = 15_000;

/** Pause before the next try after a failure. */
const RETRY_MS = 1_000;

/** The service's clock may be slow by this much. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Follows the ledger, and reports what each record requires: an alert that opens, gets louder, wakes or is resolved. It
 * continues where the last monitor stopped, so a shortage that began and ended in between is found as well. Several
 * monitors may run: the service ignores a finding that is older than what it knows.
 */
export class Watcher {
  readonly #context: ReportContext;
  readonly #reporter: Reporter;
  readonly #checkpoints: Checkpoints;
  #shop: Shop | undefined;
  /** All records up to this one are handled. */
  #seen: number | undefined;
  #isFollowing = false;
  #hasLoggedStart = false;
  /** When the products were loaded, by the monitor's clock. */
  #loadedAt = 0;
  /** The locations that were not retired then. A retired one has no reorder points. */
  #places = '';
  #locations: readonly LocationAnswer[] = [];
  /** Findings are made and reported one task at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(context: ReportContext) {
    this.#context = context;
    this.#reporter = new Reporter(context);
    this.#checkpoints = new Checkpoints(context);
  }

  /** The products as of the last record that was followed; undefined before the first look. */
  get shop(): Shop | undefined {
    return this.#shop;
  }

  /** A transfer that is on its way, and what a mail needs to describe it; undefined if it is not known. */
  transfer(transferID: number): KnownTransfer | undefined {
    const transfer = this.#reporter.transfers.get(transferID);
    const timeZone = this.#shop?.timeZone;
    if (!transfer || timeZone === undefined) return undefined;
    const nameOf = (wanted: number) =>
      this.#locations.find(({ locationID }) => locationID === wanted)?.name ?? `Location ${wanted}`;
    return { transfer, nameOf, timeZone };
  }

  /** Watches until the signal. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#followAll(signal), this.#lookAll(signal)]);
    await this.#checkpoints.save(this.#seen, true).catch(() => {});
  }

  async #followAll(signal: AbortSignal): Promise<void> {
    const { logger, clock } = this.#context;
    let said: string | undefined;
    while (!signal.aborted) {
      try {
        await this.#follow(signal, () => {
          if (said !== undefined) logger.info('the service answers again');
          said = undefined;
        });
      } catch (error) {
        this.#isFollowing = false;
        if (signal.aborted) return;
        const { message } = error as Error;
        // A service that does not answer needs no stack trace; a fault of the program does.
        const cause = error instanceof Unreachable ? { cause: causeOf(error) } : { err: error };
        if (said !== message) logger.warn(cause, `watching: ${message}; trying again`);
        said = message;
        await clock.wait(RETRY_MS, signal);
      }
    }
  }

  /** Looks at all products once, then at each record, until the connection ends. */
  async #follow(signal: AbortSignal, onFollowing: () => void): Promise<void> {
    const { api } = this.#context;
    const { followed, products } = await this.#inTurn(() => this.#lookAtAll(signal));
    this.#logStart(products.length);
    await this.#checkpoints.save(this.#seen);
    const open: Open = (path, init) => api.open(path, init);
    for await (const news of recordStream(open, followed, signal)) {
      onFollowing();
      this.#isFollowing = true;
      await this.#inTurn(() => this.#take(news, signal));
      await this.#checkpoints.save(this.#seen);
    }
    throw new StreamBroken('The service has ended the stream of records.');
  }

  /** Logs once, at the start, how many products are low. */
  #logStart(products: number): void {
    if (this.#hasLoggedStart) return;
    this.#hasLoggedStart = true;
    const low = this.#reporter.lowProducts;
    this.#context.logger.info({ products, low }, `${low} of ${products} products are low`);
  }

  /** Loads the products, and handles each record up to then, and then each product as it is now. */
  async #lookAtAll(signal: AbortSignal): Promise<Shop> {
    const { api, logger } = this.#context;
    const loadedAt = this.#now();
    const places = await this.#livePlaces();
    const loaded = shopOf(await api.overview());
    let seen = this.#seen ?? (await this.#checkpoints.load()) ?? loaded.asOf;
    if (seen > loaded.asOf) {
      logger.error(
        { seen, asOf: loaded.asOf },
        'THE LEDGER HAS GONE BACK: continuing from what had been handled by then',
      );
      seen = Math.min((await this.#checkpoints.load()) ?? loaded.asOf, loaded.asOf);
      this.#checkpoints.goBackTo(seen);
    }
    await this.#reporter.refresh();
    this.#shop = loaded;
    this.#loadedAt = loadedAt;
    this.#places = places;
    await this.#replay(seen, loaded, signal);
    this.#seen = loaded.asOf;
    await this.#sweep(signal);
    return loaded;
  }

  /** Handles the records that no monitor has handled, given the products as they are now. */
  async #replay(after: number, shop: Shop, signal: AbortSignal): Promise<void> {
    for (let last = after; last < shop.asOf; ) {
      const page = await this.#context.api.recordsAfter(last);
      const records = page.filter(({ record }) => record <= shop.asOf);
      await this.#reporter.reportRecords(records, shop, signal);
      const end = records.at(-1)?.record;
      if (end === undefined) return;
      last = end;
      this.#seen = last;
    }
  }

  /** Handles new records. If the catalogue has changed, or a day has begun, the products are loaded again first. */
  async #take({ records, revision }: News, signal: AbortSignal): Promise<void> {
    const shop = this.#shop as Shop;
    const { revision: last, byID } = shop;
    const isKnown =
      (revision === undefined || revision === last) &&
      // A product that is not listed may still be in the catalogue, retired.
      records.every(
        (record) =>
          byID.has(record.productID) &&
          isOfToday(shop, record) &&
          !isCancellation(record) &&
          // A row by hand does not say what is free at its location.
          (freeAfter(record) !== undefined || !byID.get(record.productID)?.reorderPoints),
      );
    if (!isKnown) return void (await this.#lookAtAll(signal));
    if (records.length === 0) return;
    const followed = follow(shop, records);
    const seen = this.#seen ?? 0;
    const news = records.filter(({ record }) => record > seen);
    this.#shop = followed;
    await this.#reporter.reportRecords(news, followed, signal);
    if (news.some(isOfTransfer)) await this.#reporter.lookAtTransfers(followed, signal);
    this.#seen = Math.max(seen, records.at(-1)?.record ?? 0);
  }

  /** Looks regularly for what people did to alerts, and for what is due because time has passed. */
  async #lookAll(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#context;
    for (;;) {
      await clock.wait(LOOK_MS, signal);
      if (signal.aborted) return;
      // Without the stream the products here may be wrong: a backup with fewer records may have been restored.
      if (!this.#isFollowing) continue;
      await this.#inTurn(async () => {
        // Days of cover are computed from the days before today, so a new day changes them without a record.
        if (this.#hasDayEnded() || (await this.#livePlaces()) !== this.#places) {
          await this.#lookAtAll(signal);
          return;
        }
        await this.#reporter.refresh();
        await this.#sweep(signal);
      }).catch((error) => {
        if (!signal.aborted) logger.debug({ err: error }, 'a look at the alerts failed');
      });
    }
  }

  /** Reports every product as it is now, but only after each earlier record: a later finding would hide theirs. */
  async #sweep(signal: AbortSignal): Promise<void> {
    const shop = this.#shop;
    if (!shop || shop.asOf !== this.#seen) return;
    await this.#reporter.reportAll(shop, signal);
  }

  /** The locations that are not retired. */
  async #livePlaces(): Promise<string> {
    this.#locations = await this.#context.api.locations();
    const places = this.#locations.filter(({ retired }) => !retired);
    return places.map(({ locationID }) => locationID).join(' ');
  }

  /**
   * Whether the day of the products has ended by this clock, a little late: by then it has ended by the service's clock, too,
   * which the days of cover use. Once they were loaded after that, the service is believed if it says that it has not.
   */
  #hasDayEnded(): boolean {
    const endMs = (this.#shop?.todayEnds ?? Number.POSITIVE_INFINITY) + CLOCKS_DIFFER_MS;
    return this.#now() >= endMs && this.#loadedAt < endMs;
  }

  #now(): number {
    return this.#context.clock.now().getTime();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }
}

/** Why the service did not answer, in one line. fetch hides it two causes deep. */
function causeOf(error: Error): string | undefined {
  const { cause } = error;
  if (!(cause instanceof Error)) return undefined;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
