import type { FieldFault } from '../../wire/problem-members';
import { FAULTS_MAX, invalidRequest, Problem } from '../problems/problem';
import { shortened, TOLD_MAX } from '../problems/shortened';
import { decoded, NOT_UTF_8, shown } from './utf8';

/** How deep a body may be nested: thrice what any has, `findings[].deliveries[]`. */
const DEPTH_MAX = 16;

/** Entries of one list: a batch has as many changes, and nothing has more. */
const ENTRIES_MAX = 10_000;

/** Members of one object, thirty times what any has: who has a few too many is told each of them. */
const MEMBERS_MAX = 1_000;

/** Values in one body. A batch of 10,000 changes with all their fields has 130,000. */
const VALUES_MAX = 200_000;

/** Characters of one name or text: four times the longest field. */
const STRING_MAX = 8_192;

/** A number as JSON has it (RFC 8259, section 6). */
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANKS = /[ \t\n\r]*/y;

/** V8 keeps a slice of a text from this length on as a place in it, and the whole text as long as the slice. */
const SLICED_FROM = 13;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;

/** A list or an object that is not yet ended. */
interface Open {
  /** The list, or undefined for an object. */
  readonly list: unknown[] | undefined;
  readonly members: Record<string, unknown>;
  /** The name whose value comes next. */
  name: string;
  /** How many members came. */
  count: number;
  /** Names that came more than once. */
  repeated: Map<string, unknown[]> | undefined;
}

/**
 * Reads one JSON object, as much of it at a time as is asked for. JSON.parse would not do: it rounds numbers and forgets
 * how they were written, keeps the last of several members of one name, reads 8 MB of nothing but brackets to their
 * end, and lets nobody else have a turn meanwhile. Here numbers are the text that was sent, a name that is repeated has
 * a list of its values, and the reading stops where there is more than any request may have.
 */
export class JsonReader {
  /** What is wrong with names and texts that are no UTF-8, where the text is bytes. */
  readonly faults: FieldFault[] = [];
  readonly #text: string;
  readonly #isBytes: boolean;
  readonly #open: Open[] = [];
  #at = 0;
  #values = 0;
  #value: unknown;
  #hasValue = false;

  /** @param isBytes whether the text is bytes as Latin-1, to find out which of them are no UTF-8 */
  constructor(text: string, isBytes = false) {
    this.#text = text;
    this.#isBytes = isBytes;
  }

  /** What was read, at the end. */
  get value(): unknown {
    return this.#value;
  }

  /**
   * Reads on.
   *
   * @param length how many characters, at least
   * @returns whether all of it is read
   * @throws Problem `malformed-body`, or `invalid-request` that names what there is too much of
   */
  read(length: number): boolean {
    const until = this.#at + length;
    while (this.#at < until) {
      if (this.#hasValue) {
        this.#skipBlanks();
        if (this.#at < this.#text.length) throw malformed();
        return true;
      }
      this.#readNext();
    }
    return false;
  }

  /** Reads one value, or the beginning of one that holds others. */
  #readNext(): void {
    const open = this.#open.at(-1);
    if (open && !open.list) this.#readName(open);
    this.#skipBlanks();
    this.#values += 1;
    if (this.#values > VALUES_MAX) throw malformed(`has more than ${VALUES_MAX} values`);
    const code = this.#text.charCodeAt(this.#at);
    if (!open && code !== BRACE && this.#at < this.#text.length) {
      throw malformed('must be one JSON object of fields');
    }
    if (code === BRACE || code === BRACKET) this.#begin(code === BRACKET);
    else this.#take(code === QUOTE ? this.#readString() : this.#readWord(code));
  }

  #readName(open: Open): void {
    this.#skipBlanks();
    if (this.#text.charCodeAt(this.#at) !== QUOTE) throw malformed();
    open.name = this.#readString(true);
    this.#skipBlanks();
    if (this.#text.charCodeAt(this.#at) !== COLON) throw malformed();
    this.#at += 1;
  }

  #begin(isList: boolean): void {
    if (this.#open.length >= DEPTH_MAX) throw malformed(`is nested deeper than ${DEPTH_MAX}`);
    this.#at += 1;
    const list = isList ? [] : undefined;
    this.#open.push({ list, members: {}, name: '', count: 0, repeated: undefined });
    this.#skipBlanks();
    if (this.#text.charCodeAt(this.#at) === (isList ? BRACKET_END : BRACE_END)) this.#end();
  }

  /** Ends the innermost list or object, which is a value of the next one. */
  #end(): void {
    this.#at += 1;
    const { list, members, repeated } = this.#open.pop() as Open;
    // Flattened once: a name may come as often as there is room.
    for (const [name, values] of repeated ?? []) define(members, name, values.flat());
    this.#take(list ?? members);
  }

  /** Puts a value where it belongs, and goes on to the next, or to the end. */
  #take(value: unknown): void {
    const open = this.#open.at(-1);
    if (!open) {
      this.#value = value;
      this.#hasValue = true;
      return;
    }
    if (open.list) this.#append(open.list, value);
    else this.#add(open, value);
    this.#skipBlanks();
    const code = this.#text.charCodeAt(this.#at);
    if (code === COMMA) this.#at += 1;
    else if (code === (open.list ? BRACKET_END : BRACE_END)) this.#end();
    else throw malformed();
  }

  #append(list: unknown[], value: unknown): void {
    list.push(value);
    if (list.length <= ENTRIES_MAX) return;
    const field = this.#path(this.#open.slice(0, -1));
    throw invalidRequest([{ field, detail: `may have ${ENTRIES_MAX} entries at most` }]);
  }

