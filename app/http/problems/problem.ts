import { type ServerResponse, STATUS_CODES } from 'node:http';
import { PROBLEMS, type ProblemAnswer, type ProblemType, problemURI } from '../../wire/problem';
import type { FieldFault, ProblemMembers } from '../../wire/problem-members';
import { basePathOf, withBasePath } from '../answers/base-path';
import { shortened } from './shortened';

/** Characters of a problem's detail: several times the longest detail that the service writes. */
const DETAIL_MAX = 4_096;

/** An answer that is a problem. Throw it, or reject with it, in any handler. */
export class Problem<T extends ProblemType = ProblemType> extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly detail: string;

  /**
   * @param detail what happened and what to do about it, for people; shortened if it is too long
   * @param members further members of the answer, such as `errors`
   * @param headers further headers of the answer, such as `Allow`
   */
  constructor(
    readonly type: T,
    detail: string,
    readonly members: ProblemMembers<T> = {} as ProblemMembers<T>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    const text = shortened(detail, DETAIL_MAX);
    super(text);
    this.detail = text;
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

  /** The reason phrase of its status, such as `Not Found`. */
  get reason(): string {
    return STATUS_CODES[this.status] ?? '';
  }

  /** Sends it as `application/problem+json`. Works before Express has seen the request, too. */
  send(res: ServerResponse): void {
    const bytes = Buffer.from(JSON.stringify(this.body(), withBasePath(basePathOf(res))));
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

/** Bytes of the listed faults as JSON: a small request must not get a large answer. */
const FAULTS_MAX_BYTES = 65_536;

/** The first of many faults, each with its field's name shortened, as many as a problem lists. */
export function listed(faults: readonly FieldFault[], most = FAULTS_MAX): FieldFault[] {
  const errors: FieldFault[] = [];
  let bytes = 0;
  for (const fault of faults) {
    const error = { ...fault, field: shortened(fault.field) };
    bytes += Buffer.byteLength(JSON.stringify(error)) + 1;
    if (errors.length >= most || bytes > FAULTS_MAX_BYTES) break;
    errors.push(error);
  }
  return errors;
}

/** The first faults as text, as many as a detail has room for. */
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

/** Characters for saying how many more faults there are. */
const MORE_MAX = 100;

/**
 * The problem of a request with faulty fields. It has every fault.
 *
 * @param most how many faults are listed
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
