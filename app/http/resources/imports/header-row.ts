import type { z } from 'zod';
import type { Cell } from '../../files/row';
import { shortened } from '../../problems/shortened';

/** What the cells of a column hold: it decides how the changes that spreadsheets make are undone. */
export type Holds = 'units' | 'money' | 'text' | 'code';

/** A column that a file may have. */
export interface TableColumn {
  readonly holds: Holds;
  /** Other names than the field's, in small letters without spaces: those of the page, and usual ones. */
  readonly names: readonly string[];
}

/** What a file may have in it. */
export interface TableColumns {
  /** What each cell must be, by field. */
  readonly schema: z.ZodObject;
  readonly columns: Readonly<Record<string, TableColumn>>;
  /** The field that "Product" means, beside these others; undefined if it is of no use. */
  product(others: ReadonlySet<string>): string | undefined;
  /** Why these fields are too few, if the table needs one of several. */
  missing?(fields: ReadonlySet<string>): string | undefined;
}

/** Characters of a column's title in a fault: a title may have a thousand. */
const TITLE_MAX = 100;

/** A column of a file. */
export interface FileColumn {
  /** Its name in the file, shortened if it is long. */
  readonly title: string;
  /** The field that is in it; undefined if it is not used. */
  readonly field: string | undefined;
}

/** The first row of a file after it was read. */
export interface Header {
  readonly columns: readonly FileColumn[];
  readonly faults: readonly { readonly column: string | null; readonly detail: string }[];
}

/** The page and people use this word for a product's number or its name. */
const PRODUCT = 'product';

/** Reads the first row of a file. Names may have any case, with or without spaces, or be those of the page. */
export function readHeader(cells: readonly Cell[], table: TableColumns): Header {
  const titles = cells.map((cell) => (typeof cell === 'string' ? cell : (cell.text ?? '')).trim());
  const named = titles.map((title) => fieldOf(plain(title), table.columns));
  const product = table.product(new Set(named.filter((field) => field !== undefined)));
  const columns = titles.map((title, index) => ({
    title: shortened(title, TITLE_MAX),
    field: named[index] ?? (plain(title) === PRODUCT ? product : undefined),
  }));
  const faults = [...repeated(columns), ...missing(columns, table)];
  return { columns, faults };
}

function plain(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function fieldOf(name: string, columns: TableColumns['columns']): string | undefined {
  return Object.entries(columns).find(
    ([field, { names }]) => field.toLowerCase() === name || names.includes(name),
  )?.[0];
}

function repeated(columns: readonly FileColumn[]): Header['faults'] {
  return columns.flatMap(({ title, field }, index) => {
    const first = columns.findIndex((other) => other.field === field);
    if (field === undefined || first === index) return [];
    const both = `the columns "${columns[first]?.title}" and "${title}" both say ${field}`;
    return [{ column: title, detail: `must be there once: ${both}` }];
  });
}

function missing(columns: readonly FileColumn[], table: TableColumns): Header['faults'] {
  const known = Object.keys(table.columns);
  const hint = `(columns: ${known.join(', ')})`;
  const fields = new Set(columns.flatMap(({ field }) => field ?? []));
  if (fields.size === 0) {
    const found = columns.map(({ title }) => `"${title.slice(0, 40)}"`).slice(0, 10);
    const detail = `must name the columns, and says ${found.join(', ')} ${hint}`;
    return [{ column: null, detail }];
  }
  const required = known.filter(
    (name) => !fields.has(name) && !table.schema.shape[name]?.safeParse(undefined).success,
  );
  const oneOf = table.missing?.(fields);
  return [
    ...required.map((column) => ({ column, detail: `is missing ${hint}` })),
    ...(oneOf === undefined ? [] : [{ column: null, detail: oneOf }]),
  ];
}
