import { isUtf8 } from 'node:buffer';
import type { FieldFault } from '../../wire/problem-members';
import { shortened } from '../problems/shortened';
import { decoded, isUtf8Charset, notUtf8, shown } from './utf8';

/** The headers of a part, and its content. */
const PART = /^\r\n(.*?)\r\n\r\n(.*)$/s;

/** A header continues in a line that begins with a space (RFC 822, section 3.1.1). */
const FOLD = /\r\n[ \t]+/g;

const NAME = /^content-disposition:.*?;\s*name=(?:"([^"]*)"|([^\s;]*))/im;
const CONTENT_TYPE = /^content-type:(.*)/gim;
const CHARSET = /charset\s*=\s*"?([^\s;"]*)/gi;

/**
 * Finds what is not UTF-8 in a multipart form: names, values, names of files, or the charset that a part declares. The
 * parser would replace what it cannot decode, and decode each part by the charset that it declares.
 *
 * @param form all of it
 */
export function encodingFaults(form: Buffer, parts: readonly Buffer[]): FieldFault[] {
  // Almost every form.
  if (isUtf8(form) && !/charset/i.test(form.toString('latin1'))) return [];
  return parts.flatMap((part) => {
    const [, headers, value] = PART.exec(part.toString('latin1')) ?? [];
    return headers === undefined || value === undefined
      ? []
      : partFaults(headers.replaceAll(FOLD, ' '), value);
  });
}

function partFaults(headers: string, value: string): FieldFault[] {
  const [, quoted, bare] = NAME.exec(headers) ?? [];
  const name = quoted ?? bare ?? '';
  const types = [...headers.matchAll(CONTENT_TYPE)].map(([, type = '']) => type);
  const charsets = types.flatMap((type) => [...type.matchAll(CHARSET)]);
  const charset = charsets.map(([, named = '']) => named).find((named) => !isUtf8Charset(named));
  if (charset !== undefined) {
    const detail = `is declared to be in ${shortened(shown(charset))}: send text in UTF-8`;
    return [{ field: shown(name), detail }];
  }
  const isRead = decoded(headers) !== undefined && decoded(value) !== undefined;
  return isRead ? [] : [notUtf8(name)];
}
