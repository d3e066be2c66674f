import dotenv from 'dotenv';
import { type Logger, pino } from 'pino';
import { type Config, readConfig } from './config';
import { LogOutput } from './log-output';
import { asLogged, secretsOf, withoutSecrets } from './monitor/secrets';
import { MONITOR_SETTINGS, misfits } from './monitor/settings';
import { withMonitorKey } from './monitor-key-file';
import { ConfigError, readSettings } from './setting-table';
import { cannotOpen, cannotReach, StartError } from './start-error';
import { CANNOT_START, isWorker, runWorkers } from './workers';

const USAGE = `Usage: node dist/main.js [COMMAND]

  serve    answer HTTP (the default)
  monitor  watch a service, and tell people of what is low
  verify   compare what the service answers with the plain queries that define it, and account for every unit
  check    look whether the settings of service and monitor are right
  invite [NAME] [ROLE]
           make a link with which a person signs in on the page, once; without NAME and ROLE for an owner
  seed     fill an embedded store that has no records with a dummy shop

Settings come from the environment and from .env; .env.example lists them.`;

/** How much longer than SHUTDOWN_TIMEOUT_MS one of several processes may take to stop, before it is killed. */
const KILL_AFTER_MS = 2_000;

/** Runs a command. Each loads only what it needs: the monitor needs neither Express nor a database. */
async function main(command = 'serve'): Promise<void> {
  // No other user of this machine may read what is written, such as the ledger of an embedded store.
  process.umask(0o077);
  dotenv.config({ quiet: true });
  if (command === 'monitor') return monitor();
  // Other commands need no key, and so make none.
  const needsKey = command === 'serve' || command === 'check';
  const config = readConfig(needsKey ? withMonitorKey(process.env) : process.env);
  switch (command) {
    case 'check':
      monitorSettings();
      return;
    case 'serve':
      return config.webConcurrency > 1 && !isWorker() ? serveTogether(config) : serveAlone(config);
    case 'verify': {
      const { verify } = await import('./verify.js');
      const { drift, conservation, report } = await embedded(config, verify(config));
      console.log(report);
      process.exitCode = drift + conservation === 0 ? 0 : 1;
      return;
    }
    case 'invite':
      return printInvitation(config);
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

/** Prints the link of a new invitation, and in a terminal its QR code. */
async function printInvitation(config: Config): Promise<void> {
  const { invite, qrCode } = await import('./invite.js');
  const [, , , name, role] = process.argv;
  const invited = await embedded(config, invite(config, name, role));
  console.error(
    `${invited.name} (${invited.role}) signs in on one device with this link, until ${invited.expiresAt.toISOString()}:`,
  );
  console.log(invited.link);
  if (process.stdout.isTTY) console.log(await qrCode(invited.link));
  if (config.access === 'open') {
    console.error('The service asks nobody who they are, as long as ACCESS is not keys.');
  }
}

/** The result of a command. If the ledger cannot be opened or read, an error that says what to do. */
async function embedded<T>(config: Config, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof StartError) throw error;
    throw config.dbHost ? cannotReach(config, error) : cannotOpen(config, error);
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
  /** Writes text that is for people, among the lines. */
  print(text: string): void;
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
  return {
    logger,
    dropped: () => output.dropped,
    print: (text) => output.write(`${text}\n`),
    exit,
  };
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
  const settings = readSettings(MONITOR_SETTINGS, withMonitorKey(process.env));
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

async function serveAlone(config: Config): Promise<void> {
  const { linkSecret, monitorKey, oidcClientSecret } = config;
  const log = await openLog(config, asLogged([linkSecret, monitorKey, oidcClientSecret]));
  const logFormat = isText(config.logFormat) ? 'text' : 'json';
  const { serve } = await import('./serve.js');
  await serve({ ...config, logFormat }, { ...log, stopSignal: () => stopSignal(log.logger) });
}

main(process.argv[2]).catch((error: unknown) => {
  const isKnown = error instanceof ConfigError || error instanceof StartError;
  console.error(isKnown ? error.message : error);
  process.exit(isKnown && isWorker() ? CANNOT_START : 1);
});
