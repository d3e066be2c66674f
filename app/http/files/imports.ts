import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { CountCommand, PutProductCommand } from '../../ledger/command';
import type { Ledger } from '../../ledger/ledger';
import type { RequestName, Submission } from '../../ledger/submission';
import type { KeyedResource } from '../answer';
import { dryRunAnswer } from '../answer-docs';
import { type FieldDoc, oneOf } from '../fields';
import { type Operation, operation, type Resource } from '../operation';
import { invalidRequest, Problem, type ProblemType } from '../problem';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from '../submit';
import { IMPORT_ROWS_MAX, type ReadTable, readTable, type Table } from './table';
import { COUNTS, PRODUCTS } from './tables';
import { readUpload, type Upload } from './upload';

/** Files that one process takes at a time: what the lines of each ask for is held in memory. */
const IMPORTS_MAX = 4;

const MEDIA_TYPE = 'multipart/form-data';

const RULES = `The first line names the columns, in any order; commas or semicolons are between them. Up to ${IMPORT_ROWS_MAX} lines below it, decided in one transaction: all or nothing. With dryRun=true nothing is recorded, and the answer lists the faulty lines; what the ledger may refuse for its own state is not tried.`;

const importQuery = z.strictObject({ dryRun: oneOf(['true', 'false']).optional() });

const importBody = z.strictObject({
  file: z.string().meta({
    doc: {
      type: 'string',
      contentMediaType: 'text/csv',
      description: 'CSV (RFC 4180) in UTF-8',
    } satisfies FieldDoc,
  }),
});

/**
 * `/imports/counts` and `/imports/products`: many counts, or products, from one CSV file.
 *
 * @param limitBytes the largest body
 */
export function imports(ledger: Ledger, limitBytes: number): Resource[] {
  const admit = admitFew();
  const fileOf = <S extends z.ZodObject, C>(table: Table<S, C>): RequestHandler[] => [
    admit,
    ...readUpload(limitBytes, (file) => readTable(file, table)),
  ];
  return [
    {
      path: '/imports/counts',
      operations: {
        post: importOperation<CountCommand>(ledger, 'counts-import', {
          summary: 'Count many products, by a CSV file',
          description: `Columns: productID, availableQuantity, and if need be reference and note. ${RULES}`,
          example: 'productID,availableQuantity,note\r\n1,55,\r\n2,18,"Shelf 3, left"\r\n',
          before: fileOf(COUNTS),
          submission: (commands, request) => ({ kind: 'stock', mode: 'all', commands, request }),
        }),
      },
    },
    {
      path: '/imports/products',
      operations: {
        post: importOperation<PutProductCommand>(ledger, 'products-import', {
          summary: 'Add or change many products of the catalogue, by a CSV file',
          description: `Columns: productID, name, and if need be sku, barcode, image, price, reorderPoint and reorderQuantity. An empty cell takes away what the product had; what has no column stays as it was. ${RULES}`,
          example: 'productID,name,price\r\n1,House Espresso Beans 1 kg,18.9\r\n',
          before: fileOf(PRODUCTS),
          problems: ['batch-refused'],
          submission: (commands, request) => ({ kind: 'catalogue', commands, request }),
        }),
      },
    },
  ];
}

interface ImportDescription<C> {
  readonly summary: string;
  readonly description: string;
  /** A file. */
  readonly example: string;
  readonly before: readonly RequestHandler[];
  readonly problems?: readonly ProblemType[];
  submission(
    commands: readonly C[],
    request: RequestName | undefined,
  ): Exclude<Submission, { kind: 'cancel' }>;
}

function importOperation<C>(
  ledger: Ledger,
  resource: KeyedResource,
  { example, problems = [], submission, summary, description, before }: ImportDescription<C>,
): Operation {
  return operation({
    summary,
    description,
    before,
    query: importQuery,
    consumes: [MEDIA_TYPE],
    body: importBody,
    example: { file: example },
    read: (body) => body as Upload<ReadTable<C>> | undefined,
    headers: ['Idempotency-Key'],
    answers: {
      200: { description: 'With dryRun=true: what is wrong with the file.', schema: dryRunAnswer },
      201: { description: 'All was recorded.', schema: z.strictObject({ recorded: z.int() }) },
    },
    problems: ['faulty-file', ...problems, ...KEY_PROBLEMS, ...WRITE_PROBLEMS],
    handle: async ({ query: { dryRun }, body: upload, req, res }) => {
      if (!upload) throw invalidRequest([{ field: 'file', detail: 'is required' }]);
      const { commands, ...found } = upload.content;
      if (dryRun === 'true') {
        res.json(found);
        return;
      }
      if (found.faulty > 0) throw faultyFile(found);
      const request = requestName(req, resource, upload.sha256);
      await submit(res, ledger, resource, submission(commands, request));
    },
  });
}

function faultyFile({ rows, faults, faulty }: Omit<ReadTable<unknown>, 'commands'>): Problem {
  const detail = `${faulty} ${faulty === 1 ? 'line is' : 'lines are'} faulty, so nothing was recorded.`;
  return new Problem('faulty-file', detail, { rows, faulty, faults });
}

/** Lets a few requests be under way at a time. */
function admitFew(): RequestHandler {
  let admitted = 0;
  return (_req, res, next) => {
    if (admitted >= IMPORTS_MAX) {
      throw new Problem(
        'overloaded',
        'Too many files come at a time; nothing was recorded. Try again, with growing pauses.',
        {},
        { 'Retry-After': '1' },
      );
    }
    admitted += 1;
    res.once('close', () => {
      admitted -= 1;
    });
    next();
  };
}
