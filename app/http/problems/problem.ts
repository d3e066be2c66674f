import { type ServerResponse, STATUS_CODES } from 'node:http';
import { PROBLEMS, type ProblemAnswer, type ProblemType, problemURI } from '../../wire/problem';
import type { FieldFault, ProblemMembers } from '../../wire/problem-members';
import { basePathOf, typesAt } from '../answers/base-path';
import { shortened } from './shortened';

/** Characters of a problem's detail: several times the longest of our own sentences. */
const DETAIL_MAX = 4_096;

/** An answer that is a problem. Throw it, or reject with it, in any handler. */
export class Problem<T extends ProblemType = ProblemType> extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly detail: string;

  /**
   * @param detail what happened, and what to do about it, for the one who asked; shortened where it is too long
   * @param members further members of the answer, such as `errors`
   * @param headers further headers of the answer, such as `Allow`
   */
  constructor(
    readonly type: T,
    detail: string,
    readonly members: ProblemMembers<T> = {} as ProblemMembers<T>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    const told = shortened(detail, DETAIL_MAX);
    super(told);
    this.detail = told;
    this.status = PROBLEMS[type].status;
  }

  /** The answer's body. */
  body(): ProblemAnswer<T> {
    return {
      type: problemURI(this.type),
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
export function invalidRequest(
  faults: readonly FieldFault[],
  most = FAULTS_MAX,
): Problem<'invalid-request'> {
  const errors = listed(faults, most);
  const rest =
    faults.length > errors.length ? ` There are more: the first ${errors.length} are listed.` : '';
  return new Problem('invalid-request', `${inWords(errors)}.${rest}`, { errors });
}
