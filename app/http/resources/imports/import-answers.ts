import { z } from 'zod';
import { lineFault } from '../../answers/answer-docs';
import { FAULTS_MAX, SHOWN_MAX, WARNINGS_MAX } from './import-limits';

const common = {
  rows: z.int().meta({ description: 'Lines below the header, as far as the file was read' }),
  faults: z.array(lineFault).meta({ description: `At most ${FAULTS_MAX}` }),
  faulty: z.int().meta({ description: 'How many lines are faulty, as far as the file was read' }),
  stopped: z.boolean().meta({
    description: `Whether reading stopped because of ${FAULTS_MAX} faults`,
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
