import type { StoredAnswer } from '../ledger/request';
import { readAnswer, writeAnswer } from './stored-answer';

/** How a database stores values of one kind. NULL is always null, and is never passed to a codec. */
export interface Codec<V> {
  /** The value that was read. */
  read(stored: unknown): V;
  /** The stored form of a value. */
  write(value: V): unknown;
}

/** For values that the database's driver reads and writes unchanged. */
export const AS_IS = {
  read: (stored: unknown) => stored as never,
  write: (value: unknown) => value,
};

/** The kinds of values that columns hold. Each database stores them in its own way. */
export interface Codecs {
  /** Text, whole numbers below 2^32, and numbers with a fraction. */
  readonly plain: Codec<string | number>;
  /** A whole number that may be 2^32 or more, such as the number of a record. */
  readonly integer: Codec<number>;
  /** An amount in ten-thousandths of the currency unit. */
  readonly money: Codec<number>;
  readonly time: Codec<Date>;
  readonly flag: Codec<boolean>;
  /** Text that is compared byte by byte: Latin-1. */
  readonly key: Codec<string>;
  /** Hexadecimal digits. */
  readonly hash: Codec<string>;
  readonly answer: Codec<StoredAnswer>;
  /** Words and numbers, with a space between them. */
  readonly words: Codec<readonly string[]>;
  readonly numbers: Codec<readonly number[]>;
  /** A list of objects, whose members are text, numbers and flags: JSON. */
  readonly list: Codec<readonly object[]>;
}

/** The kinds that all databases store in the same way. */
export const SHARED_CODECS = {
  plain: AS_IS,
  words: {
    read: (stored: unknown) => wordsIn(stored) as never,
    write: (words: readonly string[]) => words.join(' '),
  },
  numbers: {
    read: (stored: unknown) => wordsIn(stored).map(Number),
    write: (numbers: readonly number[]) => numbers.join(' '),
  },
  list: {
    read: (stored: unknown) => JSON.parse(stored as string) as never,
    write: (list: readonly object[]) => JSON.stringify(list),
  },
  answer: { read: (stored: unknown) => readAnswer(stored as string), write: writeAnswer },
} satisfies Partial<Codecs>;

/** The kinds of columns that can hold a field of this type. */
export type KindOf<V> = {
  [Kind in keyof Codecs]: Codecs[Kind] extends Codec<infer Held>
    ? [V] extends [Held]
      ? Kind
      : never
    : never;
}[keyof Codecs];

function wordsIn(stored: unknown): string[] {
  return (stored as string).split(' ').filter(Boolean);
}

/** An exact whole number. @throws RangeError beyond 2^53, where it would be rounded */
export function safeInteger(stored: unknown): number {
  const number = Number(stored);
  if (stored === null || !Number.isSafeInteger(number)) {
    throw new RangeError(
      `the database holds ${stored}, which is more than this service can count to`,
    );
  }
  return number;
}
