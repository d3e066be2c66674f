import { randomInt } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config';
import { Provider } from './http/access/provider/provider';
import { createApp } from './http/app';
import { Bodies } from './http/front/bodies';
import type { ClientBounds } from './http/front/client-bounds';
import { Connections } from './http/front/connections';
import { Places } from './http/front/places';
import { Proxies } from './http/front/proxies';
import { Metrics } from './http/metrics/metrics';
import { Ledger } from './ledger/ledger';
import { offsetInWords } from './ledger/write/clock-guard';
import { openStore } from './open-store';
import { SqliteStore } from './store/sqlite/sqlite-store';
import { MONITOR_PASS_HEADER } from './wire/headers';
import { isMonitorPass } from './wire/monitor-pass';
import { shareMetrics } from './workers';

/** The whole service, except that it does not listen yet. */
export interface Service {
  readonly app: RequestListener;
  readonly ledger: Ledger;
  /** Must watch the server that serves the app. */
  readonly connections: Connections;
  readonly metrics: Metrics;
  /** Ends what would never end by itself, such as streams. */
  stop(): void;
  /** Finishes what was accepted, and closes the store. */
  close(): Promise<void>;
}

/** The largest random number that `randomInt` draws: unlikely enough to be drawn twice. */
const TURN_MARK_MAX = 2 ** 48 - 1;

/** How often a read is tried at most, within READ_TIMEOUT_MS. */
const READ_TRIES = 50;

/** Where the build puts the page. The path is the same from `app/` and from `dist/`. */
const BUILT_PAGE = path.join(__dirname, '..', 'dist', 'page');

/**
 * Puts a service together from its settings.
 *
 * @param now what time it is; tests have a clock of their own
 */
export function createService(
  config: Config,
  logger: Logger,
  pageFolder: string = BUILT_PAGE,
  now: () => Date = () => new Date(),
): Service {
  const store = openStore(config);
  const stopping = new AbortController();
  const metrics = new Metrics();
  metrics.useSource(shareMetrics(metrics.registry));
  const ledger = new Ledger(
    store,
    {
      now,
      timeZone: config.timeZone,
      drawTurnMark: () => randomInt(1, TURN_MARK_MAX),
      onRewound: (lastKnownRecord) =>
        logger.error(
          { lastKnownRecord },
          'THE LEDGER HAS GONE BACK: the last record known here is no longer in the database. Was a backup restored? Loading it again.',
        ),
      onClock: clockLog(logger),
      onFutureRecord: (record, aheadMs) =>
        logger.error(
          { record, aheadSeconds: Math.round(aheadMs / 1_000) },
          'THE LAST RECORD IS IN THE FUTURE: what is recorded until then gets its time, since times never go back. Was a clock wrong?',
        ),
      onCommit: (commit) => metrics.onCommit(commit),
      onFailure: ({ kind }) => {
        if (kind === 'clock-wrong') metrics.onClockRefused();
      },
      onCatchUp: (catchUp) => metrics.onCatchUp(catchUp),
    },
    {
      writer: {
        queueLimit: config.queueLimit,
        // BATCH_LIMIT limits a group, not the batch of POST /inventory/batch.
        groupLimit: config.batchLimit,
        timeoutMs: config.writeTimeoutMs,
        clockToleranceMs: config.clockToleranceMs,
        productLimit: config.productLimit,
        alertEventsLimit: config.alertEventsLimit,
      },
      reads: { timeoutMs: config.readTimeoutMs, tries: READ_TRIES },
    },
  );
  const bounds = clientBounds(config);
  return {
    connections: bounds.connections,
    app: createApp(
      ledger,
      logger,
      {
        access: config.access,
        monitorKey: config.monitorKey,
        provider: providerOf(config, logger),
        publicUrl: config.publicUrl,
        allowedHosts: ownNames(config),
        urlLimit: config.urlLimit,
        cancellations: {
          burst: config.cancellationsLimit,
          perSecond: config.cancellationsPerHour / 3_600,
        },
        basePath: config.basePath,
        bodyLimitBytes: config.bodyLimitBytes,
        batchLimitBytes: config.batchLimitBytes,
        importLimitBytes: config.importLimitBytes,
        pageFolder,
        linkSecret: config.linkSecret,
        instanceID: config.instanceID,
        bounds,
        // People who read the log want to see what is wrong, and not every request of the page.
        requestLevel: config.logFormat === 'text' ? 'debug' : 'info',
      },
      stopping.signal,
      metrics,
    ),
    ledger,
    metrics,
    stop: () => stopping.abort(),
    close: async () => {
      await ledger.close();
      await store.close();
    },
  };
}

/** Logs once that the clocks differ, and once that they agree again. */
function clockLog(logger: Logger): (agrees: boolean, offsetMs: number) => void {
  let agreed = true;
  return (agrees, offsetMs) => {
    if (agrees === agreed) return;
    agreed = agrees;
    const offsetSeconds = Math.round(offsetMs / 1_000);
    if (agrees) logger.info({ offsetSeconds }, 'the clocks agree again');
    else {
      logger.error(
        { offsetSeconds },
        `THE CLOCKS DIFFER: this process is ${offsetInWords(offsetMs)} its database, and records nothing until they agree. Is one of them set by hand, or NTP off?`,
      );
    }
  };
}

/** The provider that the settings name. Why a sign-in with it failed is in the log, since only an administrator can mend that. */
function providerOf(config: Config, logger: Logger): Provider | undefined {
  const { oidcIssuer: issuer, oidcClientID: clientID, oidcClientSecret: clientSecret } = config;
  if (!issuer || !clientID || !clientSecret) return undefined;
  return new Provider({ issuer, clientID, clientSecret }, ({ kind, reason }) =>
    logger.warn({ kind, reason }, `a sign-in with ${issuer} failed: ${reason}`),
  );
}

/** The host names that requests may use for the service. */
function ownNames({ publicUrl, allowedHosts }: Config): ReadonlySet<string> {
  return new Set(['localhost', new URL(publicUrl).hostname, ...allowedHosts]);
}

/**
 * Fills an embedded store with the dummy shop, unless it holds records already.
 *
 * @returns whether it was filled
 */
export async function seedDummyShop(config: Config): Promise<boolean> {
  const store = new SqliteStore(config.sqliteFile);
  try {
    return store.seedDummyShop();
  } finally {
    await store.close();
  }
}

/** The limits on what clients may use of one process. */
function clientBounds(config: Config): ClientBounds {
  const { addressSharePercent: sharePercent, linkSecret, stallTimeoutMs } = config;
  const isMonitor = (req: IncomingMessage) => {
    const pass = req.headers[MONITOR_PASS_HEADER.toLowerCase()];
    return (
      linkSecret !== undefined &&
      typeof pass === 'string' &&
      isMonitorPass(linkSecret, pass, new Date())
    );
  };
  const proxies = config.trustProxy.length > 0 ? new Proxies(config.trustProxy) : undefined;
  return {
    connections: new Connections({
      limit: config.connectionsLimit,
      sharePercent,
      stallTimeoutMs,
      isMonitor,
      isProxy: (address) => proxies?.has(address) ?? false,
    }),
    bodies: new Bodies({
      limit: config.bodiesLimitBytes,
      sharePercent,
      freeBytes: config.bodyLimitBytes,
      largestBytes: Math.max(config.batchLimitBytes, config.importLimitBytes),
      isMonitor,
    }),
    streams: new Places({ limit: config.streamsLimit, sharePercent }),
    sharePercent,
    isMonitor,
    proxies,
  };
}
