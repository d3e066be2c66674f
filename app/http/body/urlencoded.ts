import type { FieldFault } from '../../wire/problem-members';
import { invalidRequest, Problem } from '../problems/problem';
import { type Fields, gather } from './gather';
import { decoded, notUtf8 } from './utf8';

/** Fields in one form: several times the most that a request has. */
export const FIELD_LIMIT = 32;

/**
 * Reads `application/x-www-form-urlencoded` as browsers write it (https://url.spec.whatwg.org/#urlencoded-parsing), except
 * that bytes which are not UTF-8 are refused instead of replaced.
 *
 * @param body its bytes
 * @throws Problem
 */
export function urlencodedFields(body: Buffer): Fields {
  return fieldsOf(body.toString('latin1'), FIELD_LIMIT, () => {
    throw new Problem('malformed-body', `The form has more than ${FIELD_LIMIT} fields.`);
  });
}

/** Fields in one query: more than any valid query has. A URL has room for thousands. */
const QUERY_FIELD_LIMIT = 64;

/** Reads a query in the same way. @throws Problem */
export function queryFields(query: string | null | undefined): Fields {
  return fieldsOf(query ?? '', QUERY_FIELD_LIMIT, () => {
    throw new Problem('malformed-url', `The query has more than ${QUERY_FIELD_LIMIT} fields.`);
  });
}

/** @param bytes as Latin-1 */
function fieldsOf(bytes: string, limit: number, tooMany: () => never): Fields {
  const pairs: [string, string][] = [];
  const faults: FieldFault[] = [];
  for (let begin = 0; begin < bytes.length; ) {
    const ampersand = bytes.indexOf('&', begin);
    const pair = bytes.slice(begin, ampersand < 0 ? undefined : ampersand);
    begin = ampersand < 0 ? bytes.length : ampersand + 1;
    if (pair === '') continue;
    if (pairs.length + faults.length >= limit) tooMany();
    const equals = pair.indexOf('=');
    const name = unescaped(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : unescaped(pair.slice(equals + 1));
    const texts = [decoded(name), decoded(value)] as const;
    if (texts[0] === undefined || texts[1] === undefined) faults.push(notUtf8(name));
    else pairs.push([texts[0], texts[1]]);
  }
  if (faults.length > 0) throw invalidRequest(faults);
  return gather(pairs);
}

const ESCAPE = /%([0-9a-f]{2})/gi;

/** Resolves escapes to bytes. A % that is not part of an escape stays as it is. */
function unescaped(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(ESCAPE, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
