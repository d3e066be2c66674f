import type { RequestListener } from 'node:http';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger';
import { INSTANCE_HEADER } from '../wire/headers';
import { Challenges } from './access/challenges';
import { type AccessMode, Gate } from './access/gate';
import { Guesses } from './access/guesses';
import { Holders } from './access/holders';
import { passkeySite } from './access/passkey-site';
import type { Provider } from './access/provider/provider';
import { ProviderDoor } from './access/provider/provider-door';
import { SessionCookie } from './access/session-cookie';
import { setBasePath, withBasePath } from './answers/base-path';
import { readFields, readJson } from './body/read-body';
import { queryFields } from './body/urlencoded';
import type { Pace } from './front/allowance';
import type { ClientBounds } from './front/client-bounds';
import { type FrontDoor, refusalOf } from './front/front-door';
import { requireInstance } from './front/instance';
import { noteClient } from './front/proxies';
import { SECURITY_HEADERS } from './front/security-headers';
import { stripBasePath } from './front/strip-base-path';
import { measureRequest } from './metrics/measure';
import { Metrics } from './metrics/metrics';
import { type Resource, serve } from './operation';
import { answerWithProblem } from './problems/error-handler';
import { Problem } from './problems/problem';
import { shortened } from './problems/shortened';
import { identify, logRequest } from './request-log';
import { accessLog } from './resources/access/access-log';
import { identities } from './resources/access/identities';
import { keys } from './resources/access/keys';
import { me } from './resources/access/me';
import { passkeySignIn } from './resources/access/passkey-sign-in';
import { passkeys } from './resources/access/passkeys';
import { people } from './resources/access/people';
import { providerSignIn } from './resources/access/provider-sign-in';
import { sessions } from './resources/access/sessions';
import { signInWays } from './resources/access/sign-in-ways';
import { act } from './resources/alerts/act';
import { alerts } from './resources/alerts/alerts';
import { checkpoint } from './resources/alerts/checkpoint';
import { deliveries } from './resources/alerts/deliveries';
import { findings } from './resources/alerts/findings';
import { monitorOnly } from './resources/alerts/monitor-only';
import { docs } from './resources/docs/docs';
import { holds } from './resources/documents/holds';
import { transfers } from './resources/documents/transfers';
import { csvExports } from './resources/exports/exports';
import { health } from './resources/health';
import { imports } from './resources/imports/imports';
import { batch } from './resources/inventory/batch';
import { explain } from './resources/inventory/explain';
import { inventory } from './resources/inventory/inventory';
import { cells } from './resources/locations/cells';
import { locations } from './resources/locations/locations';
import { moves } from './resources/locations/moves';
import { metricsResource } from './resources/metrics';
import { withOpenApi } from './resources/openapi';
import { overview } from './resources/overview/overview';
import { web } from './resources/page-files';
import { problemTypes } from './resources/problem-types';
import { outlooks } from './resources/products/outlook';
import { products } from './resources/products/products';
import { reorderPoints } from './resources/products/reorder-points';
import { records } from './resources/records/records';
import { requests } from './resources/requests/requests';
import { saleCancellation } from './resources/sales/cancellation';
import { sales } from './resources/sales/sales';

const ANY_PACE: Pace = { burst: Number.POSITIVE_INFINITY, perSecond: 0 };

/** The settings of the HTTP API. */
export interface HttpSettings extends FrontDoor {
  /** Who is asked to say who they are; nobody by default. */
  readonly access?: AccessMode;
  /** The key by which the monitor is let in; undefined if it has none. */
  readonly monitorKey?: string | undefined;
  /** The OpenID provider with which people sign in; undefined for none. */
  readonly provider?: Provider | undefined;
  /** Where people reach the service. */
  readonly publicUrl?: string | undefined;
  /** The largest body of a request with the fields of one thing. */
  readonly bodyLimitBytes: number;
  /** The largest body of a batch. */
  readonly batchLimitBytes: number;
  /** The largest body with a file to import. */
  readonly importLimitBytes: number;
  /** The folder of the built page. It may be missing. */
  readonly pageFolder: string;
  /** The path below which all is served, such as `/inventory`; none by default. */
  readonly basePath?: string | undefined;
  /** Signs the links of alert mails and the monitor's passes. Without it no link can be used, and no pass is needed. */
  readonly linkSecret?: string | undefined;
  /** The name of this deployment: every answer has it, and requests for another deployment are refused. */
  readonly instanceID?: string | undefined;
  /** How fast keys may be cancelled; without a limit by default. */
  readonly cancellations?: Pace;
  /** Limits for clients, above all for slow ones; none by default. */
  readonly bounds?: ClientBounds;
  /** The log level of requests without an error; info by default. */
  readonly requestLevel?: 'info' | 'debug';
}

/**
 * The HTTP API over a ledger.
 *
 * @param stopping aborted when the service stops, so that streams end
 * @param metrics what is measured of this process
 */
