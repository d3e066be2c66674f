import { z } from 'zod';
import { type FieldDoc, oneOf } from '../../fields/field';
import { position } from '../../fields/position';

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
  asOf: position(0)
    .optional()
    .meta({
      doc: {
        type: 'string',
        description:
          'The asOf of the dry run, such as 231-h5x2k1: what has moved since is not overwritten, nor anything in another ledger, such as a restored backup. The number alone is taken as well, and would fit another ledger.',
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
