import type { Readable, Writable } from 'node:stream';
import { parse } from 'content-type';
import type { RequestHandler } from 'express';
import multer from 'multer';
import { invalidRequest, Problem } from '../problems/problem';
import { formParts } from './form-parts';
import { encodingFaults } from './part-encoding';
import { tooLarge } from './too-large';

/** Longer than any valid name or value, so that a wrong one is answered by its fault. */
const FIELD_NAME_LIMIT_BYTES = 100;
const FIELD_VALUE_LIMIT_BYTES = 4_096;

/** Headers in one part: Content-Disposition, Content-Type and Content-Transfer-Encoding, with room to spare. */
const PART_HEADER_LIMIT = 8;

/** Encodings that leave a value as it is. The parser ignores the header, and would take base64 text for the value. */
const TRANSFER_ENCODINGS = new Set(['7bit', '8bit', 'binary']);

/**
 * Reads `multipart/form-data` (RFC 7578) into `req.body`, and refuses files. The defaults of multer allow nested names, any
 * number of parts and any size, and it has no limit for what is around the fields.
 */
export function multipart(limitBytes: number, fieldLimit: number): RequestHandler {
  const limits = {
    fieldNameSize: FIELD_NAME_LIMIT_BYTES,
    fieldSize: FIELD_VALUE_LIMIT_BYTES,
    fields: fieldLimit,
    // One, so that multer names the field that holds a file before it refuses it.
    files: 1,
    fileSize: limitBytes,
    parts: fieldLimit,
    headerPairs: PART_HEADER_LIMIT,
    fieldNestingDepth: 0,
    fieldArrayIndexLimit: 0,
  };
  const streamHandler = (body: Body, parser: Writable) => {
    const reading = body[READING] as PartsReading;
    reading.begun = true;
    feed(body, parser, limitBytes, reading);
  };
  const read = multer({ limits, streamHandler } as multer.Options).none();
  return (req, res, next) => {
    let settled = false;
    const reading: PartsReading = {
      begun: false,
      boundary: parse(req.headers['content-type'] ?? '').parameters.boundary ?? '',
      parts: 0,
      taken: 0,
      // multer reads a faulty body to its end before it reports it. Faults that are found here are reported at once.
      settle: (error) => {
        if (settled) return;
        settled = true;
        if (!reading.begun) return next(unreadable());
        next(error ? asProblem(error) : reading.taken < reading.parts ? unnamed() : undefined);
      },
    };
    (req as Body)[READING] = reading;
    read(req, res, reading.settle);
  };
}

/** The key of a body's reading: multer passes nothing else on. (A WeakMap takes garbage collection a fifth of a request.) */
const READING = Symbol('reading');
type Body = Readable & { [READING]?: PartsReading };

/** The reading of one body. */
interface PartsReading {
  /** Whether multer has begun to read. */
  begun: boolean;
  /** The boundary between its parts. */
  readonly boundary: string;
  /** How many parts the form has, and how many of them the parser has reported. */
  parts: number;
  taken: number;
  /** Ends the reading. Only the first call counts. */
  settle(error?: unknown): void;
}

/**
 * Feeds the whole body to the parser at once, since it is small. Catches what multer accepts or drops silently: a body over
 * the limit, text that is not UTF-8, a file without a name, a value that it cannot decode, and a part without a field name.
 */
function feed(body: Readable, parser: Writable, limitBytes: number, reading: PartsReading): void {
  const { settle, boundary } = reading;
  const chunks: Buffer[] = [];
  let received = 0;
  body.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > limitBytes) settle(tooLarge(limitBytes));
    else chunks.push(chunk);
  });
  body.on('end', () => {
    const whole = Buffer.concat(chunks);
    const { parts, isCutOff } = formParts(whole, boundary);
    reading.parts = parts.length;
    if (isCutOff) settle(unreadable());
    const faults = encodingFaults(whole, parts);
    if (faults.length > 0) settle(invalidRequest(faults));
    parser.end(whole);
  });
  parser.on('file', (field?: string) => {
    reading.taken += 1;
    if (field) settle(invalidRequest([{ field, detail: 'must be a plain value, not a file' }]));
  });
  parser.on('field', (field?: string, value?: string, info?: { readonly encoding: string }) => {
    reading.taken += 1;
    if (field && !TRANSFER_ENCODINGS.has(info?.encoding ?? '')) {
      const detail = `has an unsupported Content-Transfer-Encoding: use ${[...TRANSFER_ENCODINGS].join(', ')}`;
      settle(invalidRequest([{ field, detail }]));
    }
    if (field && value === undefined) {
      settle(invalidRequest([{ field, detail: 'is in an unsupported charset' }]));
    }
  });
}

function asProblem(error: unknown): unknown {
  const known = !error || error instanceof Problem || error instanceof multer.MulterError;
  return known ? error : unreadable();
}

function unnamed(): Problem {
  return new Problem(
    'malformed-body',
    'A part of the form does not say which field it is. Give each a header such as: Content-Disposition: form-data; name="productID"',
  );
}

function unreadable(): Problem {
  return new Problem('malformed-body', 'The multipart form is cut off or has no boundary.');
}
