import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { type Logger, pino } from 'pino';
import request from 'supertest';
import { readConfig } from '../../app/config';
import { httpServer } from '../../app/http/front/server';
import { createService } from '../../app/service';
import { MONITOR_PASS_HEADER } from '../../app/wire/headers';
import { monitorPass } from '../../app/wire/monitor-pass';
import { type LedgerPlace, sqlitePlace } from '../stores';

/** A service that listens on a port of loopback, and how to ask it. */
export interface TestService {
  readonly port: number;
  /** Asks by supertest. */
  readonly ask: ReturnType<typeof request>;
  /** What its monitor sends with each request, to be recognized. */
  readonly monitorHeaders: Readonly<Record<string, string>>;
  /** Lets what it accepted finish, as at SIGTERM, and goes on answering. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** What listens, without what is known of the service behind it. */
export type Listening = Pick<TestService, 'port' | 'ask' | 'close'>;

/** A page that is there whether or not the real one was built. */
const PAGE = path.join(__dirname, 'page');

/** As long as the service gives by itself. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Starts the real service on a ledger, as its process does, with these settings besides the ledger's. */
export async function startService(
  environment: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>> = {},
  logger: Logger = pino({ level: 'silent' }),
  pageFolder: string = PAGE,
): Promise<TestService> {
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent', ...settings });
  const service = createService(config, logger, pageFolder);
  const listening = await listen(service.app);
  return {
    ...listening,
    monitorHeaders:
      config.linkSecret === undefined
        ? {}
        : { [MONITOR_PASS_HEADER]: monitorPass(config.linkSecret, new Date()) },
    drain: () => service.ledger.close(),
    close: async () => {
      await listening.close();
      await service.close();
    },
  };
}

/** Starts a service before each test, on the ledger of that test, and closes it afterwards. */
export function useService(
  place: () => LedgerPlace,
  settings: Readonly<Record<string, string>> = {},
): TestService {
  let service: TestService;
  beforeEach(async () => {
    service = await startService(place().environment, settings);
  });
  afterEach(() => service.close());
  return latest(() => service);
}

/** Starts one service for all tests of a suite, on a ledger in SQLite. */
export function useSharedService(
  settings: Readonly<Record<string, string>> = {},
): TestService & { readonly place: LedgerPlace } {
  let place: LedgerPlace;
  let service: TestService;
  beforeAll(async () => {
    place = await sqlitePlace();
    service = await startService(place.environment, settings);
  });
  afterAll(async () => {
    await service.close();
    await place.remove();
  });
  return Object.defineProperty(
    latest(() => service) as TestService & { place: LedgerPlace },
    'place',
    { get: () => place },
  );
}

/** Stands for the service that runs now. */
function latest(service: () => TestService): TestService {
  return {
    get port() {
      return service().port;
    },
    get ask() {
      return service().ask;
    },
    get monitorHeaders() {
      return service().monitorHeaders;
    },
    drain: () => service().drain(),
    close: () => service().close(),
  };
}

/** Serves an app on a free port of loopback. */
export async function listen(app: RequestListener): Promise<Listening> {
  const server = httpServer(app, REQUEST_TIMEOUT_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ask: request(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Some tests leave a request unfinished, on purpose.
        server.closeAllConnections();
      }),
  };
}
