import type { ErrorRequestHandler } from 'express';
import { MulterError } from 'multer';
import type { Logger } from 'pino';
import { Overloaded } from '../../ledger/gate';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import { WriteFailure, type WriteFailureKind } from '../../ledger/write/write-failure';
import { bound } from '../request-log';
import { invalidRequest, Problem } from './problem';
import { RETRY_SOON } from './retry-after';
import { storeUnusable } from './store-unusable';

/** The one place where errors become answers. Only unexpected errors are logged as errors. */
export function answerWithProblem(logger: Logger): ErrorRequestHandler {
  return (error, _req, res, next) => {
    const problem = toProblem(error);
    if (problem.type === 'internal') res.locals.error = error;
    else if (problem.status === 503) {
      logger.warn({ ...bound(res), cause: causeOf(error) }, problem.detail);
    }
    if (res.headersSent) next(error);
    else problem.send(res);
  };
}

const FAILURES: Record<WriteFailureKind, (cause: unknown) => Problem> = {
  overloaded: () =>
    unavailable('overloaded', 'Nothing was recorded. Try again, with growing pauses.'),
  unavailable: () =>
    unavailable('store-unavailable', 'Nothing was recorded. Try again in a moment.'),
  'clock-wrong': () =>
    unavailable(
      'clock-wrong',
      'The clocks of this service and of its database differ by more than CLOCK_TOLERANCE_MS. Nothing was recorded, because it and all later records would get a wrong time. Set the clocks, then try again.',
    ),
  unusable: (cause) =>
    cause instanceof StoreUnusable
      ? storeUnusable(cause.reason, 'Nothing was recorded. ')
      : FAILURES.unavailable(cause),
  closing: () =>
    unavailable('shutting-down', 'Nothing was recorded. Try again: another process will answer.'),
  // No Retry-After: a client that sends the request again without a key may record it twice.
  'outcome-unknown': () =>
    new Problem(
      'outcome-unknown',
      'The connection to the database was lost while this was recorded. Send it again under the same Idempotency-Key, which records it once. Without a key, look whether it was recorded before you send it again.',
    ),
};

function unavailable(
  type: 'overloaded' | 'store-unavailable' | 'clock-wrong' | 'shutting-down',
  detail: string,
): Problem {
  return new Problem(type, detail, {}, RETRY_SOON);
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof WriteFailure) return FAILURES[error.kind](error.cause);
  if (error instanceof StoreUnusable) return storeUnusable(error.reason);
  if (error instanceof StoreUnavailable) {
    return unavailable('store-unavailable', 'The stock cannot be read. Try again in a moment.');
  }
  if (error instanceof Overloaded) {
    const detail =
      'Too many requests that read much of the ledger are waiting already. Try again, with growing pauses.';
    return unavailable('overloaded', detail);
  }
  if (error instanceof MulterError) return fromMulter(error);
  return fromExpress(error) ?? new Problem('internal', 'The service failed; its log says why.');
}

/** multer stops at the first fault, so the problem names only one. */
function fromMulter(error: MulterError): Problem {
  // multer's types lag behind its codes.
  const { code, field = '' }: { code: string; field?: string | undefined } = error;
  switch (code) {
    case 'LIMIT_UNEXPECTED_FILE':
    case 'LIMIT_FILE_COUNT':
    case 'LIMIT_FILE_SIZE':
      return invalidRequest([{ field, detail: 'must be a plain value, not a file' }]);
    case 'LIMIT_FIELD_NESTING':
    case 'LIMIT_FIELD_ARRAY_INDEX':
    case 'INVALID_FIELD_NAME':
      return invalidRequest([{ field, detail: 'is not a field: names have no brackets' }]);
    case 'LIMIT_FIELD_VALUE':
      return invalidRequest([{ field, detail: 'is too long' }]);
    case 'LIMIT_FIELD_KEY':
      return new Problem('malformed-body', 'A field has too long a name.');
    case 'LIMIT_FIELD_COUNT':
    case 'LIMIT_PART_COUNT':
      return new Problem('malformed-body', 'The form has too many fields.');
    case 'MISSING_FIELD_NAME':
      return new Problem('malformed-body', 'A part of the form has no name.');
    default:
      return new Problem('malformed-body', 'The form cannot be read.');
  }
}

/** Errors that Express throws itself. */
function fromExpress(error: unknown): Problem | undefined {
  const { status } = error as { status?: unknown };
  return error instanceof URIError && status === 400
    ? new Problem(
        'malformed-url',
        'The path has a % that is not part of an escape, or escapes that are not UTF-8.',
      )
    : undefined;
}

function causeOf(error: unknown): string | undefined {
  const isWrapped = error instanceof WriteFailure || error instanceof Problem;
  const cause = isWrapped ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : undefined;
}
