import { PROBLEMS, type ProblemType, problemURI } from '../../wire/problem';
import type { Method, Operation } from '../operation';
import { RETRY_AFTER } from './documented-headers';
import type { JsonSchema } from './json-schema';
import type { MediaTypeObject, ResponseObject } from './objects';

/** Problems of any request. */
const EVERY: readonly ProblemType[] = [
  'method-not-allowed',
  'other-instance',
  'internal',
  'store-unavailable',
  'store-unusable',
];

/** Problems of a request with a parameter, header or body that is read. */
const READ: readonly ProblemType[] = ['invalid-request'];

const PATH: readonly ProblemType[] = ['malformed-url'];

/** Problems of a request that changes something. */
const CHANGE: readonly ProblemType[] = ['cross-site'];

/** Problems of any request before its path is looked at. The description of the API lists them once. */
export const BEFORE_PATHS: readonly ProblemType[] = [
  'malformed-request',
  'request-timeout',
  'url-too-long',
  'misdirected-request',
  'headers-too-large',
  'unsupported-transfer-coding',
  'overloaded',
];

/** Problems of a request that not everybody may make. */
const CALLER: readonly ProblemType[] = ['sign-in-required', 'missing-scope', 'rate-limited'];

const BODY: readonly ProblemType[] = ['malformed-body', 'body-too-large', 'unsupported-media-type'];

/** The detail in examples. */
const DETAIL = 'What happened, and what to do about it.';

/** The members of every problem (RFC 9457). Further ones depend on its type. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      description: 'Programs decide by this. GET it, or see docs/problems.md.',
    },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened, for people: its wording may change.' },
    errors: {
      type: 'array',
      description: 'Every fault of the request.',
      items: { type: 'object' },
    },
  },
};

/** The answers of an operation that are problems, by status. */
export function problemAnswers(
  method: Method,
  operation: Operation,
): Record<string, ResponseObject> {
  const types = problemTypes(method, operation);
  const statuses = [...new Set(types.map((type) => PROBLEMS[type].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      problemAnswer(
        status,
        types.filter((type) => PROBLEMS[type].status === status),
      ),
    ]),
  );
}

/** Every problem that an operation may answer with, in the order of `PROBLEMS`. */
function problemTypes(method: Method, operation: Operation): ProblemType[] {
  const { need, params, query, body, headers, consumes, problems } = operation;
  const reads = params ?? query ?? body ?? headers[0];
  const types = new Set([
    ...EVERY,
    ...(need.isPublic ? [] : CALLER),
    ...(reads === undefined ? [] : READ),
    ...(params ? PATH : []),
    ...(consumes.length > 0 ? BODY : []),
    ...(method === 'get' ? [] : CHANGE),
    ...problems,
  ]);
  return (Object.keys(PROBLEMS) as ProblemType[]).filter((type) => types.has(type));
}

function problemAnswer(status: number, types: readonly ProblemType[]): ResponseObject {
  const schema: JsonSchema = {
    allOf: [{ $ref: '#/components/schemas/Problem' }],
    properties: {
      type: { type: 'string', enum: types.map(problemURI) },
      status: { type: 'integer', const: status },
    },
  };
  return {
    description: types.map((type) => `- \`${type}\`: ${PROBLEMS[type].title}`).join('\n'),
    ...(status === 503 && { headers: RETRY_AFTER }),
    content: { 'application/problem+json': { schema, examples: examples(types) } },
  };
}

function examples(types: readonly ProblemType[]): NonNullable<MediaTypeObject['examples']> {
  return Object.fromEntries(
    types.map((type) => {
      const { title, status } = PROBLEMS[type];
      const value = { type: problemURI(type), title, status, detail: DETAIL };
      return [type, { summary: type, value }];
    }),
  );
}
