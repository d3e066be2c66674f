import type { Logger } from 'pino';
import { Unreachable } from '../client/failure';
import { type News, type Open, recordStream, StreamBroken } from '../client/record-stream';
import { follow, type Product, type Shop, shopOf } from '../client/shop';
import { dayOf } from '../ledger/day';
import type { Alert } from '../wire/alerts';
import type { Finding } from '../wire/findings';
import type { RecordAnswer } from '../wire/records';
import { type Api, untilAnswered } from './api';
import type { Clock } from './clock';
import { deliveriesOf } from './recipients';
import { assess, type KnownAlert, thresholdOf, toReport } from './rules';
import type { MonitorSettings } from './settings';

/** Findings sent together, at most. */
const BATCH = 500;

/** How often the watcher looks for changes by people or by time. */
const LOOK_MS = 15_000;

/** After how many records, and how much time, the monitor saves its checkpoint. */
const CHECKPOINT_RECORDS = 1_000;
const CHECKPOINT_MS = 10_000;

/** Pause before the next try after a failure. */
const RETRY_MS = 1_000;

/** How far the service's clock may be behind. */
const CLOCKS_DIFFER_MS = 60_000;

/** What the watcher needs. */
export interface WatchContext {
  readonly api: Api;
  readonly settings: MonitorSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Called when there may be deliveries to send. */
  readonly onAlerts: () => void;
}

/**
 * Follows the ledger. For each record it opens an alert, makes it louder, wakes it or resolves it, as needed. It continues
 * from the last checkpoint, so it also finds a shortage that came and went meanwhile. Several may run: the service accepts
 * a finding only if it is not older than what it knows.
 */
export class Watcher {
  readonly #context: WatchContext;
  #shop: Shop | undefined;
  /** The alerts that are not resolved, by product. */
  #alerts = new Map<number, KnownAlert>();
  /** All records up to this one have been handled. */
  #seen: number | undefined;
  #saved = -1;
  #savedAt = 0;
  #isFollowing = false;
  #hasTold = false;
  /** The day on which the products were loaded, by the monitor's clock. */
  #loadedOn = '';
  /** One task at a time makes and sends findings. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(context: WatchContext) {
    this.#context = context;
  }

  /** The products as of the last record that was followed; undefined before the first look. */
  get shop(): Shop | undefined {
    return this.#shop;
  }

