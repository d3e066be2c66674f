import { IDEMPOTENCY_KEY_HEADER, MONITOR_PASS_HEADER } from '../../wire/headers';
import type { Operation } from '../operation';
import type { JsonSchema } from './json-schema';
import type { HeaderObject, ParameterObject } from './objects';

const text: JsonSchema = { type: 'string' };

/** The request headers that mean something to some operation. */
const REQUEST_HEADERS: Readonly<Record<string, HeaderObject>> = {
  'If-None-Match': {
    description: 'The ETag of the answer that the client has: 304 while it still holds.',
    schema: text,
  },
  'If-Match': {
    description:
      'The ETag that the product must have still, its number alone, as in "231", or *: 412 if it has moved on.',
    schema: text,
  },
  [IDEMPOTENCY_KEY_HEADER]: {
    description:
      'A name of the request: its copies are answered as it was, and record nothing more. 1 to 255 visible ASCII characters.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  [MONITOR_PASS_HEADER]: {
    description:
      'By which the monitor is known, where the service has a LINK_SECRET: seconds since 1970, a dot, and the HMAC-SHA256 (base64url) of "monitor pass " and those seconds.',
    schema: text,
  },
  'Last-Event-ID': {
    description: 'The record after which a stream goes on.',
    schema: { type: 'integer', minimum: 0 },
  },
};

/**
 * The parameters of an operation that are headers. OpenAPI has none for Accept: the media types of the
 * answers say what it may ask for.
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
      ETag: { description: 'What this is exact as of.', schema: text },
    }),
    ...(headers.includes(IDEMPOTENCY_KEY_HEADER) && {
      'Idempotent-Replayed': {
        description: 'true where this is the answer to an earlier copy of the request.',
        schema: { type: 'string', const: 'true' },
      },
    }),
  };
}

/** The headers of an answer that asks for patience. */
export const RETRY_AFTER: Record<string, HeaderObject> = {
  'Retry-After': {
    description: 'Seconds after which it is worth another try.',
    schema: { type: 'integer' },
  },
};
