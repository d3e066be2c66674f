import type { FieldFault, ProblemMembers } from './problem-members';

/**
 * Every problem that the service answers with: the closed list of `type`s (RFC 9457), the status of
 * each, and its title. docs/problems.md says what to do about each; a test compares the two.
 */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'A field is missing or faulty' },
  'malformed-body': { status: 400, title: 'The body cannot be read' },
  'faulty-file': { status: 400, title: 'Lines of the file are faulty' },
  'malformed-url': { status: 400, title: 'The URL cannot be read' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'sign-in-required': { status: 401, title: 'This needs a key, or somebody who is signed in' },
  'unknown-path': { status: 404, title: 'There is nothing at this path' },
  'unknown-product': { status: 404, title: 'This product has no record yet' },
  'unlisted-product': { status: 404, title: 'This product is not in the catalogue' },
  'unknown-alert': { status: 404, title: 'There is no such alert' },
  'unknown-location': { status: 404, title: 'There is no such location' },
  'unknown-hold': { status: 404, title: 'There is no such hold' },
  'unknown-transfer': { status: 404, title: 'There is no such transfer' },
  'unknown-person': { status: 404, title: 'There is no such person' },
  'unknown-session': { status: 404, title: 'There is no such session' },
  'unknown-identity': { status: 404, title: 'There is no such account at the provider' },
  'no-provider': { status: 404, title: 'There is no provider to sign in with' },
  'unknown-passkey': { status: 404, title: 'There is no such passkey' },
  'unknown-key': { status: 404, title: 'There is no such key' },
  'unknown-request': { status: 404, title: 'No request has come under this key' },
  'method-not-allowed': { status: 405, title: 'This path does not support this method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'bad-link': { status: 403, title: 'This link cannot be used' },
  'bad-invitation': { status: 403, title: 'This invitation cannot be used' },
  'not-signed-in': { status: 403, title: 'This does not sign anybody in' },
  'cross-site': { status: 403, title: 'The request comes from another site' },
  'monitor-only': { status: 403, title: 'Only the monitor may do this' },
  'not-a-person': { status: 403, title: 'Only people can do this' },
  'missing-scope': { status: 403, title: 'The caller may not do this' },
  'insufficient-stock': { status: 409, title: 'There is too little in stock' },
  'not-sellable': { status: 409, title: 'Nothing is sold at this location' },
  'sellable-is-fixed': { status: 409, title: 'Whether a location sells cannot be changed' },
  'location-in-use': { status: 409, title: 'Something is at this location' },
  'first-location': { status: 409, title: 'The first location is always there' },
  'location-limit': { status: 409, title: 'The number of locations has reached its limit' },
  'below-held': { status: 409, title: 'Holds have set more aside' },
  'hold-ended': { status: 409, title: 'The hold has ended' },
  'exceeds-hold': { status: 409, title: 'The hold has fewer units' },
  'transfer-closed': { status: 409, title: 'The transfer is closed' },
  'exceeds-outstanding': { status: 409, title: 'Fewer units are on their way' },
  'document-limit': {
    status: 409,
    title: 'The number of open holds and transfers has reached its limit',
  },
  'stock-limit': { status: 409, title: 'The stock would exceed the highest quantity' },
  'unexpected-quantity': {
    status: 409,
    title: 'The quantity is not the expected one',
  },
  'unknown-sale': { status: 409, title: 'There is no such sale of this product' },
  'sale-cancelled': { status: 409, title: 'The sale was cancelled' },
  'sale-returned': { status: 409, title: 'Units of the sale were returned' },
  'return-exceeds-sale': { status: 409, title: 'More would be returned than was sold' },
  'last-owner': { status: 409, title: 'Somebody has to be the owner' },
  'no-passkeys': { status: 409, title: 'There are no passkeys here' },
  'not-added': { status: 409, title: 'This was not added to sign in with' },
  'name-taken': { status: 409, title: 'This name is taken' },
  'batch-refused': { status: 409, title: 'Changes of the batch were refused' },
  'product-exists': { status: 409, title: 'This product already exists' },
  'unconfirmed-warnings': { status: 409, title: 'The warnings about the file are not confirmed' },
  'code-taken': { status: 409, title: 'Another product has this code' },
  'product-limit': { status: 409, title: 'The number of products has reached its limit' },
  'catalogue-full': { status: 409, title: 'Every productID is taken' },
  'request-cancelled': { status: 409, title: 'The request under this key was cancelled' },
  'request-has-run': { status: 409, title: 'The request under this key has run' },
  'not-in-ledger': { status: 409, title: 'This refers to something that is not in the ledger' },
  'alert-limit': { status: 409, title: 'This alert has reached its limit of events' },
  'alert-resolved': { status: 409, title: 'The stock has ended this shortage' },
  'stale-record': { status: 412, title: 'The product has a later record' },
  'stale-revision': { status: 412, title: 'The product has a later revision' },
  'stale-alert': { status: 412, title: 'The alert has changed' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'url-too-long': { status: 414, title: 'The URL is too long' },
  'unsupported-media-type': { status: 415, title: 'This type of body is not supported' },
  'misdirected-request': { status: 421, title: 'The request names another host' },
  'other-instance': { status: 421, title: 'The request is for another instance' },
  'key-reused': { status: 422, title: 'The key belongs to another request' },
  'rate-limited': { status: 429, title: 'Too many requests were made' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'The service failed' },
  'unsupported-transfer-coding': {
    status: 501,
    title: 'This transfer coding is not supported',
  },
  overloaded: { status: 503, title: 'Too many requests are waiting' },
  'provider-unavailable': { status: 503, title: 'The provider does not answer' },
  'store-unavailable': { status: 503, title: 'The database is out of reach' },
  'clock-wrong': { status: 503, title: 'The clocks differ' },
  'store-unusable': { status: 503, title: 'The database needs attention' },
  'outcome-unknown': { status: 503, title: 'It is not known whether this was recorded' },
  'shutting-down': { status: 503, title: 'The service is shutting down' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemType = keyof typeof PROBLEMS;

/** The prefix of each problem's type. The service describes the problems below this path. */
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

/** Whether a text names this type, perhaps below the BASE_PATH of the service. */
export function namesProblem(text: string, type: ProblemType): boolean {
  return text.endsWith(problemURI(type));
}

/** The body of an answer that is a problem (RFC 9457, section 3): the members of all problems, and those of its type. */
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

/** The faulty fields that a problem lists; none if it is about something else. */
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
