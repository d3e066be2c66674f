import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import dotenv from 'dotenv';
import { type Logger, pino } from 'pino';
import { type Config, ConfigError, readConfig, readSettings } from './config';
import type { StoreUnusable } from './ledger/store-failure';
import { type Listening, listen } from './listen';
import { LogOutput } from './log-output';
import { secretsOf, withoutSecrets } from './monitor/secrets';
import { MONITOR_SETTINGS, misfits } from './monitor/settings';
import type { Service } from './service';
import { cannotOpen, StartError } from './start-error';
import { CANNOT_START, isWorker, runWorkers } from './workers';

const USAGE = `Usage: node dist/main.js [COMMAND]

  serve    answer HTTP (the default)
  monitor  watch a service, and tell people of what is low
  verify   compare what the service answers with the plain queries that define it
  check    look whether the settings of service and monitor are right
  seed     fill an embedded store that has no records with a dummy shop

Settings come from the environment and from .env; .env.example lists them.`;

/** How often idle connections are closed while the service stops. */
const SWEEP_MS = 20;

/** How much longer than SHUTDOWN_TIMEOUT_MS one of several processes may take to stop, before it is killed. */
const KILL_AFTER_MS = 2_000;

/** The pause between two tries at start while the database is out of reach. */
const START_PAUSE_MS = 500;

/** Runs a command. Each loads only what it needs: the monitor needs neither Express nor a database. */
async function main(command = 'serve'): Promise<void> {
  // No other user of this machine may read what is written, such as the ledger of an embedded store.
  process.umask(0o077);
  dotenv.config({ quiet: true });
  if (command === 'monitor') return monitor();
  const config = readConfig(process.env);
  switch (command) {
    case 'check':
      monitorSettings();
      return;
    case 'serve':
      return config.webConcurrency > 1 && !isWorker() ? serveTogether(config) : serve(config);
    case 'verify': {
      const { verify } = await import('./verify.js');
      const { drift, report } = await embedded(config, verify(config));
      console.log(report);
      process.exitCode = drift === 0 ? 0 : 1;
      return;
    }
    case 'seed': {
      const { seedDummyShop } = await import('./service.js');
      const filled = await embedded(config, seedDummyShop(config));
      console.log(
        `${config.sqliteFile} ${filled ? 'now holds the dummy shop' : 'has records already: left as it is'}.`,
      );
      return;
    }
    default:
      console.error(USAGE);
      process.exitCode = 2;
  }
}

/** The result of a command. If the embedded ledger cannot be opened or read, an error that says what to do. */
async function embedded<T>(config: Config, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw config.dbHost ? error : cannotOpen(config, error);
  });
}

/** How long the process waits at its end for the last lines of the log to be written. */
const LAST_LINES_MS = 1_000;

type LogSettings = Pick<Config, 'logLevel' | 'logFormat'>;

/** A log on standard output. */
interface Log {
  readonly logger: Logger;
  /** Lines that could not be written. */
  dropped(): number;
  /** Writes the last lines, if they can be written in time, and ends the process. */
  exit(code: number): void;
}

/** @param secrets texts that no line of any source may contain */
async function openLog(
  { logLevel: level, logFormat }: LogSettings,
  secrets: readonly string[] = [],
): Promise<Log> {
  const output = new LogOutput(1, (dropped) =>
    logger.warn({ dropped }, 'lines of the log were dropped here: they could not be written'),
  );
  process.once('exit', () => output.writeRest());
  const timestamp = pino.stdTimeFunctions.isoTime;
  const lines = isText(logFormat) ? await inText(output) : output;
  const streamWrite = (line: string) => withoutSecrets(line, secrets);
  const hooks = secrets.length > 0 ? { streamWrite } : {};
  const logger = pino({ level, base: null, timestamp, hooks }, lines);
  const exit = (code: number) => {
    void output.flush(LAST_LINES_MS).then(() => process.exit(code));
  };
  return { logger, dropped: () => output.dropped, exit };
}

/** Whether people read the log, and not programs. */
function isText(logFormat: LogSettings['logFormat']): boolean {
  return logFormat === 'text' || (logFormat === 'auto' && process.stdout.isTTY);
}

/** Loads pino-pretty only if it is used. */
async function inText(output: LogOutput): Promise<{ write(line: string): void }> {
  const { textOf } = await import('./log-text.js');
  const text = textOf(process.stdout.isTTY && !process.env.NO_COLOR);
  return { write: (line) => output.write(text(line)) };
}

/** Aborted by the first SIGTERM or SIGINT. A second one must not cut short what was accepted. */
function stopSignal(logger: Logger): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) return;
      logger.info(`${signal}: finishing what was accepted`);
      stopping.abort();
    });
  }
  return stopping.signal;
}

/** @throws ConfigError */
function monitorSettings() {
  const settings = readSettings(MONITOR_SETTINGS, process.env);
  const faults = misfits(settings);
  if (faults.length > 0) throw new ConfigError(faults);
  return settings;
}

