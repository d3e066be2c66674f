import type { Readable, Writable } from 'node:stream';
import express, { type Request, type RequestHandler } from 'express';
import { parse as parseJson } from 'lossless-json';
import multer from 'multer';
import { Problem } from './problem';

/** What a body said, field by field: text, or an array where a field was given more than once. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Bounds of a form. The longest field of today is a price; names and values have room beyond that, so
 * that a slip is answered by what is wrong with the field and not by the bound.
 */
const FIELD_LIMIT = 32;
const FIELD_NAME_LIMIT_BYTES = 100;
const FIELD_VALUE_LIMIT_BYTES = 4_096;

/** Headers in one part: Content-Disposition, Content-Type and Content-Transfer-Encoding, with room to spare. */
const PART_HEADER_LIMIT = 8;

const TYPES = ['multipart/form-data', 'application/x-www-form-urlencoded', 'application/json'];

/**
 * Reads a body as fields into `req.body`, whichever of the three encodings it came in.
 *
 * @param limitBytes the largest body
 * @throws (as middleware) a Problem, a MulterError or a body parser's error
 */
export function readFields(limitBytes: number): RequestHandler[] {
  return [
    checkHeaders(limitBytes),
    multipart(limitBytes),
    express.urlencoded({
      extended: false,
      inflate: false,
      limit: limitBytes,
      parameterLimit: FIELD_LIMIT,
    }),
    express.text({ type: 'application/json', inflate: false, limit: limitBytes }),
    parseJsonFields,
  ];
}

/** Refuses by the headers alone what need not be read. A request without a body is one without fields. */
function checkHeaders(limitBytes: number): RequestHandler {
  return (req, _res, next) => {
    if (Number(req.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
    if (hasBody(req) && !req.is(TYPES)) {
      throw new Problem(
        'unsupported-media-type',
        `Send the fields as one of ${TYPES.join(', ')}.`,
        {},
        { 'Accept-Post': TYPES.join(', ') },
      );
    }
    req.body = {};
    next();
  };
}

/** RFC 9112, section 6.3: the two headers that announce a body; curl sends a length of 0 without one. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function tooLarge(limitBytes: number): Problem {
  // The rest of the body is not read, so the connection cannot be used again.
  return new Problem(
    'body-too-large',
    `The body may have ${limitBytes} bytes at most.`,
    {},
    { Connection: 'close' },
  );
}

/** multer, which must not be left to its defaults: they take nested names and unbounded numbers of parts. */
function multipart(limitBytes: number): RequestHandler {
  const limits = {
    fieldNameSize: FIELD_NAME_LIMIT_BYTES,
    fieldSize: FIELD_VALUE_LIMIT_BYTES,
    fields: FIELD_LIMIT,
    // One, so that multer names the field that holds a file before it refuses it.
    files: 1,
    fileSize: limitBytes,
    parts: FIELD_LIMIT,
    headerPairs: PART_HEADER_LIMIT,
    fieldNestingDepth: 0,
    fieldArrayIndexLimit: 0,
  };
  return (req, res, next) => {
    let answered = false;
    const settle = (error?: unknown) => {
      if (answered) return;
      answered = true;
      if (error && !(error instanceof Problem) && !(error instanceof multer.MulterError)) {
        next(new Problem('malformed-body', 'The multipart form is cut off or has no boundary.'));
      } else next(error);
    };
    // multer bounds fields, not what stands around them, and reads a faulty body to its end first.
    const streamHandler = (request: Readable, parser: Writable) => {
      let received = 0;
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > limitBytes) settle(tooLarge(limitBytes));
      });
      request.pipe(parser);
    };
    multer({ limits, streamHandler } as multer.Options).none()(req, res, settle);
  };
}

/** Numbers stay the text that was sent, so that 1e2 is as faulty in JSON as in a form. */
const parseJsonFields: RequestHandler = (req, _res, next) => {
  if (typeof req.body !== 'string') {
    next();
    return;
  }
  const json = parseOrRefuse(req.body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Problem('malformed-body', 'The body must be one JSON object of fields.');
  }
  req.body = json;
  next();
};

function parseOrRefuse(text: string): unknown {
  try {
    return parseJson(text, null, {
      parseNumber: (number) => number,
      onDuplicateKey: ({ oldValue, newValue }) => [oldValue, newValue].flat(),
    });
  } catch {
    throw new Problem('malformed-body', 'The body is not well-formed JSON.');
  }
}
