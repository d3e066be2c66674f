import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import type { RequestName, Submission } from '../../../ledger/submission';
import { sendJson } from '../../answers/conditional';
import {
  positionAt,
  positionOfRevision,
  recordPosition,
  revisionPosition,
} from '../../answers/entity-tags';
import { jsonBytes } from '../../answers/json-bytes';
import type { KeyedResource } from '../../answers/submission-answers';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from '../../answers/submit';
import { type Operation, operation, type Resource } from '../../operation';
import { invalidRequest, Problem } from '../../problems/problem';
import { refused } from '../../problems/refused';
import { countsDryRun, imported, productsDryRun } from './import-answers';
import { countsQuery, importBody, productsQuery } from './import-fields';
import { FAULTS_MAX, IMPORT_ROWS_MAX } from './import-limits';
import { lookedThroughAsOf } from './looked-through';
import type { Plan } from './plan';
import { planCounts } from './plan-counts';
import { planProducts } from './plan-products';
import { type ReadTable, readTable, type Table } from './table';
import { COUNTS, type CountLine, PRODUCTS, type ProductLine } from './tables';
import { readUpload, type Upload } from './upload';
import { UploadPlaces } from './upload-places';

/** Files that one process takes at a time: what the lines of each ask for is held in memory. */
const IMPORTS_MAX = 4;

const MEDIA_TYPE = 'multipart/form-data';

const RULES = `The first row names the columns, in any order, in any case, or in the words of the page; others are not used. Commas, semicolons or tabs are between cells. Up to ${IMPORT_ROWS_MAX} lines below it, decided in one transaction: all or nothing. With dryRun=true nothing is recorded, and the answer says what the lines would change, which are faulty, and what has to be confirmed: send its asOf, and its confirm where that is not null.`;

/**
 * `/imports/counts` and `/imports/products`: many counts, or products, from one file.
 *
 * @param limitBytes the largest body
 * @param sharePercent part of the files under way that one address may have
 */
export function imports(ledger: Ledger, limitBytes: number, sharePercent = 100): Resource[] {
  const places = new UploadPlaces({ limit: IMPORTS_MAX, sharePercent });
  const fileOf = <S extends z.ZodObject, L>(table: Table<S, L>): RequestHandler[] =>
    readUpload(limitBytes, places, (file) => readTable(file, table));
  return [
    {
      path: '/imports/counts',
      operations: {
        post: importOperation(ledger, 'counts-import', countsQuery, {
          summary: 'Count many products, by a CSV or .xlsx file',
          description: `Columns: productID, sku or barcode, availableQuantity, and if need be record, reference and note. A line with a record is refused where its product has a later one: GET /inventory.csv has that column, and the ETag of GET /inventory/{productID} has it with its mark (231-h5x2k1), which fits no other ledger. ${RULES}`,
          example: 'productID,availableQuantity,note\r\n1,55,\r\n2,18,"Shelf 3, left"\r\n',
          dryRun: countsDryRun,
          before: fileOf(COUNTS),
          plan: async (lines: readonly CountLine[], query) => {
            const [stock, catalogue] = [await ledger.stock(), await ledger.catalogue()];
            const { last } = stock;
            const asOf = await lookedThroughAsOf(
              query.asOf,
              'record',
              last?.record ?? 0,
              (record) => positionAt(ledger, record, last),
            );
            const addsUp = query.duplicates === 'add';
            const { productLimit } = ledger;
            const isTried = query.dryRun === 'true';
            const rules = { stock, catalogue, asOf, addsUp, isTried, productLimit };
            const planned = await planCounts(lines, rules);
            return { asOf: recordPosition(last), ...planned };
          },
          submission: (commands, query, request) => ({
            kind: 'stock',
            mode: query.moved === 'skip' ? 'each' : 'all',
            commands,
            request,
          }),
        }),
      },
    },
    {
      path: '/imports/products',
      operations: {
        post: importOperation(ledger, 'products-import', productsQuery, {
          summary: 'Add or change many products of the catalogue, by a CSV or .xlsx file',
          description: `Columns: name, and if need be productID, sku, barcode, image, price, reorderPoint and reorderQuantity. A line without a productID is about the product that has its sku or barcode, or else adds one. An empty cell takes away what the product had; what has no column stays as it was. ${RULES}`,
          example: 'productID,name,price\r\n1,House Espresso Beans 1 kg,18.9\r\n',
          dryRun: productsDryRun,
          before: fileOf(PRODUCTS),
          plan: async (lines: readonly ProductLine[], query) => {
            const [stock, catalogue] = [await ledger.stock(), await ledger.catalogue()];
            const { last } = catalogue;
            const asOf = await lookedThroughAsOf(
              query.asOf,
              'revision',
              last?.revision ?? 0,
              (revision) => positionOfRevision(ledger, revision),
            );
            const rules = {
              catalogue,
              asOf,
              isTried: query.dryRun === 'true',
              largestProductID: stock.largestProductID,
              productLimit: ledger.productLimit,
            };
            const planned = await planProducts(lines, rules);
            return { asOf: revisionPosition(last), ...planned };
          },
          submission: (commands, _query, request) => ({ kind: 'catalogue', commands, request }),
        }),
      },
    },
  ];
}

type FileSubmission = Exclude<Submission, { kind: 'cancel' | 'alerts' }>;

