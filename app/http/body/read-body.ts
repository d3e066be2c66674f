import { parse } from 'content-type';
import type { Request, RequestHandler } from 'express';
import getRawBody from 'raw-body';
import { Problem } from '../problems/problem';
import { jsonFields } from './json-fields';
import { multipart } from './multipart';
import { tooLarge } from './too-large';
import { FIELD_LIMIT, urlencodedFields } from './urlencoded';
import { isOurCharset } from './utf8';

const MULTIPART = 'multipart/form-data';
const URLENCODED = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** The media types of fields. */
export const FORMS = [MULTIPART, URLENCODED, JSON_TYPE];

/**
 * Reads a body into `req.body` as fields by name, whichever of the three encodings it came in. Numbers
 * stay the text that was sent, so that 1e2 is as faulty in JSON as in a form; a field that was given
 * more than once is an array.
 *
 * @param limitBytes the largest body
 * @throws (as middleware) a Problem or a MulterError
 */
export function readFields(limitBytes: number): RequestHandler[] {
  return [reader(limitBytes, FORMS)];
}

/** Reads a body that must be JSON, as above. */
export function readJson(limitBytes: number): RequestHandler[] {
  return [reader(limitBytes, [JSON_TYPE])];
}

function reader(limitBytes: number, types: readonly string[]): RequestHandler {
  const readMultipart = multipart(limitBytes, FIELD_LIMIT);
  return (req, res, next) => {
    req.body = {};
    const type = bodyType(req, limitBytes, types);
    if (type === undefined) return next();
    if (type === MULTIPART) return readMultipart(req, res, next);
    const parseFields = type === URLENCODED ? urlencodedFields : jsonFields;
    return readBytes(req, limitBytes)
      .then(parseFields)
      .then((fields) => {
        req.body = fields;
        next();
      });
  };
}

/**
 * Refuses by the headers alone what need not be read.
 *
 * @returns the media type of the body; undefined where there is none, which is a request without fields
 * @throws Problem
 */
export function bodyType(
  req: Request,
  limitBytes: number,
  types: readonly string[],
): string | undefined {
  if (Number(req.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  return hasBody(req) ? checkedType(req, types) : undefined;
}

/**
 * RFC 9112, section 6.3: the two headers that announce a body; curl sends a length of 0 without one. But a
 * multipart form has a boundary at least: what is declared to be one and is empty is to be read, and refused.
 */
function hasBody({ headers }: Request): boolean {
  const { 'transfer-encoding': coding, 'content-length': length, 'content-type': type } = headers;
  return coding !== undefined || Number(length ?? 0) > 0 || type?.startsWith(MULTIPART) === true;
}

function checkedType({ headers }: Request, types: readonly string[]): string {
  const { type, parameters } = parse(headers['content-type'] ?? '');
  if (!types.includes(type)) {
    throw new Problem(
      'unsupported-media-type',
      `Send the body as ${types.join(', ')}.`,
      {},
      { 'Accept-Post': types.join(', ') },
    );
  }
  const { 'content-encoding': encoding = 'identity' } = headers;
  const { charset = 'utf-8' } = parameters;
  if (encoding.toLowerCase() !== 'identity' || !isOurCharset(charset)) {
    throw new Problem('unsupported-media-type', 'Send the body in UTF-8, not compressed.');
  }
  return type;
}

/** Answers as soon as the body is too large, whether or not it ever ends. */
async function readBytes(req: Request, limitBytes: number): Promise<Buffer> {
  try {
    return await getRawBody(req, { limit: limitBytes });
  } catch (error) {
    if ((error as getRawBody.RawBodyError).type === 'entity.too.large') throw tooLarge(limitBytes);
    throw new Problem('malformed-body', 'The body is cut off.');
  }
}
