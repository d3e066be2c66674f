import { isAscii, isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import iconv from 'iconv-lite';

/** How the text of a file is written. */
export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';

/** Thrown if a file cannot be read. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** What a decoder writes for bytes that are no character. */
const NO_CHARACTER = '\ufffd';

/** UTF-8 that was read as Windows-1252 looks like this: "Ã©" for "é", "â€™" for "’". */
const MIXED = /Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€/;

/**
 * Reads the cells of a file in their order, in UTF-8 or in Windows-1252, which spreadsheets on Windows write
 * for "CSV". The first cell that is not ASCII decides; all later ones must agree with it.
 */
export class CellReader {
  #encoding: Encoding | undefined;

  /** @param encoding given if the file has a byte order mark */
  constructor(encoding?: Encoding) {
    this.#encoding = encoding;
  }

  /** The encoding of the cells so far. */
  get encoding(): Encoding {
    return this.#encoding ?? 'UTF-8';
  }

  /** @returns undefined if the cell is in another encoding than those before it, or in none */
  read(cell: Uint8Array): string | undefined {
    const bytes = Buffer.from(cell.buffer, cell.byteOffset, cell.length);
    if (isAscii(bytes)) return bytes.toString('latin1');
    const isValid = isUtf8(bytes);
    this.#encoding ??= isValid ? 'UTF-8' : 'Windows-1252';
    if (this.#encoding !== 'Windows-1252') return isValid ? bytes.toString() : undefined;
    const text = iconv.decode(bytes, 'windows-1252');
    return text.includes(NO_CHARACTER) || MIXED.test(text) ? undefined : text;
  }
}

const UTF_16_LE = Buffer.from([0xff, 0xfe]);
const UTF_16_BE = Buffer.from([0xfe, 0xff]);

/** The byte order of UTF-16, found by its mark or by the zero bytes of ASCII characters; undefined for anything else. */
export function utf16Order(head: Buffer): 'le' | 'be' | undefined {
  const mark = head.subarray(0, 2);
  if (mark.equals(UTF_16_LE)) return 'le';
  if (mark.equals(UTF_16_BE)) return 'be';
  const [a, b, c, d] = head;
  if (a && b === 0 && c && d === 0) return 'le';
  return a === 0 && b && c === 0 && d ? 'be' : undefined;
}

/** UTF-16 as UTF-8, without its byte order mark. @throws Unreadable after what could be read */
export async function* fromUtf16(
  source: AsyncIterable<Buffer>,
  order: 'le' | 'be',
): AsyncGenerator<Buffer> {
  const decoder = new StringDecoder('utf16le');
  let odd: Buffer = Buffer.alloc(0);
  let isFirst = true;
  const text = (decoded: string) => {
    const begin = isFirst && decoded.startsWith('\ufeff') ? 1 : 0;
    isFirst &&= decoded === '';
    return decoded.slice(begin);
  };
  for await (const chunk of source) {
    const bytes = Buffer.concat([odd, chunk]);
    const even = bytes.length - (bytes.length % 2);
    odd = bytes.subarray(even);
    const units = bytes.subarray(0, even);
    yield* wellFormed(text(decoder.write(order === 'be' ? units.swap16() : units)));
  }
  yield* wellFormed(text(decoder.end()));
  if (odd.length > 0) throw new Unreadable('is cut off within a character');
}

function* wellFormed(text: string): Generator<Buffer> {
  if (text.isWellFormed()) return yield Buffer.from(text);
  const broken = /[\ud800-\udfff]/u.exec(text)?.index ?? 0;
  yield Buffer.from(text.slice(0, broken));
  throw new Unreadable('has half of a character (a lone surrogate)');
}
