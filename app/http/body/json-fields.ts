import { isUtf8 } from 'node:buffer';
import { Slices } from '../../ledger/slice';
import { invalidRequest, Problem } from '../problems/problem';
import type { Fields } from './gather';
import { JsonReader } from './json-reader';

/** Characters that are read between two looks at the clock: a millisecond or two. */
const PIECE = 65_536;

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads a JSON object: numbers as they were written, a name that is given more than once as a list of its values.
 *
 * @param body its bytes
 * @returns the fields; a promise if the body is large, since other requests are served in between
 * @throws Problem `malformed-body`, or `invalid-request` that names the fields that are not UTF-8 or too large
 */
export function jsonFields(body: Buffer): Fields | Promise<Fields> {
  if (!isUtf8(body)) return refuseBytes(body);
  const text = body.toString();
  const reader = new JsonReader(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  return reader.read(PIECE) ? asFields(reader) : readOn(reader).then(asFields);
}

/** Reads to the end. @throws Problem */
async function readOn(reader: JsonReader): Promise<JsonReader> {
  const slices = new Slices();
  while (!reader.read(PIECE)) {
    if (slices.isOver) await slices.next();
  }
  return reader;
}

function asFields({ value }: JsonReader): Fields {
  return value as Fields;
}

/** Refuses a body that is not UTF-8, naming the fields. @throws Problem */
async function refuseBytes(body: Buffer): Promise<never> {
  const { faults } = await readOn(new JsonReader(body.toString('latin1'), true));
  // Otherwise the bytes are between names and texts.
  if (faults.length === 0) throw new Problem('malformed-body', 'The body is not in UTF-8.');
  throw invalidRequest(faults);
}
