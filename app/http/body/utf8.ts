import { isUtf8 } from 'node:buffer';
import type { FieldFault } from '../../wire/problem-members';

/** The fault of bytes that are not UTF-8. They are refused and not replaced, which would lose their meaning. */
export const NOT_UTF_8 = 'is not in UTF-8: send the text in UTF-8';

/** Charsets that may be declared for text in UTF-8. */
const CHARSETS = ['utf-8', 'utf8', 'us-ascii'];

/** Whether text that is declared to be in a charset may be read as UTF-8. */
export function isUtf8Charset(charset: string): boolean {
  return CHARSETS.includes(charset.toLowerCase());
}

const ASCII = /^[\0-\x7f]*$/;

/** Decodes bytes, given as Latin-1, from UTF-8; undefined if they are not UTF-8. */
export function decoded(bytes: string): string | undefined {
  if (ASCII.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString() : undefined;
}

/** The name of a field for a fault, with `?` for each byte that is not ASCII if the name is not UTF-8. */
export function shown(bytes: string): string {
  return decoded(bytes) ?? bytes.replaceAll(/[^\x20-\x7e]/g, '?');
}

export function notUtf8(bytes: string): FieldFault {
  return { field: shown(bytes), detail: NOT_UTF_8 };
}