  #add(open: Open, value: unknown): void {
    open.count += 1;
    if (open.count > MEMBERS_MAX) {
      throw malformed(`has an object with more than ${MEMBERS_MAX} members`);
    }
    const { members, name } = open;
    if (!Object.hasOwn(members, name)) {
      if (name === '__proto__') define(members, name, value);
      else members[name] = value;
      return;
    }
    open.repeated ??= new Map();
    const values = open.repeated.get(name);
    if (values) values.push(value);
    else open.repeated.set(name, [members[name], value]);
  }

  #readString(isName = false): string {
    const begin = this.#at + 1;
    let end = begin;
    let hasEscape = false;
    for (;;) {
      const code = this.#text.charCodeAt(end);
      if (code === QUOTE) break;
      if (end - begin > STRING_MAX) throw this.#tooLong(isName);
      // NaN, at the end, is no number of those.
      if (!(code >= 0x20)) throw malformed();
      if (code === 0x5c) {
        hasEscape = true;
        end += 1;
      }
      end += 1;
    }
    this.#at = end + 1;
    const sent = this.#text.slice(begin, end);
    if (this.#isBytes) this.#check(sent, isName);
    // Names are told with the faults, as their sender reads them.
    const raw = this.#isBytes ? shown(sent) : sent;
    return hasEscape || raw.length >= SLICED_FROM ? unescaped(raw) : raw;
  }

  #tooLong(isName: boolean): Problem {
    if (isName) return malformed(`has a name of more than ${STRING_MAX} characters`);
    return invalidRequest([{ field: this.#path(this.#open), detail: 'is too long' }]);
  }

  /** Notes a name or a text that is no UTF-8. @throws Problem where it is one too many */
  #check(raw: string, isName: boolean): void {
    if (decoded(raw) !== undefined) return;
    const place = this.#path(isName ? this.#open.slice(0, -1) : this.#open);
    const field = isName ? [place, shown(raw.slice(0, TOLD_MAX))].filter(Boolean).join('.') : place;
    this.faults.push({ field, detail: NOT_UTF_8 });
    if (this.faults.length > FAULTS_MAX) throw invalidRequest(this.faults);
  }

  /** A number, as it was sent, or one of three words. */
  #readWord(code: number): unknown {
    const text = this.#text;
    if (code === 0x74 && text.startsWith('true', this.#at)) return this.#passed(4, true);
    if (code === 0x66 && text.startsWith('false', this.#at)) return this.#passed(5, false);
    if (code === 0x6e && text.startsWith('null', this.#at)) return this.#passed(4, null);
    NUMBER.lastIndex = this.#at;
    const [number] = NUMBER.exec(text) ?? [];
    if (number === undefined) throw malformed();
    if (number.length > STRING_MAX) throw this.#tooLong(false);
    return this.#passed(number.length, number);
  }

  #passed<T>(length: number, value: T): T {
    this.#at += length;
    return value;
  }

  #skipBlanks(): void {
    // Most often there is none, which this tells sooner.
    if (this.#text.charCodeAt(this.#at) > 0x20) return;
    BLANKS.lastIndex = this.#at;
    BLANKS.test(this.#text);
    this.#at = BLANKS.lastIndex;
  }

  /** Where in the body this is: shortened before it is put together, since names may be long and faults many. */
  #path(open: readonly Open[]): string {
    const parts = open.map(({ list, name }) => list?.length ?? shortened(name));
    return shortened(parts.join('.'));
  }
}

/** The text that is written so, escapes or not, as one of its own. */
function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`);
  } catch {
    throw malformed();
  }
}

/** Sets a member that must not mean anything to JavaScript, such as `__proto__`. */
function define(members: object, name: string, value: unknown): void {
  Object.defineProperty(members, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

function malformed(fault = 'is not well-formed JSON'): Problem {
  return new Problem('malformed-body', `The body ${fault}.`);
}