export function createApp(
  ledger: Ledger,
  logger: Logger,
  settings: HttpSettings,
  stopping: AbortSignal,
  metrics = new Metrics(),
): RequestListener {
  metrics.watch(ledger);
  const { instanceID, basePath = '' } = settings;
  const cookie = new SessionCookie(settings.publicUrl);
  const guesses = new Guesses(settings.bounds?.sharePercent);
  const holders = new Holders(ledger, guesses);
  const app = routed(
    logger,
    resources(ledger, settings, stopping, metrics, cookie, guesses, holders),
    [requireInstance(instanceID)],
    new Gate(ledger, settings.access ?? 'open', cookie, holders, settings.monitorKey),
  );
  app.set('json replacer', withBasePath(basePath));
  // These steps come before Express: as Express middleware they would take twice as long.
  return (incoming, outgoing) => {
    const begun = performance.now();
    // Express adds its methods to these objects before any handler runs.
    const [req, res] = [incoming as Request, outgoing as Response];
    identify(req, res);
    if (instanceID !== undefined) res.setHeader(INSTANCE_HEADER, instanceID);
    for (const [name, value] of SECURITY_HEADERS) res.setHeader(name, value);
    // `close` comes after the answer, or without one if the client has gone.
    res.on('close', () => {
      const tookMs = performance.now() - begun;
      measureRequest(metrics, req, res, tookMs);
      logRequest(logger, req, res, tookMs, settings.requestLevel);
    });
    setBasePath(res, basePath);
    if (settings.bounds?.proxies) noteClient(req, settings.bounds.proxies);
    const refusal =
      settings.bounds?.connections.begin(req, res) ??
      refusalOf(req, settings) ??
      settings.bounds?.bodies.begin(req, res, (problem) => {
        if (!res.headersSent) problem.send(res);
      }) ??
      stripBasePath(req, res, basePath);
    if (refusal instanceof Problem) refusal.send(res);
    else if (refusal === undefined) app(req, res);
  };
}

/**
 * Serves resources, and answers 404 for every other path.
 *
 * @param before handlers that run first for each request
 * @param gate lets callers in; without it everybody is let in
 */
export function routed(
  logger: Logger,
  served: readonly Resource[],
  before: readonly RequestHandler[] = [],
  gate?: Gate,
): Express {
  const app = express();
  // Entity tags here are record numbers, never hashes of a body.
  app.set('etag', false);
  app.set('x-powered-by', false);
  app.set('query parser', queryFields);
  app.set('case sensitive routing', true);
  for (const handler of before) app.use(handler);
  serve(app, served, gate);
  app.use((req) => {
    throw new Problem('unknown-path', `There is nothing at ${shortened(req.path)}.`);
  });
  if (gate) app.use(gate.noteRefusals());
  app.use(answerWithProblem(logger));
  return app;
}

/** Everything that is served, and its documentation. */
export function resources(
  ledger: Ledger,
  settings: HttpSettings,
  stopping: AbortSignal,
  metrics: Metrics,
  cookie = new SessionCookie(undefined),
  guesses = new Guesses(),
  holders = new Holders(ledger, guesses),
): Resource[] {
  const fields = readFields(settings.bodyLimitBytes);
  const forMonitor = monitorOnly(settings.linkSecret);
  const door = settings.provider && new ProviderDoor(settings.provider, settings);
  // Of their own: guesses of keys keep nobody from signing in with the provider.
  const tries = new Guesses(settings.bounds?.sharePercent);
  const challenges = new Challenges(ledger);
  const site = settings.access === 'keys' ? passkeySite(settings.publicUrl) : undefined;
  return withOpenApi(
    [
      ...moves(ledger, readJson(settings.batchLimitBytes)),
      ...batch(ledger, readJson(settings.batchLimitBytes)),
      ...inventory(ledger, fields),
      ...explain(ledger),
      ...locations(ledger, fields),
      ...cells(ledger),
      ...holds(ledger, readJson(settings.batchLimitBytes)),
      ...transfers(ledger, readJson(settings.batchLimitBytes), () => new Date()),
      ...sales(ledger, fields),
      ...saleCancellation(ledger, fields),
      ...records(ledger, stopping, metrics.streams, settings.bounds),
      ...keys(ledger, fields),
      ...me(),
      ...accessLog(ledger),
      ...people(ledger, fields, settings),
      ...sessions(ledger, fields, cookie, holders),
      ...identities(ledger),
      ...signInWays(door, site),
      ...providerSignIn(ledger, fields, cookie, door, holders, tries, settings.basePath),
      ...passkeys(ledger, fields, challenges, site),
      ...passkeySignIn(ledger, fields, challenges, site, cookie, holders, guesses),
      ...requests(ledger, settings.cancellations ?? ANY_PACE, settings.bounds?.sharePercent),
      ...products(ledger, fields),
      ...outlooks(ledger),
      ...reorderPoints(ledger, fields),
      ...overview(ledger),
      ...findings(ledger, [forMonitor, ...readJson(settings.batchLimitBytes)], () => new Date()),
      ...deliveries(ledger, [forMonitor, ...readJson(settings.batchLimitBytes)], metrics),
      ...checkpoint(ledger, [forMonitor, ...readJson(settings.bodyLimitBytes)]),
      ...act(ledger, fields, settings.linkSecret),
      ...alerts(ledger, fields),
      ...csvExports(ledger),
      ...imports(ledger, settings.importLimitBytes, settings.bounds?.sharePercent),
      ...health(ledger),
      ...problemTypes(),
      ...web(settings.pageFolder),
      ...docs(),
      ...metricsResource(metrics),
    ],
    settings.basePath,
  );
}
