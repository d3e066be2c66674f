import { parse } from 'content-type';
import type { Request, RequestHandler } from 'express';
import getRawBody from 'raw-body';
import { Problem } from '../problems/problem';
import { jsonFields } from './json-fields';
import { multipart } from './multipart';
import { tooLarge } from './too-large';
import { FIELD_LIMIT, urlencodedFields } from './urlencoded';
import { isUtf8Charset } from './utf8';

const MULTIPART = 'multipart/form-data';
const URLENCODED = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** The media types of fields. */
export const FORMS = [MULTIPART, URLENCODED, JSON_TYPE];

/**
 * Reads a body of any of the three encodings into `req.body`, as fields by name. Numbers stay the text that was sent, so
 * that 1e2 is a fault in JSON as in a form. A field that was sent more than once is an array.
 *
 * @param limitBytes the largest body
 * @throws (as middleware) a Problem or a MulterError
 */
export function readFields(limitBytes: number): RequestHandler[] {
  return [reader(limitBytes, FORMS)];
}

/** Reads a JSON body in the same way. */
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
 * Checks the headers of a body before it is read.
 *
 * @returns the media type of the body; undefined if there is no body, which is a request without fields
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
 * Two headers announce a body (RFC 9112, section 6.3). curl sends a length of 0 if there is none. An empty multipart form
 * counts as a body, so that it is read and refused: even without fields a form has a boundary.
 */
function hasBody({ headers }: Request): boolean {
  const { 'transfer-encoding': coding, 'content-length': length, 'content-type': type } = headers;
  return coding !== undefined || Number(length ?? 0) > 0 || type?.startsWith(MULTIPART) === true;
}

function checkedType({ headers }: Request, types: readonly string[]): string {
  const { 'content-type': header = '' } = headers;
  const { type, parameters } = parse(header);
  if (!types.includes(type)) {
    throw new Problem(
      'unsupported-media-type',
      `Send the body as ${types.join(', ')}.`,
      {},
      { 'Accept-Post': types.join(', ') },
    );
  }
  const { 'content-encoding': encoding = 'identity' } = headers;
  // A charset that is named and cannot be read, such as one without its closing quotation mark, is not UTF-8.
  const isNamed = /;\s*charset\s*=/i.test(header);
  const { charset = isNamed ? '' : 'utf-8' } = parameters;
  if (encoding.toLowerCase() !== 'identity' || !isUtf8Charset(charset)) {
    throw new Problem('unsupported-media-type', 'Send the body in UTF-8, not compressed.');
  }
  return type;
}

/** Fails as soon as the body is too large, without waiting for its end. */
async function readBytes(req: Request, limitBytes: number): Promise<Buffer> {
  try {
    return await getRawBody(req, { limit: limitBytes });
  } catch (error) {
    if ((error as getRawBody.RawBodyError).type === 'entity.too.large') throw tooLarge(limitBytes);
    throw new Problem('malformed-body', 'The body is cut off.');
  }
}
