import { createHash } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { RequestHandler, Response } from 'express';
import multer from 'multer';
import { bodyType } from '../../body/read-body';
import { tooLarge } from '../../body/too-large';
import { clientOfRequest } from '../../front/proxies';
import { invalidRequest, Problem } from '../../problems/problem';
import { RETRY_SOON } from '../../problems/retry-after';
import { PlacedUpload, type UploadPlaces } from './upload-places';

const MULTIPART = 'multipart/form-data';

/** The one field that there is. */
const FIELD = 'file';

/** Longer than that name, so that a wrong name is answered by its fault. */
const FIELD_NAME_LIMIT_BYTES = 100;

/** Headers of one part: Content-Disposition, Content-Type and Content-Transfer-Encoding, with room to spare. */
const PART_HEADER_LIMIT = 8;

/** A file that was read while it arrived. */
export interface Upload<T> {
  readonly content: T;
  /** Identifies the file: 64 hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Reads the file of a multipart form (RFC 7578) as it streams, without keeping it anywhere, and puts an
 * Upload into `req.body`, or undefined if there is no file.
 *
 * @param limitBytes the largest body
 * @param places limits the files at a time. A file takes a place with its first bytes, and leaves it with the answer
 * @param read must read the file to its end, unless the file cannot be read
 * @throws (as middleware) a Problem or a MulterError
 */
export function readUpload<T>(
  limitBytes: number,
  places: UploadPlaces,
  read: (file: AsyncIterator<Buffer>) => Promise<T>,
): RequestHandler[] {
  const limits = {
    fieldNameSize: FIELD_NAME_LIMIT_BYTES,
    fieldSize: FIELD_NAME_LIMIT_BYTES,
    fileSize: limitBytes,
    headerPairs: PART_HEADER_LIMIT,
    fieldNestingDepth: 0,
    fieldArrayIndexLimit: 0,
    // One of each beyond what is taken, so that it is named before it is refused.
    fields: 1,
    files: 2,
    parts: 3,
  };
  const upload: RequestHandler = (req, res, next) => {
    req.body = undefined;
    if (bodyType(req, limitBytes, [MULTIPART]) === undefined) return next();
    let begun = false;
    let settled = false;
    let uploaded: Upload<T> | undefined;
    // multer reads a faulty body to its end before it reports it. Faults that are found here are reported at once.
    const settle = (error?: unknown) => {
      if (settled) return;
      settled = true;
      req.body = uploaded;
      next(begun ? asProblem(error, limitBytes) : unreadable());
    };
    const storage: multer.StorageEngine = {
      _handleFile: (_req, file, done) => {
        const received = async () => {
          const hash = createHash('sha256');
          const content = await read(hashed(file.stream, hash));
          uploaded = { content, sha256: hash.digest('hex') };
        };
        received().then(() => done(null, {}), done);
      },
      // Nothing was kept.
      _removeFile: (_req, _file, done) => done(null),
    };
    const streamHandler = (body: Readable, parser: Writable) => {
      begun = true;
      watch(body, parser, limitBytes, settle);
      placeUpload(places, body, res, settle, limitBytes);
      body.pipe(parser);
    };
    multer({ limits, storage, streamHandler } as multer.Options).single(FIELD)(req, res, settle);
  };
  return [upload];
}

/** The file's bytes, hashed as they pass. */
async function* hashed(
  file: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const chunk of file) {
    hash.update(chunk);
    yield chunk;
  }
}

/** How long a refused client may go on sending before it is answered: 16 MB take less in a shop's own network. */
const DRAIN_MS = 5_000;

/**
 * Lets an upload take its place with its first bytes. It loses the place to another upload if it sends too slowly. A client
 * that sends nothing at all loses its connection: `front/connections.ts`.
 */
function placeUpload(
  places: UploadPlaces,
  body: Readable,
  res: Response,
  settle: (error: Problem) => void,
  limitBytes: number,
): void {
  const upload = new PlacedUpload(
    clientOfRequest(res.req),
    () => !body.readableFlowing,
    () => {
      // The client may still send. Its data is not wanted.
      res.once('finish', () => body.destroy());
      settle(stalled());
    },
  );
  let isPlaced = false;
  let isRefused = false;
  let received = 0;
  body.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (isRefused) {
      if (received > limitBytes) body.destroy();
      return;
    }
    if (!isPlaced && !places.take(upload)) {
      isRefused = true;
      // All is read and discarded before the answer: a client that is reset while it sends does not see its answer.
      body.unpipe();
      const refuse = () => settle(overloaded());
      const timer = setTimeout(refuse, DRAIN_MS);
      res.once('close', () => clearTimeout(timer));
      body.once('end', refuse).resume();
      return;
    }
    isPlaced = true;
    upload.received(chunk.length);
  });
  body.once('end', () => upload.complete());
  res.once('close', () => places.leave(upload));
}

function stalled(): Problem {
  const detail =
    'The file arrived too slowly while another file waited; nothing was recorded. Send it again.';
  return new Problem('request-timeout', detail, {}, { Connection: 'close' });
}

function overloaded(): Problem {
  return new Problem(
    'overloaded',
    'Too many files are sent at a time, from your address or in all; nothing was recorded. Try again, with growing pauses.',
    {},
    RETRY_SOON,
  );
}

/** Catches what multer accepts: a body over the limit, and fields that are not the file. */
function watch(
  body: Readable,
  parser: Writable,
  limitBytes: number,
  settle: (error: Problem) => void,
): void {
  let received = 0;
  body.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > limitBytes) settle(tooLarge(limitBytes));
  });
  parser.on('field', (field?: string) => {
    if (field) settle(misplaced(field));
  });
}

function misplaced(field: string): Problem {
  const detail = field === FIELD ? 'must be one file' : `is not known here (fields: ${FIELD})`;
  return invalidRequest([{ field, detail }]);
}

function asProblem(error: unknown, limitBytes: number): unknown {
  if (!error || error instanceof Problem) return error;
  if (!(error instanceof multer.MulterError)) return unreadable();
  if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(limitBytes);
  return error.code === 'LIMIT_UNEXPECTED_FILE' ? misplaced(error.field ?? '') : error;
}

function unreadable(): Problem {
  return new Problem('malformed-body', 'The multipart form is cut off or has no boundary.');
}
