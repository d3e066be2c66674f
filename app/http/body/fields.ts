import type { Request, RequestHandler } from 'express';
import getRawBody from 'raw-body';
import { Problem } from '../problem';
import { jsonFields } from './json';
import { multipart } from './multipart';
import { tooLarge } from './too-large';
import { FIELD_LIMIT, urlencodedFields } from './urlencoded';

const MULTIPART = 'multipart/form-data';
const URLENCODED = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** The media types of fields. */
export const FORMS = [MULTIPART, URLENCODED, JSON_TYPE];

/** What a Content-Type may say of a body in UTF-8. */
const UTF_8 = ['utf-8', 'utf8', 'us-ascii'];

/**
 * Reads a body into `req.body` as fields by name, whichever of the three encodings it came in. Numbers
 * stay the text that was sent, so that 1e2 is as faulty in JSON as in a form; a field that was given
 * more than once is an array.
 *
 * @param limitBytes the largest body
 * @throws (as middleware) a Problem or a MulterError
 */
export function readFields(limitBytes: number): RequestHandler[] {
  return [checkHeaders(limitBytes, FORMS), multipart(limitBytes, FIELD_LIMIT), text(limitBytes)];
}

/** Reads a body that must be JSON, as above. */
export function readJson(limitBytes: number): RequestHandler[] {
  return [checkHeaders(limitBytes, [JSON_TYPE]), text(limitBytes)];
}

/** Refuses by the headers alone what need not be read. A request without a body is one without fields. */
export function checkHeaders(limitBytes: number, types: string[]): RequestHandler {
  return (req, _res, next) => {
    if (Number(req.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
    if (hasBody(req)) checkType(req, types);
    req.body = {};
    next();
  };
}

/** RFC 9112, section 6.3: the two headers that announce a body; curl sends a length of 0 without one. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function checkType(req: Request, types: string[]): void {
  if (!req.is(types)) {
    throw new Problem(
      'unsupported-media-type',
      `Send the body as ${types.join(', ')}.`,
      {},
      { 'Accept-Post': types.join(', ') },
    );
  }
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = req.headers;
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(type) ?? [];
  if (encoding.toLowerCase() !== 'identity' || !UTF_8.includes(charset.toLowerCase())) {
    throw new Problem('unsupported-media-type', 'Send the body in UTF-8, not compressed.');
  }
}

/** The two encodings that are plain text, read in whole before they are parsed. */
function text(limitBytes: number): RequestHandler {
  return async (req, _res, next) => {
    if (hasBody(req) && !req.is(MULTIPART)) {
      const body = await readText(req, limitBytes);
      req.body = req.is(URLENCODED) ? urlencodedFields(body) : jsonFields(body);
    }
    next();
  };
}

/** Answers as soon as the body is too large, whether or not it ever ends. */
async function readText(req: Request, limitBytes: number): Promise<string> {
  try {
    return await getRawBody(req, { limit: limitBytes, encoding: 'utf-8' });
  } catch (error) {
    if ((error as getRawBody.RawBodyError).type === 'entity.too.large') throw tooLarge(limitBytes);
    throw new Problem('malformed-body', 'The body is cut off.');
  }
}
