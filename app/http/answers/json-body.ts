import type { Response } from 'express';
import { JSON_TYPE, sendJson } from './conditional';
import { sendParts } from './send-parts';

/** A body up to this size is sent at once, a longer one as fast as its client reads. */
const WHOLE_MAX_BYTES = 1_048_576;

/** Bytes that are sent at a time. */
const CHUNK_BYTES = 65_536;

/** JSON as bytes, in parts that many answers share, so that large parts are not copied. */
export class JsonBody {
  readonly bytes: number;
  readonly #parts: readonly Buffer[];
  #whole: Buffer | undefined;

  private constructor(parts: readonly Buffer[]) {
    this.#parts = parts;
    this.bytes = parts.reduce((sum, { length }) => sum + length, 0);
  }

  /** @param parts of a list: each is empty, or has a comma before each of its entries */
  static list(begin: string, parts: readonly Buffer[], end: string): JsonBody {
    const entries = parts.filter(({ length }) => length > 0);
    const [first, ...rest] = entries;
    return new JsonBody([
      Buffer.from(begin),
      ...(first ? [first.subarray(1)] : []),
      ...rest,
      Buffer.from(end),
    ]);
  }

  /** The whole body in one buffer. */
  whole(): Buffer {
    this.#whole ??= Buffer.concat(this.#parts);
    return this.#whole;
  }

  /** Sends the body. */
  async send(res: Response): Promise<void> {
    if (this.bytes <= WHOLE_MAX_BYTES) return sendJson(res, this.whole());
    const headers = { ...JSON_TYPE, 'Content-Length': String(this.bytes) };
    await sendParts(res, headers, this.#chunks());
  }

  async *#chunks(): AsyncGenerator<Buffer> {
    let chunk: Buffer[] = [];
    let bytes = 0;
    for (const part of this.#parts) {
      chunk.push(part);
      bytes += part.length;
      if (bytes < CHUNK_BYTES) continue;
      yield Buffer.concat(chunk, bytes);
      chunk = [];
      bytes = 0;
    }
    if (bytes > 0) yield Buffer.concat(chunk, bytes);
  }
}
