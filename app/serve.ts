import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from './config';
import type { Ledger } from './ledger/ledger';
import type { StoreUnusable } from './ledger/store-failure';
import { type Listening, listen } from './listen';
import type { Service } from './service';
import { cannotOpen, StartError } from './start-error';

/** How often idle connections are closed while the service stops. */
const SWEEP_MS = 20;

/** The pause between two tries at start while the database is out of reach. */
const START_PAUSE_MS = 500;

/** What the service has of its process. */
interface ServeContext {
  readonly logger: Logger;
  /** Lines of the log that could not be written. */
  dropped(): number;
  /** Writes text that is for people, among the lines of the log. */
  print(text: string): void;
  /** Aborted when the service is to stop. */
  stopSignal(): AbortSignal;
  /** Writes the last lines of the log, and ends the process. */
  exit(code: number): void;
}

/** Serves until the stop signal, finishes what was accepted, and exits 0. @throws StartError */
export async function serve(config: Config, context: ServeContext): Promise<void> {
  const { logger } = context;
  const service = await openService(config, logger);
  service.metrics.watchLog(context.dropped);
  const { httpServer } = await import('./http/front/server.js');
  const server = httpServer(service.app, config.requestTimeoutMs, config.basePath);
  service.connections.watch(server);
  const listening = await startListening(server, config);
  const { port } = listening;
  const store = config.dbHost ? `MySQL at ${config.dbHost}:${config.dbPort}` : config.sqliteFile;
  logger.info({ port, store }, `listening on port ${port}, the ledger in ${store}`);
  const stop = () => void stopServing(server, listening, service, config, context);
  context.stopSignal().addEventListener('abort', stop, { once: true });
  await untilReady(service, config, logger);
  if (config.access === 'keys') await letFirstOwnerIn(service, config, context);
}

/** Says with which link the first owner signs in, if there is no owner yet. It is said once, with every LOG_LEVEL. */
async function letFirstOwnerIn(
  { ledger }: Service,
  config: Config,
  { logger, print }: ServeContext,
): Promise<void> {
  const { inviteFirstOwner, qrCode } = await import('./invite.js');
  const another = 'node dist/main.js invite makes another';
  try {
    const invited = await inviteFirstOwner(ledger, config);
    if (!invited) return;
    const { link, expiresAt } = invited;
    const message = `nobody can sign in yet. The owner does on one device with ${link} until ${expiresAt.toISOString()}; ${another}`;
    logger.child({}, { level: 'info' }).info({ link }, message);
    if (config.logFormat === 'text') print(await qrCode(link));
  } catch (error) {
    logger.warn(
      { err: error },
      `nobody can sign in yet, and the first link was not made; ${another}`,
    );
  }
}

async function openService(config: Config, logger: Logger): Promise<Service> {
  const { createService } = await import('./service.js');
  try {
    return createService(config, logger);
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
      await checkZone(ledger, config);
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

/**
 * Lets a new ledger keep the time zone of the settings. If nothing can be recorded now, a later turn does that.
 *
 * @throws StartError if the ledger keeps another one
 */
async function checkZone(ledger: Ledger, config: Config): Promise<void> {
  const kept = await ledger.keepZone();
  const { timeZone: wanted, dbHost, dbPort, sqliteFile } = config;
  if (wanted === undefined || kept.isNamed(wanted)) return;
  const place = dbHost ? `at ${dbHost}:${dbPort}` : `in ${sqliteFile}`;
  throw new StartError(
    `The ledger ${place} counts its days in ${kept.timeZone}, and TIME_ZONE is ${wanted}. A ledger keeps the time zone that it was made with: set TIME_ZONE=${kept.timeZone} or leave it out, or begin a new ledger.`,
  );
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
  { logger, exit }: ServeContext,
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
