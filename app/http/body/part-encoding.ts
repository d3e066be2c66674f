import { isUtf8 } from 'node:buffer';
import type { FieldFault } from '../problem';
import { shortened } from '../shortened';
import { decoded, isOurCharset, notUtf8, shown } from './utf8';

/** The headers of a part, and what follows them up to the next boundary. */
const PART = /^\r\n(.*?)\r\n\r\n(.*)\r\n$/s;

const NAME = /^content-disposition:.*?;\s*name=(?:"([^"]*)"|([^\s;]*))/im;
const CHARSET = /^content-type:.*?;\s*charset\s*=\s*"?([^\s;"]*)/im;

/**
 * What of a multipart form is not in UTF-8: names, values, names of files, or what a part says of itself. The parser
 * would silently replace what it cannot decode, and decode each part by the charset that the part declares.
 *
 * @param form small, and maybe no form at all, which the parser tells
 */
export function encodingFaults(form: Buffer): FieldFault[] {
  const text = form.toString('latin1');
  // What every form of today is.
  if (isUtf8(form) && !/charset/i.test(text)) return [];
  const [boundary = ''] = /^--[^\r\n]*/.exec(text) ?? [];
  if (boundary === '') return [];
  return text.split(boundary).flatMap((part) => {
    const [, headers, value] = PART.exec(part) ?? [];
    return headers === undefined || value === undefined ? [] : partFaults(headers, value);
  });
}

function partFaults(headers: string, value: string): FieldFault[] {
  const [, quoted, bare] = NAME.exec(headers) ?? [];
  const name = quoted ?? bare ?? '';
  const [, charset = 'utf-8'] = CHARSET.exec(headers) ?? [];
  if (!isOurCharset(charset)) {
    const detail = `is declared to be in ${shortened(shown(charset))}: send text in UTF-8`;
    return [{ field: shown(name), detail }];
  }
  const isRead = decoded(headers) !== undefined && decoded(value) !== undefined;
  return isRead ? [] : [notUtf8(name)];
}
