import type { FieldFault, ProblemMembers } from './problem-members';

/**
 * Every problem that the service answers with: the closed list of `type`s (RFC 9457), the status of
 * each, and its title. docs/problems.md says of each what to do; a test holds the two together.
 */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'A field is missing or faulty' },
  'malformed-body': { status: 400, title: 'The body cannot be read' },
  'faulty-file': { status: 400, title: 'Lines of the file are faulty' },
  'malformed-url': { status: 400, title: 'The URL cannot be read' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'unknown-path': { status: 404, title: 'There is nothing at this path' },
  'unknown-product': { status: 404, title: 'This product has no record yet' },
  'unlisted-product': { status: 404, title: 'This product is not in the catalogue' },
  'unknown-alert': { status: 404, title: 'There is no such alert' },
  'unknown-request': { status: 404, title: 'No request has come under this key' },
  'method-not-allowed': { status: 405, title: 'This path does not take this method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'bad-link': { status: 403, title: 'This link cannot be used' },
  'cross-site': { status: 403, title: 'The request comes from another site' },
  'monitor-only': { status: 403, title: 'Only the monitor may do this' },
  'insufficient-stock': { status: 409, title: 'There is too little in stock' },
  'stock-limit': { status: 409, title: 'There would be more than can be counted' },
  'unexpected-quantity': {
    status: 409,
    title: 'The product has another quantity than was expected',
  },
  'unknown-sale': { status: 409, title: 'There is no such sale of this product' },
  'return-exceeds-sale': { status: 409, title: 'More would be returned than was sold' },
  'batch-refused': { status: 409, title: 'Changes of the batch were refused' },
  'product-exists': { status: 409, title: 'There is such a product already' },
  'unconfirmed-warnings': { status: 409, title: 'Something in the file is likely not meant so' },
  'code-taken': { status: 409, title: 'Another product has this code' },
  'product-limit': { status: 409, title: 'There are as many products as there may be' },
  'catalogue-full': { status: 409, title: 'Every productID is taken' },
  'request-cancelled': { status: 409, title: 'The request under this key was cancelled' },
  'request-has-run': { status: 409, title: 'The request under this key has run' },
  'not-in-ledger': { status: 409, title: 'The ledger does not have what this is about' },
  'alert-limit': { status: 409, title: 'Too much has been done about this alert' },
  'alert-resolved': { status: 409, title: 'The stock has ended this shortage' },
  'stale-record': { status: 412, title: 'The product has a later record' },
  'stale-revision': { status: 412, title: 'The product has a later revision' },
  'stale-alert': { status: 412, title: 'The alert has moved on' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'url-too-long': { status: 414, title: 'The URL is too long' },
  'unsupported-media-type': { status: 415, title: 'The body is of a type that is not taken' },
  'misdirected-request': { status: 421, title: 'The service has another name' },
  'other-instance': { status: 421, title: 'This is not the service that was asked for' },
  'key-reused': { status: 422, title: 'The key belongs to another request' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'The service failed' },
  'unsupported-transfer-coding': {
    status: 501,
    title: 'The body is coded in a way that is not taken',
  },
  overloaded: { status: 503, title: 'Too many requests wait already' },
  'store-unavailable': { status: 503, title: 'The database is out of reach' },
  'clock-wrong': { status: 503, title: 'The clocks differ' },
  'store-unusable': { status: 503, title: 'Somebody has to see to the database' },
  'outcome-unknown': { status: 503, title: 'It is not known whether this was recorded' },
  'shutting-down': { status: 503, title: 'The service is shutting down' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemType = keyof typeof PROBLEMS;

/** What stands before the type of each problem. Below it the service describes them. */
export const PROBLEMS_PATH = '/problems';

/** A type as an answer names it, such as `/problems/insufficient-stock`. */
export type ProblemURI<T extends ProblemType = ProblemType> = `${typeof PROBLEMS_PATH}/${T}`;

export function problemURI<T extends ProblemType>(type: T): ProblemURI<T> {
  return `${PROBLEMS_PATH}/${type}`;
}

/** Whether a text names the type of a problem. A service may be newer than its client, so any name will do. */
export function isProblemURI(text: string): text is ProblemURI {
  return text.startsWith(`${PROBLEMS_PATH}/`);
}

/** The body of an answer that is a problem (RFC 9457, section 3): what all have, and the members of its type. */
export type ProblemAnswer<T extends ProblemType = ProblemType> = {
  readonly type: ProblemURI<T>;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
} & ProblemMembers<T>;

/** Whether a problem is of one of these types. */
export function isProblemOf<T extends ProblemType>(
  problem: ProblemAnswer | undefined,
  ...types: readonly T[]
): problem is ProblemAnswer<T> {
  return types.some((type) => problem?.type === problemURI(type));
}

/** The faulty fields that a problem lists; none where it is about something else. */
export function fieldFaultsOf(problem: ProblemAnswer | undefined): readonly FieldFault[] {
  return isProblemOf(problem, 'invalid-request', 'not-in-ledger') ? (problem.errors ?? []) : [];
}

/** Whether the body of an answer is a problem of the service, and not of something in front of it. */
export function isProblem(body: unknown): body is ProblemAnswer {
  const { type, status, detail } = (body ?? {}) as Partial<Record<string, unknown>>;
  return (
    typeof type === 'string' &&
    isProblemURI(type) &&
    typeof status === 'number' &&
    typeof detail === 'string'
  );
}
