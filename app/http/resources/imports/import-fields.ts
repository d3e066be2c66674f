import { z } from 'zod';
import { LOCATION_ID_MAX } from '../../../ledger/locations/location';
import { type FieldDoc, oneOf } from '../../fields/field';
import { position } from '../../fields/position';
import { locationID } from '../../fields/whole-number';

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
        description: 'The confirm of the dry run: records the file despite its warnings',
      } satisfies FieldDoc,
    }),
  asOf: position(0)
    .optional()
    .meta({
      doc: {
        type: 'string',
        description:
          'The asOf of the dry run, such as 231-h5x2k1. Products that moved since are not overwritten, and another ledger, such as a restored backup, refuses the file. The number alone is accepted, too, but would also fit another ledger.',
      } satisfies FieldDoc,
    }),
};

/** The query of an import of products. */
export const productsQuery = z.strictObject(common);

/** The query of an import of counts. */
export const countsQuery = z.strictObject({
  ...common,
  locationID: locationID.optional().meta({
    doc: {
      type: 'integer',
      minimum: 1,
      maximum: LOCATION_ID_MAX,
      description: 'Where lines count that name no location; 1 if left out',
    } satisfies FieldDoc,
  }),
  duplicates: oneOf(['refuse', 'add'])
    .optional()
    .meta({
      doc: {
        type: 'string',
        enum: ['refuse', 'add'],
        description: 'If a product has several counts: add sums them up, refuse refuses the file',
      } satisfies FieldDoc,
    }),
  moved: oneOf(['refuse', 'skip'])
    .optional()
    .meta({
      doc: {
        type: 'string',
        enum: ['refuse', 'skip'],
        description:
          'If a product moved after it was counted: skip leaves its lines out and records the others, refuse refuses the file',
      } satisfies FieldDoc,
    }),
});
