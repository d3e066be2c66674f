import { Slices } from '../../ledger/slice';
import type { Replacer } from './base-path';

/** Entries of a list that are serialized between two looks at the clock. */
const ENTRIES = 50;

/**
 * Serializes an object as JSON.stringify would. If the object, or one in it, has a long list, such as the outcomes of a
 * batch, other requests are served in between.
 */
export function jsonBytes(body: object, replacer?: Replacer): Buffer | Promise<Buffer> {
  return hasLongList(body) ? inSlices(body, replacer) : Buffer.from(JSON.stringify(body, replacer));
}

/** Whether a member, or a member of a member, is a long list. */
function hasLongList(body: object, depth = 2): boolean {
  return Object.values(body).some((value) =>
    Array.isArray(value)
      ? value.length > ENTRIES
      : depth > 0 && isPlain(value) && hasLongList(value, depth - 1),
  );
}

async function inSlices(body: object, replacer: Replacer | undefined): Promise<Buffer> {
  const slices = new Slices();
  const texts: string[] = [];
  for (const text of textsOf(body, replacer)) {
    texts.push(text);
    if (slices.isOver) await slices.next();
  }
  return Buffer.from(texts.join(''));
}

function* textsOf(body: object, replacer: Replacer | undefined): Generator<string> {
  let before = '{';
  for (const [name, value] of Object.entries(body)) {
    if (isPlain(value) && hasLongList(value)) {
      yield `${before}${JSON.stringify(name)}:`;
      yield* textsOf(value, replacer);
    } else if (Array.isArray(value) && value.length > ENTRIES) {
      yield `${before}${JSON.stringify(name)}:`;
      yield* entriesOf(value, replacer);
    } else {
      // Empty if JSON has no such value, as for undefined.
      const member = JSON.stringify({ [name]: value }, replacer).slice(1, -1);
      if (member === '') continue;
      yield before + member;
    }
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function* entriesOf(list: readonly unknown[], replacer: Replacer | undefined): Generator<string> {
  for (let begin = 0; begin < list.length; begin += ENTRIES) {
    const entries = JSON.stringify(list.slice(begin, begin + ENTRIES), replacer).slice(1, -1);
    yield `${begin === 0 ? '[' : ','}${entries}`;
  }
  yield ']';
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
