import { z } from 'zod';

/** Faults after which reading stops. A file with more usually repeats one mistake. */
export const FILE_FAULTS_MAX = 1_000;

/**
 * Warnings in an answer. All warnings are confirmed together, listed or not: a file of codes without leading zeros has one
 * for each line.
 */
export const WARNINGS_MAX = 1_000;

/** Lines in the answer to a dry run: neither the page nor a person can use 100,000. */
export const SHOWN_MAX = 1_000;

/** What is wrong, or likely a slip, in a line of a file. */
export const lineFault = z.strictObject({
  line: z.int().min(1).meta({ description: 'The row, as a spreadsheet numbers it' }),
  column: z.string().nullable().meta({
    description: 'The name of the column in the file; null if the fault is about the whole line',
  }),
  detail: z.string(),
  value: z.string().nullable().meta({ description: 'The content of the cell' }),
});

const common = {
  rows: z.int().meta({ description: 'Lines below the header, as far as the file was read' }),
  faults: z.array(lineFault).meta({ description: `At most ${FILE_FAULTS_MAX}` }),
  faulty: z.int().meta({ description: 'How many lines are faulty, as far as the file was read' }),
  stopped: z.boolean().meta({
    description: `Whether reading stopped because of ${FILE_FAULTS_MAX} faults`,
  }),
  notes: z.array(z.string()).meta({
    description: 'Remarks about the file, such as its encoding, or columns that are not used',
  }),
  warnings: z.array(lineFault).meta({
    description: `Likely slips, which have to be confirmed; the first ${WARNINGS_MAX}`,
  }),
  warned: z.int().meta({ description: 'How many warnings there are in all' }),
  confirm: z.string().nullable().meta({ description: 'Send this to confirm all warnings' }),
  asOf: z.string().meta({
    description:
      'The record (for counts) or revision (for products) as of which this is exact, as in its ETag',
    examples: ['231-h5x2k1'],
  }),
};

const countLine = z.strictObject({
  line: z.int().min(1),
  productID: z.int().min(1),
  locationID: z.int().min(1).optional().meta({ description: 'The location, if it is not 1' }),
  name: z.string().nullable(),
  availableQuantity: z.int().nullable().meta({ description: 'In stock now' }),
  countedQuantity: z.int(),
  difference: z.int(),
  record: z.int().nullable().meta({ description: "The product's latest record" }),
  moved: z.boolean().meta({ description: 'Whether the product moved after it was counted' }),
});

const productLine = z.strictObject({
  line: z.int().min(1),
  action: z.enum(['create', 'update']),
  productID: z.int().nullable().meta({ description: 'Null if it gets the next free number' }),
  name: z.string(),
  changes: z.array(
    z.strictObject({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
  ),
  moved: z.boolean().meta({ description: 'Whether somebody changed the product after asOf' }),
});

const SHOWN = `At most ${SHOWN_MAX}: of more counts those that change most, of more products the first`;

/** The answer to a dry run of counts. */
export const countsDryRun = z.strictObject({
  ...common,
  lines: z.array(countLine).meta({ description: SHOWN }),
  totals: z
    .strictObject({ changed: z.int(), unchanged: z.int(), new: z.int(), moved: z.int() })
    .meta({
      description:
        'How many products get another quantity, keep theirs, or are counted for the first time',
    }),
});

/** The answer to a dry run of products. */
export const productsDryRun = z.strictObject({
  ...common,
  lines: z.array(productLine).meta({ description: SHOWN }),
  totals: z.strictObject({ creates: z.int(), updates: z.int(), moved: z.int() }),
});

const leftOut = z.strictObject({
  type: z.string().meta({
    description:
      'The problem: /problems/stale-record if the product moved after it was counted, or /problems/product-limit',
  }),
  line: z.int(),
  productID: z.int(),
  record: z.int().nullable().meta({ description: "The product's latest record" }),
  availableQuantity: z.int().nullable().meta({ description: 'In stock now' }),
});

/** The answer to an import. */
export const imported = z.strictObject({
  recorded: z.int(),
  leftOut: z
    .array(leftOut)
    .optional()
    .meta({ description: 'With moved=skip: the lines that were not recorded' }),
});

/** What one line of counts would change. */
export type CountPreview = z.infer<typeof countLine>;
/** What one line of products would change. */
export type ProductPreview = z.infer<typeof productLine>;
export type CountsDryRun = z.infer<typeof countsDryRun>;
export type ProductsDryRun = z.infer<typeof productsDryRun>;
export type Imported = z.infer<typeof imported>;
export type LineFault = z.infer<typeof lineFault>;
