import type { Registry } from 'prom-client';
import type { Documents } from '../../ledger/documents/documents';
import type { Questions, Verification } from '../../ledger/questions';
import { withTimeout } from '../../ledger/with-timeout';
import { FURTHEST } from './furthest';
import { gauge } from './instruments';

/** What the gauges read of the ledger at each scrape. */
export interface Measured {
  /** Commands that wait for their turn. */
  readonly queueLength: number;
  readonly lastKnownRecord: number;
  /** By how much this process's clock is ahead of the database's; undefined if that is not known. */
  readonly clockOffsetMs?: number | undefined;
  /** By how much the last record is in the future. */
  readonly lastRecordAheadMs?: number | undefined;
  /** The holds and transfers that are open, as far as this process knows. */
  readonly knownDocuments?: Pick<Documents, 'count'> | undefined;
  /** Throws if no change could be recorded now. */
  checkWritable(): Promise<void>;
  readonly ask: Pick<Questions, 'latestVerification' | 'deadLetters'>;
}

/** How long a scrape waits for the database: the other metrics are needed most while the database is out of reach. */
const DATABASE_TIMEOUT_MS = 1_000;

/**
 * Registers the gauges of a ledger.
 *
 * @param exactAt when memory was last known to be exact, by `performance.now()`; undefined until it is loaded
 */
export function watchLedger(
  registry: Registry,
  ledger: Measured,
  exactAt: () => number | undefined,
): void {
  gauge(
    registry,
    'inventory_queue_length',
    'Changes that wait to be recorded',
    () => ledger.queueLength,
  );
  gauge(
    registry,
    'inventory_records',
    'The last record that this process knows',
    () => ledger.lastKnownRecord,
    'max',
  );
  gauge(
    registry,
    'inventory_catch_up_lag_seconds',
    'How long ago the stock in memory was last known to be exact; absent until it is loaded',
    () => {
      const at = exactAt();
      return at === undefined ? undefined : (performance.now() - at) / 1_000;
    },
    'max',
  );
  gauge(
    registry,
    'inventory_clock_offset_seconds',
    "By how much this process's clock is ahead of the database's, below 0 if it is behind; absent if the database has no clock of its own, or until something is recorded",
    () => secondsOf(ledger.clockOffsetMs),
    FURTHEST,
  );
  gauge(
    registry,
    'inventory_last_record_ahead_seconds',
    'By how much the last record is in the future; new records get its time until then',
    () => secondsOf(ledger.lastRecordAheadMs),
    'max',
  );
  for (const kind of ['hold', 'transfer'] as const) {
    gauge(
      registry,
      `inventory_open_${kind}s`,
      `The ${kind}s that are open, as far as this process knows; absent until it has read any`,
      () => ledger.knownDocuments?.count(kind),
      'max',
    );
  }
  gauge(
    registry,
    'inventory_alert_dead_letters',
    'Deliveries of alerts that were given up; absent while the database is out of reach',
    () => whileScraped(ledger.ask.deadLetters().catch(() => undefined)),
    'max',
  );
  gauge(
    registry,
    'inventory_store_writable',
    '1 if a change could be recorded now, 0 if /readyz says why not; absent while the database does not answer',
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
  gauge(
    registry,
    'inventory_drift',
    'Lines in which the quick answers differed from the plain queries when verify last ran; absent until it has run',
    async () => (await latest())?.drift,
    'max',
  );
  gauge(
    registry,
    'inventory_conservation',
    'Units that came in, less those that went out, less those that were there when verify last ran: must be 0; absent until it has run',
    async () => (await latest())?.conservation ?? undefined,
    'max',
  );
  gauge(
    registry,
    'inventory_verified_timestamp_seconds',
    'When verify last ran; absent until it has run',
    async () => {
      const verifiedAt = (await latest())?.verifiedAt;
      return verifiedAt && verifiedAt.getTime() / 1_000;
    },
    'max',
  );
}

function secondsOf(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1_000;
}

/** The last verification, or the one read before while it cannot be read. The gauges share one query. */
function latestOf(ledger: Measured): () => Promise<Verification | undefined> {
  let known: Verification | undefined;
  let reading: Promise<void> | undefined;
  return async () => {
    reading ??= ledger.ask
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

/** The result if it comes while a scrape waits, else undefined. */
function whileScraped<T>(result: Promise<T>): Promise<T | undefined> {
  return withTimeout<T | undefined>(result, DATABASE_TIMEOUT_MS, () => undefined);
}