interface ImportDescription<Q, L, C> {
  readonly summary: string;
  readonly description: string;
  /** A file. */
  readonly example: string;
  /** What a dry run answers. */
  readonly dryRun: z.ZodType;
  readonly before: readonly RequestHandler[];
  /** What the lines come to on the ledger as it is. */
  plan(lines: readonly L[], query: Q): Promise<Plan<C, unknown> & { readonly asOf: string }>;
  submission(commands: readonly C[], query: Q, request: RequestName | undefined): FileSubmission;
}

function importOperation<Q extends typeof productsQuery | typeof countsQuery, L, C>(
  ledger: Ledger,
  resource: KeyedResource,
  query: Q,
  { example, plan, submission, dryRun, ...described }: ImportDescription<z.output<Q>, L, C>,
): Operation {
  return operation({
    ...described,
    query,
    consumes: [MEDIA_TYPE],
    body: importBody,
    example: { file: example },
    read: (body) => body as Upload<ReadTable<L>> | undefined,
    headers: ['Idempotency-Key'],
    answers: {
      200: { description: 'With dryRun=true: what the file comes to.', schema: dryRun },
      201: { description: 'All was recorded.', schema: imported },
    },
    problems: [
      'faulty-file',
      'not-in-ledger',
      'unconfirmed-warnings',
      'batch-refused',
      ...KEY_PROBLEMS,
      ...WRITE_PROBLEMS,
    ],
    handle: async ({ query: asked, body: upload, req, res }) => {
      if (!upload) throw invalidRequest([{ field: 'file', detail: 'is required' }]);
      const { content, sha256 } = upload;
      const isDry = asked.dryRun === 'true';
      const request = isDry ? undefined : requestName(req, resource, asksFor(sha256, asked));
      if (request && (await ledger.request(request.key))) {
        // It has run, or was cancelled: what its lines come to by now does not matter.
        return submit(res, ledger, resource, submission([], asked, request));
      }
      const found = await foundIn(content, sha256, (lines) => plan(lines, asked));
      if (isDry) {
        const { commands, stale, ...told } = found;
        return sendJson(res, await jsonBytes(told));
      }
      if (found.faults.length > 0) throw faultyFile(found);
      if (found.confirm !== null && found.confirm !== asked.confirm) throw unconfirmed(found);
      refuseMoved(found, 'moved' in asked && asked.moved === 'skip');
      await submit(res, ledger, resource, submission(found.commands, asked, request));
    },
  });
}

/** All that a request asks for: two are the same where this is. */
function asksFor(sha256: string, { dryRun, ...choices }: Record<string, unknown>): unknown {
  // The file alone, as ever, where nothing else is asked for.
  return Object.keys(choices).length === 0 ? sha256 : [sha256, choices];
}

/** What a file comes to: what is wrong with it alone, or else what it comes to on the ledger. */
async function foundIn<L, C>(
  { lines, ...read }: ReadTable<L>,
  sha256: string,
  plan: (lines: readonly L[]) => Promise<Plan<C, unknown> & { readonly asOf: string }>,
) {
  const planned = await plan(lines);
  const faults = [...read.faults, ...planned.faults]
    .sort((a, b) => a.line - b.line)
    .slice(0, FAULTS_MAX);
  const faulty = read.faulty + new Set(planned.faults.map(({ line }) => line)).size;
  const stopped = faults.length >= FAULTS_MAX;
  const { told: warnings, count: warned } = planned.warnings;
  const confirm = planned.warnings.confirmationOf(sha256);
  return { ...read, ...planned, faults, faulty, stopped, warnings, warned, confirm };
}

type Found = Awaited<ReturnType<typeof foundIn<unknown, unknown>>>;

function faultyFile({ rows, faults, faulty, stopped, notes }: Found): Problem {
  return new Problem('faulty-file', faultyDetail(rows, faults, faulty, stopped), {
    rows,
    faulty,
    faults,
    stopped,
    notes,
  });
}

function faultyDetail(
  rows: number,
  faults: Found['faults'],
  faulty: number,
  stopped: boolean,
): string {
  const [first] = faults;
  if (rows === 0 && first) {
    const what = first.column === null ? '' : ` ("${first.column}")`;
    return `Nothing was recorded, since the file cannot be understood: line ${first.line}${what} ${first.detail}.`;
  }
  if (stopped) {
    const last = faults.at(-1)?.line ?? rows;
    return `Nothing was recorded. These are the first ${FAULTS_MAX} faults, up to line ${last}: mend these first.`;
  }
  return faulty === 1
    ? 'One line is faulty, so nothing was recorded.'
    : `${faulty} lines are faulty, so nothing was recorded.`;
}

function unconfirmed({ warnings, warned, confirm }: Found): Problem {
  const what = warned === 1 ? 'One thing in the file is' : `${warned} things in the file are`;
  const detail = `${what} likely not meant so, and nothing was recorded. Mend the file, or send it again with confirm=${confirm}.`;
  return new Problem('unconfirmed-warnings', detail, { warnings, warned, confirm });
}

/**
 * Refuses a file of which products moved after it was made or looked through. What moves from now on the ledger
 * refuses as it decides.
 *
 * @param isSkipping whether lines of such products are to be left out: so few that each can be told
 */
function refuseMoved({ stale, totals, rows }: Found, isSkipping: boolean): void {
  const { moved } = totals;
  if (moved === 0 || (isSkipping && moved <= stale.length && moved < rows)) return;
  const errors = stale.map((refusal) => refused(refusal).body());
  const what = moved === 1 ? 'One product has' : `${moved} products have`;
  const detail = `${what} moved since the file was made or looked through, so nothing was recorded. Look through the file again with dryRun=true, and decide anew.`;
  throw new Problem('batch-refused', detail, { errors });
}