  /** Watches until the signal. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#followAll(signal), this.#lookAll(signal)]);
    await this.#checkpoint(true).catch(() => {});
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
        // "The service does not answer" needs no stack. A fault of the program does.
        const cause = error instanceof Unreachable ? { cause: causeOf(error) } : { err: error };
        if (said !== message) logger.warn(cause, `watching: ${message}; trying again`);
        said = message;
        await clock.wait(RETRY_MS, signal);
      }
    }
  }

  /** Checks everything once, then record by record until the connection ends. */
  async #follow(signal: AbortSignal, onFollowing: () => void): Promise<void> {
    const { api } = this.#context;
    const { followed, products } = await this.#inTurn(() => this.#lookAtAll(signal));
    this.#tellOnce(products.length);
    await this.#checkpoint();
    const open: Open = (path, init) => api.open(path, init);
    for await (const news of recordStream(open, followed, signal)) {
      onFollowing();
      this.#isFollowing = true;
      await this.#inTurn(() => this.#take(news, signal));
      await this.#checkpoint();
    }
    throw new StreamBroken('The service has ended the stream of records.');
  }

  /** Logs the state of the shop once. */
  #tellOnce(products: number): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    const low = this.#alerts.size;
    this.#context.logger.info({ products, low }, `${low} of ${products} products are low`);
  }

  /** Loads the products, handles each record up to there, and then each product as it is now. */
  async #lookAtAll(signal: AbortSignal): Promise<Shop> {
    const { api, logger } = this.#context;
    const day = this.#day();
    const loaded = shopOf(await api.overview());
    let seen = this.#seen ?? (await api.checkpoint()) ?? loaded.asOf;
    if (seen > loaded.asOf) {
      logger.error(
        { seen, asOf: loaded.asOf },
        'THE LEDGER HAS GONE BACK: going on from what had been seen by then',
      );
      seen = Math.min((await api.checkpoint()) ?? loaded.asOf, loaded.asOf);
      this.#saved = seen;
    }
    await this.#refresh();
    this.#shop = loaded;
    this.#loadedOn = day;
    await this.#replay(seen, loaded, signal);
    this.#seen = loaded.asOf;
    await this.#sweep(signal);
    return loaded;
  }

  /** Handles what happened while nobody watched, with the products as they are now. */
  async #replay(after: number, shop: Shop, signal: AbortSignal): Promise<void> {
    for (let last = after; last < shop.asOf; ) {
      const page = await this.#context.api.recordsAfter(last);
      const records = page.filter(({ record }) => record <= shop.asOf);
      await this.#report(this.#ofRecords(records, shop), signal);
      const end = records.at(-1)?.record;
      if (end === undefined) return;
      last = end;
      this.#seen = last;
    }
  }

  /** Handles records, with the products as they are. Products are loaded again if the catalogue or the day has changed. */
  async #take({ records, revision }: News, signal: AbortSignal): Promise<void> {
    const { revision: last, today, byID } = this.#shop as Shop;
    const isKnown =
      (revision === undefined || revision === last) &&
      // A product that is not in the list may still be in the catalogue, as retired.
      records.every(
        ({ productID, recordedAt }) => byID.has(productID) && recordedAt.startsWith(today),
      );
    if (!isKnown) {
      await this.#lookAtAll(signal);
      return;
    }
    if (records.length === 0) return;
    const shop = follow(this.#shop as Shop, records);
    const seen = this.#seen ?? 0;
    const news = records.filter(({ record }) => record > seen);
    this.#shop = shop;
    await this.#report(this.#ofRecords(news, shop), signal);
    this.#seen = Math.max(seen, records.at(-1)?.record ?? 0);
  }

  /** Looks again and again for changes by people or by time. */
  async #lookAll(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#context;
    for (;;) {
      await clock.wait(LOOK_MS, signal);
      if (signal.aborted) return;
      // Without the stream, known records may be gone, for example after a backup was restored.
      if (!this.#isFollowing) continue;
      await this.#inTurn(async () => {
        // The days of cover depend on the days before today, so they change even if there is no record today.
        if (this.#day() !== this.#loadedOn) {
          await this.#lookAtAll(signal);
          return;
        }
        await this.#refresh();
        await this.#sweep(signal);
      }).catch((error) => {
        if (!signal.aborted) logger.debug({ err: error }, 'a look at the alerts failed');
      });
    }
  }

  async #refresh(): Promise<void> {
    const alerts = await this.#context.api.unresolved();
    this.#alerts = new Map(alerts.map((alert) => [alert.productID, known(alert)]));
  }

  /** Handles every product as it is now, after each record up to now. The service then accepts no older findings. */
  async #sweep(signal: AbortSignal): Promise<void> {
    const shop = this.#shop;
    if (!shop || shop.asOf !== this.#seen) return;
    const now = this.#context.clock.now().getTime();
    const findings = shop.products.flatMap((product) => {
      const { availableQuantity, recordedAt } = product;
      const unchangedMs = recordedAt === null ? 0 : now - Date.parse(recordedAt);
      return this.#find(product, availableQuantity, shop.asOf, unchangedMs);
    });
    await this.#report([...findings, ...this.#ofGone(shop)], signal);
  }

  /** Ends alerts about products that are gone: a product without a record is gone once it is retired. */
  #ofGone(shop: Shop): Finding[] {
    const { settings, clock } = this.#context;
    const gone = [...this.#alerts.keys()].filter((productID) => !shop.byID.has(productID));
    return gone.map((productID) => {
      this.#alerts.delete(productID);
      return {
        productID,
        kind: 'none' as const,
        record: shop.asOf,
        revision: shop.revision,
        availableQuantity: 0,
        threshold: 0,
        daysOfCover: null,
        deliveries: deliveriesOf(productID, 'none', settings, clock.now()),
      };
    });
  }

  #ofRecords(records: readonly RecordAnswer[], shop: Shop): Finding[] {
    return records.flatMap(({ productID, availableQuantity, record }) => {
      const product = shop.byID.get(productID);
      return product ? this.#find(product, availableQuantity, record) : [];
    });
  }

  /**
   * What to report about a product that has so many available as of a record. It counts as known at once.
   *
   * @param unchangedMs for how long it has had so many; 0 for a record, since it may not be the product's last
   */
  #find(
    product: Product,
    availableQuantity: number | null,
    record: number,
    unchangedMs = 0,
  ): Finding[] {
    const { settings, clock } = this.#context;
    const { productID, exactUnitsPerDay } = product;
    const daysOfCover =
      availableQuantity === null || exactUnitsPerDay === 0
        ? null
        : Math.round((availableQuantity / exactUnitsPerDay) * 100) / 100;
    const alert = this.#alerts.get(productID);
    const situation = { ...product, availableQuantity, daysOfCover, unchangedMs };
    const assessment = assess({ ...situation, alertKind: alert?.kind }, settings);
    const now = clock.now();
    const kind = toReport(assessment, alert, now);
    if (kind === undefined) return [];
    if (kind === 'none') this.#alerts.delete(productID);
    else this.#alerts.set(productID, { status: 'open', kind, until: null, due: null });
    const finding = {
      productID,
      kind,
      record,
      revision: this.#shop?.revision ?? 0,
      availableQuantity: availableQuantity ?? 0,
      threshold: thresholdOf(product, settings),
      daysOfCover,
      deliveries: deliveriesOf(productID, kind, settings, now),
    };
    return [finding];
  }

  async #report(findings: readonly Finding[], signal: AbortSignal): Promise<void> {
    const { api, clock, logger, onAlerts } = this.#context;
    for (let done = 0; done < findings.length; done += BATCH) {
      const batch = findings.slice(done, done + BATCH);
      const outcomes = await untilAnswered(() => api.report(batch), clock, signal).catch(
        async (error) => {
          // It is not known after all.
          if (!signal.aborted) await this.#refresh().catch(() => this.#alerts.clear());
          throw error;
        },
      );
      for (const outcome of outcomes) {
        if ('refusal' in outcome) continue;
        const { alertID, productID, kind, status } = outcome;
        logger.info({ alertID, productID, kind }, `product ${productID}: ${kind}, ${status}`);
        if (status === 'resolved') this.#alerts.delete(productID);
        else this.#alerts.set(productID, known(outcome));
      }
      // Another monitor is ahead of this one.
      if (outcomes.some((outcome) => 'refusal' in outcome)) await this.#refresh();
      onAlerts();
    }
  }

  /** Saves the checkpoint now and then. The next monitor continues from there. */
  async #checkpoint(isLast = false): Promise<void> {
    const { api, clock, logger } = this.#context;
    const seen = this.#seen;
    if (seen === undefined || seen <= this.#saved) return;
    const now = clock.now().getTime();
    const isDue = seen - this.#saved >= CHECKPOINT_RECORDS || now - this.#savedAt >= CHECKPOINT_MS;
    if (!isDue && !isLast) return;
    try {
      await api.saveCheckpoint(seen);
      this.#saved = seen;
      this.#savedAt = now;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      logger.debug({ err: error }, 'the checkpoint was not saved');
    }
  }

  /** The day by this clock, a little late. By then it is also the day of the service's clock, which the days of cover use. */
  #day(): string {
    return dayOf(this.#context.clock.now().getTime() - CLOCKS_DIFFER_MS);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }
}

/** Why the service did not answer, in one line. fetch hides it two errors deep. */
function causeOf(error: Error): string | undefined {
  const { cause } = error;
  if (!(cause instanceof Error)) return undefined;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

function known({
  status,
  kind,
  until,
  due,
}: Pick<Alert, 'status' | 'kind' | 'until' | 'due'>): KnownAlert {
  return { status, kind, until: until === null ? null : new Date(until), due };
}
