import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger';
import { readFields } from './body/fields';
import { answerWithProblem } from './errors';
import { health } from './health';
import { inventory } from './inventory';
import { Problem } from './problem';
import { requestLog } from './request-log';
import { sales } from './sales';

/**
 * Security headers. TLS, if any, ends in front of this service, which may be plain HTTP in a shop's
 * own network: so nothing here makes a browser insist on HTTPS.
 */
const securityHeaders = helmet({
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
});

/** Bounds of a request. */
export interface HttpLimits {
  /** The largest body of a request. */
  readonly bodyLimitBytes: number;
}

/** The HTTP API over a ledger. */
export function createApp(ledger: Ledger, logger: Logger, limits: HttpLimits): Express {
  const app = express();
  // Entity tags here are record numbers, never hashes of a body.
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.use(requestLog(logger));
  app.use(securityHeaders);

  const fields = readFields(limits.bodyLimitBytes);
  inventory(app, ledger, fields);
  sales(app, ledger, fields);
  health(app, ledger);

  app.use((req) => {
    throw new Problem('unknown-path', `There is nothing at ${req.path}.`);
  });
  app.use(answerWithProblem);
  return app;
}
