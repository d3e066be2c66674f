import {
  type Aggregator,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import type { DeliveryStep } from '../../ledger/delivery';
import { inTime } from '../../ledger/in-time';
import type { CatchUp } from '../../ledger/memory';
import type { Verification } from '../../ledger/store';
import type { Commit } from '../../ledger/writer';
import { FURTHEST } from './furthest';

/** What is asked of the ledger when somebody looks. */
export interface Measured {
  /** Commands that wait for their turn. */
  readonly queueLength: number;
  readonly lastKnownRecord: number;
  /** By how much this process's clock is ahead of the database's; undefined where that is not known. */
  readonly clockOffsetMs?: number | undefined;
  /** By how much the last record is in the future. */
  readonly lastRecordAheadMs?: number | undefined;
  /** Throws where no change could be recorded now. */
  checkWritable(): Promise<void>;
  latestVerification(): Promise<Verification | undefined>;
  /** Deliveries that were given up. */
  deadLetters(): Promise<number>;
}

/** From what memory answers in to what no client waits for. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

/** How long a scrape waits for what the database knows: the rest is most wanted while that is out of reach. */
const DATABASE_TIMEOUT_MS = 1_000;

/** Stands for every path that is none of ours, so that nobody can make labels without end. */
const NO_ROUTE = 'none';

/** Methods that are told by their names: those that something here takes. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS']);

/** Stands for every other method, and for one that its path does not take: Node knows 34, and each would be a label. */
const OTHER_METHOD = 'other';
const NOT_ALLOWED = 405;

/** What one process measures of itself, in the terms of Prometheus (https://prometheus.io/docs/practices/naming/). */
export class Metrics {
  readonly registry = new Registry();
  /** The event streams that are open. */
  readonly streams = new Set<object>();
  readonly #requestSeconds: Histogram<'method' | 'route' | 'status'>;
  /** Its series that were found once, by method, path and status: to look for one costs more than to count in it. */
  readonly #requests = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();
  readonly #commitSeconds: Histogram;
  readonly #commitSubmissions: Histogram;
  readonly #commitRecords: Histogram;
  readonly #catchUpSeconds: Histogram;
  readonly #catchUpRecords: Histogram;
  readonly #deliveries: Counter<'channel' | 'status'>;
  readonly #clockRefusals: Counter;
  #text = () => this.registry.metrics();
  #telling: Promise<string> | undefined;
  /** When memory was last known to be all that the ledger held, by `performance.now()`. */
  #exactAt: number | undefined;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.#requestSeconds = this.#histogram(
      'http_request_duration_seconds',
      'From a request to the end of its answer; event streams are left out',
      SECONDS,
      ['method', 'route', 'status'],
    );
    this.#commitSeconds = this.#histogram(
      'inventory_commit_seconds',
      'From asking for the turn to append until a batch was durable',
      SECONDS,
    );
    this.#commitSubmissions = this.#histogram(
      'inventory_commit_submissions',
      'Requests answered by one commit',
      COUNTS,
    );
    this.#commitRecords = this.#histogram(
      'inventory_commit_records',
      'Records appended by one commit',
      COUNTS,
    );
    this.#catchUpSeconds = this.#histogram(
      'inventory_catch_up_seconds',
      'How long the stock in memory took to be brought forward',
      SECONDS,
    );
    this.#catchUpRecords = this.#histogram(
      'inventory_catch_up_records',
      'Records by which the stock in memory was brought forward at a time',
      COUNTS,
    );
    this.#deliveries = new Counter({
      name: 'inventory_alert_deliveries_total',
      help: 'What came of telling somebody of an alert, as this process was told',
      labelNames: ['channel', 'status'],
      registers: [this.registry],
    });
    this.#clockRefusals = new Counter({
      name: 'inventory_clock_refusals_total',
      help: 'Batches of changes that were refused because the clocks of service and database differ',
      registers: [this.registry],
    });
    this.#gauge('inventory_open_streams', 'Event streams that are open', () => this.streams.size);
  }

  /**
   * What is measured, in the text format of Prometheus: of this process, or of all that answer on its port. Those who ask
   * while it is put together share it.
   */
  text(): Promise<string> {
    this.#telling ??= this.#text().finally(() => {
      this.#telling = undefined;
    });
    return this.#telling;
  }

  /** Replaces the source of `text` by one that covers all processes; undefined where there is only this one. */
  tellWith(text: (() => Promise<string>) | undefined): void {
    if (text) this.#text = text;
  }

  /**
   * @param method as it was sent
   * @param path of the route that answered, as Express has it: `/inventory/:productID`; undefined where none did
   */
  onRequest(sent: string, path: string | undefined, status: number, seconds: number): void {
    const isTaken = METHODS.has(sent) && status !== NOT_ALLOWED;
    const method = isTaken ? sent : OTHER_METHOD;
    const name = `${method} ${path} ${status}`;
    let series = this.#requests.get(name);
    if (!series) {
      series = this.#requestSeconds.labels(method, routeOf(path), String(status));
      this.#requests.set(name, series);
    }
    series.observe(seconds);
  }

  onCommit({ submissions, records, seconds }: Commit): void {
    this.#commitSubmissions.observe(submissions);
    this.#commitRecords.observe(records);
    this.#commitSeconds.observe(seconds);
    this.#exactAt = performance.now();
  }

  onCatchUp({ records, seconds }: CatchUp): void {
    this.#catchUpRecords.observe(records);
    this.#catchUpSeconds.observe(seconds);
    this.#exactAt = performance.now() - seconds * 1_000;
  }

  onClockRefused(): void {
    this.#clockRefusals.inc();
  }

  onDelivered(steps: readonly DeliveryStep[]): void {
    for (const { channel, status } of steps) this.#deliveries.inc({ channel, status });
  }

  /** Tells how many lines of the log were dropped. */
  watchLog(dropped: () => number): void {
    new Counter({
      name: 'inventory_log_lines_dropped_total',
      help: 'Lines of the log that could not be written, as where its disk is full or nobody reads it',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(dropped());
      },
    });
  }

  /** Asks a ledger whenever somebody looks. */
  watch(ledger: Measured): void {
    this.#gauge('inventory_queue_length', 'Changes that wait to be recorded', () => {
      return ledger.queueLength;
    });
    this.#gauge(
      'inventory_records',
      'The last record that this process knows',
      () => ledger.lastKnownRecord,
      'max',
    );
    this.#gauge(
      'inventory_catch_up_lag_seconds',
      'How long ago the stock in memory was last known to be exact; absent until it is loaded',
      () => (this.#exactAt === undefined ? undefined : (performance.now() - this.#exactAt) / 1_000),
      'max',
    );
    this.#gauge(
      'inventory_clock_offset_seconds',
      'By how much this clock is ahead of the database, below 0 where it is behind; absent where that has none of its own, or nothing was recorded yet',
      () => (ledger.clockOffsetMs === undefined ? undefined : ledger.clockOffsetMs / 1_000),
      FURTHEST,
    );
    this.#gauge(
      'inventory_last_record_ahead_seconds',
      'By how much the last record is in the future; what is recorded until then gets its time',
      () => (ledger.lastRecordAheadMs === undefined ? undefined : ledger.lastRecordAheadMs / 1_000),
      'max',
    );
    this.#gauge(
      'inventory_alert_dead_letters',
      'Deliveries of alerts that were given up',
      // Absent while the database is out of reach.
      () => whileScraped(ledger.deadLetters().catch(() => undefined)),
      'max',
    );
    this.#gauge(
      'inventory_store_writable',
      '1 where a change could be recorded now, 0 where /readyz says why not; absent while the database does not say',
      () =>
        whileScraped(
          ledger.checkWritable().then(
            () => 1,
            () => 0,
          ),
        ),
      'min',
    );
    const latest = latestOf(ledger);
    this.#gauge(
      'inventory_drift',
      'Lines in which the quick answers differed from the plain queries, as verify last found them; absent until it has run',
      async () => (await latest())?.drift,
      'max',
    );
    this.#gauge(
      'inventory_verified_timestamp_seconds',
      'When verify last ran; absent until it has',
      async () => {
        const verifiedAt = (await latest())?.verifiedAt;
        return verifiedAt && verifiedAt.getTime() / 1_000;
      },
      'max',
    );
  }

  #histogram<L extends string>(name: string, help: string, buckets: number[], labelNames?: L[]) {
    const registers = [this.registry];
    return new Histogram({ name, help, buckets, registers, ...(labelNames && { labelNames }) });
  }

  /**
   * A gauge that is read when somebody looks, and absent where there is nothing to read.
   *
   * @param aggregator what the gauges of several processes come to
   */
  #gauge(
    name: string,
    help: string,
    read: () => number | undefined | Promise<number | undefined>,
    aggregator: Aggregator = 'sum',
  ): void {
    new Gauge({
      name,
      help,
      aggregator,
      registers: [this.registry],
      async collect() {
        const value = await read();
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }
}

/** The path of a route as the documentation writes it: `/inventory/{productID}`. */
function routeOf(path: string | undefined): string {
  return path?.replaceAll(/:(\w+)/g, '{$1}') ?? NO_ROUTE;
}

/** The last verification; while it cannot be read, the one read before. Those who ask at once share a reading. */
function latestOf(ledger: Measured): () => Promise<Verification | undefined> {
  let known: Verification | undefined;
  let reading: Promise<void> | undefined;
  return async () => {
    reading ??= ledger
      .latestVerification()
      .then(
        (latest) => {
          known = latest;
        },
        () => {},
      )
      .finally(() => {
        reading = undefined;
      });
    await whileScraped(reading);
    return known;
  };
}

/** What comes while a scrape waits; undefined where nothing does. */
function whileScraped<T>(asked: Promise<T>): Promise<T | undefined> {
  return inTime<T | undefined>(asked, DATABASE_TIMEOUT_MS, () => undefined);
}
