import type { IncomingHttpHeaders } from 'node:http';
import { PROBLEMS, type ProblemType } from '../../app/wire/problem';
import type { FieldFault } from '../../app/wire/problem-members';

/** What came back, by supertest or by a plain request. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What only a driver, a library or a stack would say. */
const INTERNALS =
  /node_modules|\.[jt]s:\d|\bat \S+ \(|Error\b|ECONN|ER_|errno|sqlite|mysql|multer|busboy|zod/i;

/** Expects a problem of this type, with these members besides those of every problem, and no others. */
export function expectProblem(
  answer: Answer,
  type: ProblemType,
  members: Readonly<Record<string, unknown>> = {},
): void {
  expect(answer.text).not.toMatch(INTERNALS);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(;|$)/);
  expect(JSON.parse(answer.text)).toEqual({
    type: `/problems/${type}`,
    ...PROBLEMS[type],
    detail: expect.stringMatching(/\w/),
    ...members,
  });
  expect(answer.status).toBe(PROBLEMS[type].status);
}

/** Expects a request to be refused for these fields, each with a word on what is wrong, and no others. */
export function expectFaults(answer: Answer, ...fields: readonly string[]): void {
  expectProblem(answer, 'invalid-request', { errors: expect.any(Array) });
  const { errors, detail } = JSON.parse(answer.text) as { errors: FieldFault[]; detail: string };
  expect(errors.map(({ field }) => field).sort()).toEqual([...fields].sort());
  for (const fault of errors) {
    expect(Object.keys(fault)).toEqual(['field', 'detail']);
    expect(fault.detail).toMatch(/\w/);
    expect(detail).toContain(fault.detail);
  }
}
