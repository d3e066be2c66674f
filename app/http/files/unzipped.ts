import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { Slices } from '../../ledger/slice';
import { Unreadable } from './encoding';

/** Bytes unpacked at a time: few enough to take little time even if they unpack to a thousand times as much. */
const SLICE_BYTES = 1_024;

/** Bytes passed on at a time. */
const PART_BYTES = 16_384;

/**
 * The unpacked size that all parts of a workbook may have together. 100,000 rows of eight columns have about 50 MB. A small
 * file that unpacks to more is no list of products.
 */
const UNPACKED_MAX_BYTES = 134_217_728;

/** Adds up the unpacked size of a workbook, over all of its parts. */
export class Unpacked {
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes = UNPACKED_MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) {
      throw new Unreadable(
        `cannot be read: the workbook unpacks to more than ${this.#maxBytes} bytes`,
      );
    }
  }
}

/**
 * Unpacks one file of a zip archive piece by piece, with pauses. Other requests are served between, and little is held in
 * memory.
 *
 * @throws Unreadable
 */
export async function* unzipped(
  archive: Buffer,
  name: string,
  unpacked: Unpacked,
): AsyncGenerator<Buffer> {
  const slices = new Slices();
  let pieces: Uint8Array[] = [];
  let isOver = false;
  let failure: unknown;
  const unzip = new Unzip((file: UnzipFile) => {
    if (file.name !== name) return;
    file.ondata = (error, data, final) => {
      if (error) failure = error;
      else {
        unpacked.add(data.length);
        pieces.push(data);
      }
      isOver ||= final;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let begin = 0; begin < archive.length && !isOver; begin += SLICE_BYTES) {
    if (slices.isOver) await slices.next();
    const end = begin + SLICE_BYTES;
    unzip.push(archive.subarray(begin, end), end >= archive.length);
    // fflate reports what its callbacks throw.
    if (failure instanceof Unreadable) throw failure;
    if (failure) throw new Unreadable('cannot be read: the workbook is damaged');
    for (const piece of pieces) {
      for (let part = 0; part < piece.length; part += PART_BYTES) {
        if (slices.isOver) await slices.next();
        yield Buffer.from(piece.buffer, piece.byteOffset, piece.length).subarray(
          part,
          part + PART_BYTES,
        );
      }
    }
    pieces = [];
  }
}
