import { type ServerResponse, STATUS_CODES } from 'node:http';
import { basePathOf, typesAt } from '../answers/base-path';
import { shortened } from './shortened';

/**
 * Every problem that this service answers with: the closed list of `type`s (RFC 9457), the status of
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

/** One fault of a request. */
export interface FieldFault {
  readonly field: string;
  readonly detail: string;
}

/** Characters of a problem's detail: several times the longest of our own sentences. */
const DETAIL_MAX = 4_096;

/** An answer that is a problem. Throw it, or reject with it, in any handler. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly detail: string;

  /**
   * @param detail what happened, and what to do about it, for the one who asked; shortened where it is too long
   * @param members further members of the answer, such as `errors`
   * @param headers further headers of the answer, such as `Allow`
   */
  constructor(
    readonly type: ProblemType,
    detail: string,
    readonly members: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    const told = shortened(detail, DETAIL_MAX);
    super(told);
    this.detail = told;
    this.status = PROBLEMS[type].status;
  }

  /** The answer's body. */
  body(): Readonly<Record<string, unknown>> {
    return {
      type: `/problems/${this.type}`,
      title: PROBLEMS[this.type].title,
      status: this.status,
      detail: this.detail,
      ...this.members,
    };
  }

  /** What HTTP calls its status. */
  get reason(): string {
    return STATUS_CODES[this.status] ?? '';
  }

  /** Answers a request with it, as `application/problem+json`, whether or not Express has seen the request. */
  send(res: ServerResponse): void {
    const bytes = Buffer.from(JSON.stringify(this.body(), typesAt(basePathOf(res))));
    res.writeHead(this.status, {
      ...this.headers,
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Length': bytes.length,
    });
    res.end(bytes);
  }
}

/** Faults that are listed. A request with more usually repeats one mistake. */
export const FAULTS_MAX = 1_000;

/** What the faults that are listed come to as JSON, in bytes: a small request must not be answered by a large problem. */
const FAULTS_MAX_BYTES = 65_536;

/** The first of many faults, each with its field's name shortened, as many as a problem lists. */
export function listed(faults: readonly FieldFault[], most = FAULTS_MAX): FieldFault[] {
  const errors: FieldFault[] = [];
  let bytes = 0;
  for (const fault of faults) {
    const told = { ...fault, field: shortened(fault.field) };
    bytes += Buffer.byteLength(JSON.stringify(told)) + 1;
    if (errors.length >= most || bytes > FAULTS_MAX_BYTES) break;
    errors.push(told);
  }
  return errors;
}

/** The words of the first faults, as many as there is room for in a detail. */
function inWords(errors: readonly FieldFault[]): string {
  let words = '';
  for (const [index, { field, detail }] of errors.entries()) {
    const more = `${index === 0 ? '' : '; '}${field} ${detail}`;
    if (words.length + more.length > DETAIL_MAX - MORE_MAX) {
      return `${words}; and ${errors.length - index} more that errors lists`;
    }
    words += more;
  }
  return words;
}

/** Characters that say how many faults more there are. */
const MORE_MAX = 100;

/**
 * A request whose fields are faulty: every fault at once.
 *
 * @param most how many are listed
 */
export function invalidRequest(faults: readonly FieldFault[], most = FAULTS_MAX): Problem {
  const errors = listed(faults, most);
  const rest =
    faults.length > errors.length ? ` There are more: the first ${errors.length} are listed.` : '';
  return new Problem('invalid-request', `${inWords(errors)}.${rest}`, { errors });
}