/** Watches a service until SIGTERM or SIGINT, finishes what it has begun, and exits 0. */
async function monitor(): Promise<void> {
  const settings = monitorSettings();
  const { logger, exit } = await openLog(settings, secretsOf(settings));
  const stopping = stopSignal(logger);
  logger.info({ apiUrl: settings.apiUrl }, `watching the service at ${settings.apiUrl}`);
  if (settings.smtpUrl === undefined) {
    logger.warn(
      'mail is off: alerts open and show on the page, and nobody gets mail of them until SMTP_URL is set',
    );
  } else if (settings.linkSecret === undefined) {
    logger.warn(
      'mails have no links that do something until LINK_SECRET is set, here and in the service',
    );
  }
  const { createMonitor } = await import('./monitor/monitor.js');
  await createMonitor(settings, logger).run(stopping);
  logger.info('stopped');
  exit(0);
}

/** Serves with several processes until SIGTERM or SIGINT, which is passed on to each of them. */
async function serveTogether(config: Config): Promise<void> {
  const { webConcurrency, shutdownTimeoutMs } = config;
  const { logger, exit } = await openLog(config);
  const stopping = stopSignal(logger);
  const killAfterMs = shutdownTimeoutMs + KILL_AFTER_MS;
  exit((await runWorkers(webConcurrency, logger, stopping, killAfterMs)) ? 0 : 1);
}

async function serve(config: Config): Promise<void> {
  const { logger, dropped, exit } = await openLog(config);
  const service = await openService(config, logger);
  service.metrics.watchLog(dropped);
  const { httpServer } = await import('./http/front/server.js');
  const server = httpServer(service.app, config.requestTimeoutMs, config.basePath);
  service.connections.watch(server);
  const listening = await startListening(server, config);
  const { port } = listening;
  const store = config.dbHost ? `MySQL at ${config.dbHost}:${config.dbPort}` : config.sqliteFile;
  logger.info({ port, store }, `listening on port ${port}, the ledger in ${store}`);
  const stopping = stopSignal(logger);
  const stop = () => void stopServing(server, listening, service, config, logger, exit);
  stopping.addEventListener('abort', stop, { once: true });
  await untilReady(service, config, logger);
}

async function openService(config: Config, logger: Logger): Promise<Service> {
  const { createService } = await import('./service.js');
  try {
    const logFormat = isText(config.logFormat) ? 'text' : 'json';
    return createService({ ...config, logFormat }, logger);
  } catch (error) {
    throw cannotOpen(config, error);
  }
}

async function startListening(server: Server, { port, host }: Config): Promise<Listening> {
  return listen(server, host, port).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken: stop what listens there, or choose another with PORT.`
        : `Nothing can listen on ${host}, port ${port} (${error.code}): choose others with HOST and PORT.`,
    );
  });
}

/** Loads the ledger into memory. It waits for the database as long as needed, and logs each new reason once. */
async function untilReady({ ledger }: Service, config: Config, logger: Logger): Promise<void> {
  let said: string | undefined;
  for (;;) {
    try {
      await ledger.load();
      const stock = await ledger.stock();
      logger.info({ record: stock.last?.record ?? 0 }, 'ready');
      return;
    } catch (error) {
      const { name, message } = error as Error;
      if (name === 'SchemaTooNew' || name === 'SchemaTooOld') throw new StartError(message);
      if (name !== 'StoreUnavailable' && name !== 'StoreUnusable') throw error;
      if (!config.dbHost && (error as StoreUnusable).reason === 'damaged') {
        throw cannotOpen(config, error);
      }
      if (said !== message) logger.warn(waitingFor(config, message));
      said = message;
      await pause(START_PAUSE_MS, undefined, { ref: false });
    }
  }
}

function waitingFor({ dbHost, dbPort, sqliteFile }: Config, message: string): string {
  return dbHost
    ? `the database at ${dbHost}:${dbPort} does not answer (${message}): check that it runs and that DB_HOST, DB_PORT, DB_USER, DB_PASSWORD and DB_NAME are right; trying again until it does`
    : `the ledger in ${sqliteFile} cannot be read (${message}): see to that file; trying again until it can`;
}

/** Takes no more work, finishes what was accepted, closes the store, and exits 0. */
async function stopServing(
  server: Server,
  listening: Listening,
  service: Service,
  config: Config,
  logger: Logger,
  exit: (code: number) => void,
): Promise<void> {
  setTimeout(() => {
    logger.error('not finished within SHUTDOWN_TIMEOUT_MS: giving up');
    exit(1);
  }, config.shutdownTimeoutMs).unref();
  service.stop();
  // By then accepted changes have had their time. Clients that neither read nor send are disconnected.
  const hangUp = setTimeout(() => server.closeAllConnections(), config.shutdownTimeoutMs * 0.9);
  hangUp.unref();
  // A busy connection becomes idle after its answer.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await Promise.all([listening.close(), service.ledger.close()]);
  clearInterval(sweep);
  clearTimeout(hangUp);
  await service.close();
  logger.info('stopped');
  exit(0);
}

main(process.argv[2]).catch((error: unknown) => {
  const isKnown = error instanceof ConfigError || error instanceof StartError;
  console.error(isKnown ? error.message : error);
  process.exit(isKnown && isWorker() ? CANNOT_START : 1);
});
