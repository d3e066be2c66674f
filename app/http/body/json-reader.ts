import type { FieldFault } from '../../wire/problem-members';
import { FAULTS_MAX, invalidRequest, Problem } from '../problems/problem';
import { REPEATED_MAX, shortened } from '../problems/shortened';
import { decoded, NOT_UTF_8, shown } from './utf8';

/** How deep a body may be nested: three times the deepest, `findings[].deliveries[]`. */
const DEPTH_MAX = 16;

/** Entries of one list: the most that any has, the changes of a batch. */
const ENTRIES_MAX = 10_000;

/** Members of one object: thirty times the most that any has, so that a few unknown ones are all reported. */
const MEMBERS_MAX = 1_000;

/** Values in one body. A batch of 10,000 changes with all their fields has 130,000. */
const VALUES_MAX = 200_000;

/** Characters of one name or text: four times the longest field. */
const STRING_MAX = 8_192;

/** A number as JSON has it (RFC 8259, section 6). */
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANKS = /[ \t\n\r]*/y;

/** From this length on, V8 keeps a slice as a reference to the whole text, which stays in memory as long as the slice. */
const SLICED_FROM = 13;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;

/** A list or an object whose end is not read yet. */
interface OpenValue {
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
 * Reads one JSON object, piece by piece. JSON.parse rounds numbers, keeps only the last of several members with one name,
 * and blocks the process while it reads 8 MB of brackets. Here numbers are the text that was sent, a repeated name has a
 * list of its values, and reading stops at the limits above.
 */
export class JsonReader {
  /** The names and texts that are not UTF-8, if the text is bytes. */
  readonly faults: FieldFault[] = [];
  readonly #text: string;
  readonly #isBytes: boolean;
  readonly #open: OpenValue[] = [];
  #at = 0;
  #values = 0;
  #value: unknown;
  #hasValue = false;

  /** @param isBytes whether the text is bytes as Latin-1, to find out which of them are not UTF-8 */
  constructor(text: string, isBytes = false) {
    this.#text = text;
    this.#isBytes = isBytes;
  }

  /** The object, once all is read. */
  get value(): unknown {
    return this.#value;
  }

  /**
   * Reads on.
   *
   * @param length how many characters, at least
   * @returns whether all of it is read
   * @throws Problem `malformed-body`, or `invalid-request` that names the field that is too large
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

  #readName(open: OpenValue): void {
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

  /** Ends the innermost list or object, and adds it to the one around it. */
  #end(): void {
    this.#at += 1;
    const { list, members, repeated } = this.#open.pop() as OpenValue;
    // Flattened once: a name may be repeated many times.
    for (const [name, values] of repeated ?? []) define(members, name, values.flat());
    this.#take(list ?? members);
  }

  /** Adds a value to the innermost list or object, and reads the comma or the end behind it. */
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

  #add(open: OpenValue, value: unknown): void {
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
      // At the end of the text the code is NaN, which this catches, too.
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
    // Names appear in faults, so they must be readable.
    const raw = this.#isBytes ? shown(sent) : sent;
    return hasEscape || raw.length >= SLICED_FROM ? unescaped(raw) : raw;
  }

  #tooLong(isName: boolean): Problem {
    if (isName) return malformed(`has a name of more than ${STRING_MAX} characters`);
    return invalidRequest([{ field: this.#path(this.#open), detail: 'is too long' }]);
  }

  /** Notes a name or a text that is not UTF-8. @throws Problem if there are too many */
  #check(raw: string, isName: boolean): void {
    if (decoded(raw) !== undefined) return;
    const path = this.#path(isName ? this.#open.slice(0, -1) : this.#open);
    const field = isName
      ? [path, shown(raw.slice(0, REPEATED_MAX))].filter(Boolean).join('.')
      : path;
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
    // Usually there is no blank, and this check is faster.
    if (this.#text.charCodeAt(this.#at) > 0x20) return;
    BLANKS.lastIndex = this.#at;
    BLANKS.test(this.#text);
    this.#at = BLANKS.lastIndex;
  }

  /** The path of a value, such as `changes.3.note`. Each part is shortened first, since there may be many long names. */
  #path(open: readonly OpenValue[]): string {
    const parts = open.map(({ list, name }) => list?.length ?? shortened(name));
    return shortened(parts.join('.'));
  }
}

/** A text with its escapes resolved, as a copy. */
function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`);
  } catch {
    throw malformed();
  }
}

/** Sets a member under any name, such as `__proto__`. */
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
