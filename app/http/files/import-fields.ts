import { z } from 'zod';
import { type FieldDoc, oneOf, wholeNumber } from '../fields';

/** The body of an import, for the documentation. */
export const importBody = z.strictObject({
  file: z.string().meta({
    doc: {
      type: 'string',
      contentMediaType: 'text/csv',
      description: 'CSV (RFC 4180) in UTF-8, UTF-16 or Windows-1252, or an .xlsx workbook',
    } satisfies FieldDoc,
  }),
});

const common = {
  dryRun: oneOf(['true', 'false']).optional(),
  confirm: z
    .string()
    .optional()
    .meta({
      doc: {
        type: 'string',
        description: 'The confirm of the dry run, whose warnings are meant to be so',
      } satisfies FieldDoc,
    }),
  asOf: wholeNumber(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({
      doc: {
        type: 'integer',
        minimum: 0,
        description: 'The asOf of the dry run: what has moved since is not overwritten',
      } satisfies FieldDoc,
    }),
};

/** What an import of products may ask for. */
export const productsQuery = z.strictObject(common);

/** What an import of counts may ask for. */
export const countsQuery = z.strictObject({
  ...common,
  duplicates: oneOf(['refuse', 'add'])
    .optional()
    .meta({
      doc: {
        type: 'string',
        enum: ['refuse', 'add'],
        description: 'What becomes of several counts of one product: add sums them up',
      } satisfies FieldDoc,
    }),
  moved: oneOf(['refuse', 'skip'])
    .optional()
    .meta({
      doc: {
        type: 'string',
        enum: ['refuse', 'skip'],
        description:
          'What becomes of a file of which a product moved after it was counted: skip leaves out its lines, and records the others',
      } satisfies FieldDoc,
    }),
});
