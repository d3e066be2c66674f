import { AS_IS, type Codec, type Codecs } from './codec';
import { TABLES, type Table } from './tables';

/** How entries are inserted into a table. */
export interface Insertion<E> {
  readonly table: string;
  /** The columns, as SQL. */
  readonly columns: string;
  /** A row's values, in the order of the columns. */
  values(entry: E): unknown[];
  /** SQL that follows the rows; empty if nothing does. */
  readonly onDuplicate: string;
}

/** Entries to insert into one table. */
export interface Rows {
  readonly into: Insertion<unknown>;
  readonly entries: readonly unknown[];
}

/** One column of a table in this database. Without a codec its values are stored unchanged. */
interface CompiledColumn {
  readonly field: string;
  readonly name: string;
  readonly codec: Codec<unknown> | undefined;
}

/** The columns of any table. */
type Columns = Readonly<
  Record<string, keyof Codecs | { readonly kind: keyof Codecs; readonly name: string }>
>;

/** A row, by the names of the fields. */
type Row = Readonly<Record<string, unknown>>;

/** A table in one database. It is compiled once because each row that is read or written uses it. */
export class TableCodec<E> implements Insertion<E> {
  readonly table: string;
  readonly columns: string;
  readonly onDuplicate = '';
  /** The column that identifies an entry. */
  readonly key: string;
  /** See `Table`. */
  readonly about: string;
  readonly within: readonly string[];
  readonly isWholeWithoutLocations: boolean;
  readonly open: string | undefined;
  readonly isByHand: boolean;
  /** Whether an entry has the mark of the transaction that appended it. */
  readonly hasMark: boolean;
  /** The columns to SELECT, each under its field's name, as SQL. */
  readonly selected: string;
  /** Reads entries in the order of their keys: from which key on, and how many at most. Each turn runs it. */
  readonly selectFrom: string;
  readonly #columns: readonly CompiledColumn[];
  readonly #key: CompiledColumn | undefined;
  /** All fields, in their order. A copy of a parsed object has room for just these fields, and takes less memory. */
  readonly #blank: Readonly<Record<string, unknown>>;

  constructor(table: Table<E>, codecs: Codecs) {
    const { name, key, about, within = [], open, isByHand = false, columns } = table;
    this.table = name;
    this.about = about ?? '';
    this.within = within;
    this.isWholeWithoutLocations = table.isWholeWithoutLocations ?? false;
    this.open = open;
    this.isByHand = isByHand;
    this.#columns = Object.entries(columns as Columns).map(([field, column]) => {
      const { kind, name } = typeof column === 'string' ? { kind: column, name: field } : column;
      const codec: Codec<unknown> = codecs[kind];
      return { field, name, codec: codec === AS_IS ? undefined : codec };
    });
    this.#key = this.#columns.find(({ field }) => field === key);
    this.key = this.#key?.name ?? '';
    this.hasMark = 'turnMark' in columns;
    this.columns = this.#columns.map(({ name }) => name).join(', ');
    this.selected = this.#select('');
    this.selectFrom = `SELECT ${this.selected}
       FROM ${this.table}
       WHERE ${this.key} >= ?
       ORDER BY ${this.key}
       LIMIT ?`;
    const fields = this.#columns.map(({ field }) => [field, null]);
    this.#blank = JSON.parse(JSON.stringify(Object.fromEntries(fields)));
  }

  /** The columns to SELECT from a table that has this alias in the statement. */
  readonly selectedOf = (alias: string): string => this.#select(`${alias}.`);

  /** The entry of a selected row. */
  readonly read = (row: unknown): E => {
    const entry: Record<string, unknown> = { ...this.#blank };
    for (const { field, codec } of this.#columns) {
      const stored = (row as Row)[field];
      entry[field] = codec === undefined || stored === null ? stored : codec.read(stored);
    }
    return entry as E;
  };

  values(entry: E): unknown[] {
    const values: unknown[] = [];
    for (const { field, codec } of this.#columns) {
      const value = (entry as Row)[field];
      values.push(codec === undefined || value === null ? value : codec.write(value));
    }
    return values;
  }

  /** What an entry is about, such as a productID. */
  readonly subjectOf = (entry: E): number => (entry as Row)[this.about] as number;

  /** What an entry is about, and which part of it. */
  readonly partOf = (entry: E): number[] =>
    [this.about, ...this.within].map((field) => (entry as Row)[field] as number);

  /** The stored key of an entry; in a journal it is the entry's number. */
  keyOf(entry: E): unknown {
    const value = (entry as Row)[this.#key?.field ?? ''];
    return this.#key?.codec ? this.#key.codec.write(value) : value;
  }

  #select(prefix: string): string {
    return this.#columns
      .map(({ field, name }) =>
        field === name ? `${prefix}${name}` : `${prefix}${name} AS \`${field}\``,
      )
      .join(', ');
  }
}

/** Every append-only table in one database. */
export type Tables = {
  readonly [T in keyof typeof TABLES]: (typeof TABLES)[T] extends Table<infer E>
    ? TableCodec<E>
    : never;
};

export function compiled(codecs: Codecs): Tables {
  const entries = Object.entries(TABLES).map(([key, table]) => [
    key,
    new TableCodec<unknown>(table as unknown as Table<unknown>, codecs),
  ]);
  return Object.fromEntries(entries);
}
