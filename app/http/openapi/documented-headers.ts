import { IDEMPOTENCY_KEY_HEADER, MONITOR_PASS_HEADER } from '../../wire/headers';
import type { Operation } from '../operation';
import type { JsonSchema } from './json-schema';
import type { HeaderObject, ParameterObject } from './objects';

const text: JsonSchema = { type: 'string' };

/** The request headers that operations read. */
const REQUEST_HEADERS: Readonly<Record<string, HeaderObject>> = {
  'If-None-Match': {
    description: 'The ETag of the answer that the client has. Answers 304 while it is current.',
    schema: text,
  },
  'If-Match': {
    description:
      'The ETag that the product must still have, or its number alone, such as "231", or *. Answers 412 if it has changed.',
    schema: text,
  },
  [IDEMPOTENCY_KEY_HEADER]: {
    description:
      'A name of the request. Copies under the same name get the same answer, and record nothing. 1 to 255 visible ASCII characters.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  [MONITOR_PASS_HEADER]: {
    description:
      'Identifies the monitor, if the service has a LINK_SECRET: seconds since 1970, a dot, and the HMAC-SHA256 (base64url) of "monitor pass " and those seconds.',
    schema: text,
  },
  'Last-Event-ID': {
    description: 'The record after which the stream begins.',
    schema: { type: 'integer', minimum: 0 },
  },
};

/**
 * The header parameters of an operation. OpenAPI ignores Accept as a parameter: the media types of the answers say what it
 * can have.
 */
export function headerParameters({ headers }: Operation): ParameterObject[] {
  return headers
    .filter((name) => name !== 'Accept')
    .map((name) => {
      const header = REQUEST_HEADERS[name];
      if (!header) throw new Error(`the header ${name} is not documented`);
      return { name, in: 'header', required: false, ...header };
    });
}

/** The headers of an operation's answers that go with those of its request. */
export function answerHeaders({ headers }: Operation): Record<string, HeaderObject> {
  return {
    ...(headers.some((name) => name === 'If-None-Match' || name === 'If-Match') && {
      ETag: { description: 'Names the record, revision or content of the answer.', schema: text },
    }),
    ...(headers.includes(IDEMPOTENCY_KEY_HEADER) && {
      'Idempotent-Replayed': {
        description: 'true if this is the answer to an earlier copy of the request.',
        schema: { type: 'string', const: 'true' },
      },
    }),
  };
}

/** The header of problems that pass. */
export const RETRY_AFTER: Record<string, HeaderObject> = {
  'Retry-After': {
    description: 'Seconds to wait before the next try.',
    schema: { type: 'integer' },
  },
};
