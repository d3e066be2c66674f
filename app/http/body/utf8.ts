import { isUtf8 } from 'node:buffer';
import type { FieldFault } from '../../wire/problem-members';

/** What to say of bytes that are no UTF-8. They are never replaced: what they meant would be lost for good. */
export const NOT_UTF_8 = 'is not in UTF-8: send the text in UTF-8';

/** What a Content-Type may say of text in UTF-8. */
const CHARSETS = ['utf-8', 'utf8', 'us-ascii'];

/** Whether text that is declared to be in a charset may be read as UTF-8. */
export function isOurCharset(charset: string): boolean {
  return CHARSETS.includes(charset.toLowerCase());
}

const ASCII = /^[\0-\x7f]*$/;

/** The text that bytes are in UTF-8, the bytes given as Latin-1; undefined where they are no UTF-8. */
export function decoded(bytes: string): string | undefined {
  if (ASCII.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString() : undefined;
}

/** How a field is named to the one who sent it, where its name is no UTF-8 either. */
export function shown(bytes: string): string {
  return decoded(bytes) ?? bytes.replaceAll(/[^\x20-\x7e]/g, '?');
}

export function notUtf8(bytes: string): FieldFault {
  return { field: shown(bytes), detail: NOT_UTF_8 };
}
