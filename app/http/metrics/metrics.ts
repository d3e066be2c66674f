import { Counter, collectDefaultMetrics, type Histogram, Registry } from 'prom-client';
import type { DeliveryStep } from '../../ledger/delivery';
import type { CatchUp } from '../../ledger/memory';
import type { Commit } from '../../ledger/write/writer';
import { COUNTS, gauge, histogram, SECONDS } from './instruments';
import { type Measured, watchLedger } from './ledger-gauges';
import { RequestDurations } from './request-durations';

let nodeMetrics: Registry | undefined;

/**
 * The metrics of Node.js, the same for all services in a process. Their monitor of the event loop wakes up every 10 ms, and
 * prom-client has no way to end it, so a process has only one.
 */
function ofNode(): Registry {
  if (!nodeMetrics) {
    nodeMetrics = new Registry();
    collectDefaultMetrics({ register: nodeMetrics });
  }
  return nodeMetrics;
}

/** What one process measures of itself, named as Prometheus advises (https://prometheus.io/docs/practices/naming/). */
export class Metrics {
  readonly registry = Registry.merge([ofNode()]);
  /** The event streams that are open. */
  readonly streams = new Set<object>();
  readonly #requests = new RequestDurations(this.registry);
  readonly #commitSeconds: Histogram;
  readonly #commitSubmissions: Histogram;
  readonly #commitRecords: Histogram;
  readonly #catchUpSeconds: Histogram;
  readonly #catchUpRecords: Histogram;
  readonly #deliveries: Counter<'channel' | 'status'>;
  readonly #clockRefusals: Counter;
  #source = () => this.registry.metrics();
  #scrape: Promise<string> | undefined;
  /** When memory was last known to be all that the ledger held, by `performance.now()`. */
  #exactAt: number | undefined;

  constructor() {
    const { registry } = this;
    this.#commitSeconds = histogram(
      registry,
      'inventory_commit_seconds',
      'From asking for the turn to append until the commit was durable',
      SECONDS,
    );
    this.#commitSubmissions = histogram(
      registry,
      'inventory_commit_submissions',
      'Requests answered by one commit',
      COUNTS,
    );
    this.#commitRecords = histogram(
      registry,
      'inventory_commit_records',
      'Records appended by one commit',
      COUNTS,
    );
    this.#catchUpSeconds = histogram(
      registry,
      'inventory_catch_up_seconds',
      'How long a catch-up of the stock in memory took',
      SECONDS,
    );
    this.#catchUpRecords = histogram(
      registry,
      'inventory_catch_up_records',
      'Records read by one catch-up of the stock in memory',
      COUNTS,
    );
    this.#deliveries = new Counter({
      name: 'inventory_alert_deliveries_total',
      help: 'Results of deliveries of alerts that were reported to this process',
      labelNames: ['channel', 'status'],
      registers: [registry],
    });
    this.#clockRefusals = new Counter({
      name: 'inventory_clock_refusals_total',
      help: 'Commits that were refused because the clocks of service and database differ',
      registers: [registry],
    });
    gauge(
      registry,
      'inventory_open_streams',
      'Event streams that are open',
      () => this.streams.size,
    );
  }

  /**
   * All metrics in the text format of Prometheus: of this process, or of all processes on its port. Scrapes at the same
   * time share one result.
   */
  text(): Promise<string> {
    this.#scrape ??= this.#source().finally(() => {
      this.#scrape = undefined;
    });
    return this.#scrape;
  }

  /** Replaces the source of `text` by one that covers all processes; undefined keeps it. */
  useSource(source: (() => Promise<string>) | undefined): void {
    if (source) this.#source = source;
  }

  /** @param path of the route as Express has it, such as `/inventory/:productID`; undefined if no route answered */
  onRequest(method: string, path: string | undefined, status: number, seconds: number): void {
    this.#requests.observe(method, path, status, seconds);
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

  /** Counts the lines of the log that were dropped. */
  watchLog(dropped: () => number): void {
    new Counter({
      name: 'inventory_log_lines_dropped_total',
      help: 'Lines of the log that could not be written, because its disk is full or nobody reads it',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(dropped());
      },
    });
  }

  /** Adds the gauges of a ledger. */
  watch(ledger: Measured): void {
    watchLedger(this.registry, ledger, () => this.#exactAt);
  }
}
