import { Problem } from '../problem';
import { type Fields, gather } from './gather';

/** Fields in one form: several times what any request has. */
export const FIELD_LIMIT = 32;

/** Reads `application/x-www-form-urlencoded` as browsers write it (https://url.spec.whatwg.org/#urlencoded-parsing). */
export function urlencodedFields(body: string): Fields {
  const pairs = [...new URLSearchParams(body)];
  if (pairs.length > FIELD_LIMIT) {
    throw new Problem('malformed-body', 'The form has too many fields.');
  }
  return gather(pairs);
}
