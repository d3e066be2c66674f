import type { ErrorRequestHandler } from 'express';
import { MulterError } from 'multer';
import type { Logger } from 'pino';
import { Overloaded } from '../../ledger/gate';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import { WriteFailure, type WriteFailureKind } from '../../ledger/write-failure';
import { bound } from '../request-log';
import { invalidRequest, Problem } from './problem';
import { RETRY_SOON } from './retry-after';
import { storeUnusable } from './store-unusable';

/** The one place where errors become answers. Only what nobody foresaw is logged as an error. */
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
      'The clocks of this service and of its database differ by more than CLOCK_TOLERANCE_MS, so nothing was recorded: it would get a wrong time, and with it all that comes later. Set the clocks right; then try again.',
    ),
  unusable: (cause) =>
    cause instanceof StoreUnusable
      ? storeUnusable(cause.reason, 'Nothing was recorded. ')
      : FAILURES.unavailable(cause),
  closing: () =>
    unavailable('shutting-down', 'Nothing was recorded. Try again: another process will answer.'),
  // No Retry-After here: who merely sends it again may record it twice.
  'outcome-unknown': () =>
    new Problem(
      'outcome-unknown',
      'The database was lost while it recorded this. Send it again under the same Idempotency-Key, which records it once; without a key, look before you send it again.',
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
      'Too many questions that read much of the ledger wait already. Try again, with growing pauses.';
    return unavailable('overloaded', detail);
  }
  if (error instanceof MulterError) return fromMulter(error);
  return fromExpress(error) ?? new Problem('internal', 'The service failed; its log says why.');
}

/** multer stops at the first fault, so it is the only one that can be named. */
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

/** What Express throws by itself. */
function fromExpress(error: unknown): Problem | undefined {
  const { status } = error as { status?: unknown };
  return error instanceof URIError && status === 400
    ? new Problem(
        'malformed-url',
        'The path has a % that begins no escape, or escapes that are no UTF-8.',
      )
    : undefined;
}

function causeOf(error: unknown): string | undefined {
  const isWrapped = error instanceof WriteFailure || error instanceof Problem;
  const cause = isWrapped ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : undefined;
}
