import { type DocumentEntry, holdIDOf } from '../../ledger/documents/document';
import type { ProductRevision } from '../../ledger/product';
import type { LedgerRecord } from '../../ledger/record';
import type { Refusal, StockRefusal, Withheld } from '../../ledger/refusal';
import { REFUSALS_MAX } from '../../ledger/refusal';
import type { StoredAnswer } from '../../ledger/request';
import { Slices } from '../../ledger/slice';
import {
  type CatalogueOutcome,
  type DocumentOutcome,
  type DocumentSubmission,
  isRefusal,
  type KeyedSubmission,
  type Outcome,
  type StockOutcome,
  type StockSubmission,
} from '../../ledger/submission';
import { problemURI } from '../../wire/problem';
import type { ProblemMembers } from '../../wire/problem-members';
import { Problem } from '../problems/problem';
import { type Recordable, refused } from '../problems/refused';
import { refusedDocument } from '../problems/refused-document';
import { entityTag } from './conditional';
import { holdJson, transferJson } from './document-json';
import { recordPosition, revisionPosition } from './entity-tags';
import { acceptedJson, productJson } from './entry-json';
import { type Rendered, renderedProblem } from './rendered';

/** Makes the answer of the outcomes of a submission; a promise if there are many. */
type Renderer<O extends Outcome> = (outcomes: readonly O[]) => Rendered | Promise<Rendered>;

/*
 * The renderer of each resource. The names are stored with requests, so that copies can be answered: never change what a
 * name means.
 */

const STOCK_RENDERERS = {
  inventory: single(accepted),
  sales: single(accepted),
  cancellations: single(accepted),
  batch: wholeBatch,
  'batch-each': eachOfBatch,
  moves: wholeBatch,
  'counts-import': (outcomes) => imported(outcomes.length, outcomes.filter(isRefusal)),
} as const satisfies Record<string, Renderer<StockOutcome>>;

const CATALOGUE_RENDERERS = {
  product: single((revision: ProductRevision) => product(revision, 200)),
  'new-product': single((revision: ProductRevision) => product(revision, 201)),
  'products-import': (outcomes) => imported(outcomes.length, outcomes.filter(isRefusal)),
} as const satisfies Record<string, Renderer<CatalogueOutcome>>;

const DOCUMENT_RENDERERS = {
  hold: document(hold),
  'hold-change': document((step) => ({ ...hold(step), status: 200 })),
  'new-transfer': document((step) => transfer(step, 201)),
  'transfer-change': document((step) => transfer(step, 200)),
} as const satisfies Record<string, Renderer<DocumentOutcome>>;

const RENDERERS = { ...STOCK_RENDERERS, ...CATALOGUE_RENDERERS, ...DOCUMENT_RENDERERS };

/** A resource whose submissions may have an Idempotency-Key. */
export type KeyedResource = keyof typeof RENDERERS;

/** A resource with submissions of one kind. */
export type ResourceOf<S extends KeyedSubmission> = S extends StockSubmission
  ? keyof typeof STOCK_RENDERERS
  : S extends DocumentSubmission
    ? keyof typeof DOCUMENT_RENDERERS
    : keyof typeof CATALOGUE_RENDERERS;

/** The answer to a submission of a resource; a promise if it has many outcomes. */
export function rendered(
  resource: string,
  outcomes: readonly Outcome[],
): Rendered | Promise<Rendered> {
  // `ResourceOf` has made sure that the submissions of a resource are of its kind.
  const render = RENDERERS[resource as KeyedResource] as Renderer<Outcome>;
  return render(outcomes);
}

/** Whether the answers of a resource leave out the records, of which a file has many. */
export function isBrief(resource: string): boolean {
  return resource === 'counts-import' || resource === 'products-import';
}

/** The answer to a stored submission of such a resource. */
export function renderedBriefly({ commands, refusals }: StoredAnswer): Rendered {
  return imported(
    commands,
    refusals.map(([, refusal]) => refusal as StockRefusal),
  );
}

/** Renders the one outcome of a submission. */
function single<E extends LedgerRecord | ProductRevision>(render: (entry: E) => Rendered) {
  return ([outcome]: readonly (E | Refusal)[]): Rendered => {
    if (!outcome) throw new Error('a submission has no outcome');
    // A single command is never withheld.
    return 'refusal' in outcome ? renderedProblem(refused(outcome as Named)) : render(outcome);
  };
}

/** A refusal with a cause of its own: not of a change that was withheld because of others in its batch. */
type Named = Recordable;

/** Renders the one outcome of a change of a hold or a transfer. */
function document(render: (step: DocumentEntry) => Rendered) {
  return ([outcome]: readonly DocumentOutcome[]): Rendered => {
    if (!outcome) throw new Error('a submission has no outcome');
    return 'refusal' in outcome ? renderedProblem(refusedDocument(outcome)) : render(outcome);
  };
}

function hold(step: DocumentEntry): Rendered {
  const isNew = step.step === 1;
  const Location = `/holds/${holdIDOf(step)}`;
  return { status: isNew ? 201 : 200, headers: isNew ? { Location } : {}, body: holdJson(step) };
}

/** As of the moment of the step, so that a copy of the request gets the same answer. */
function transfer(step: DocumentEntry, status: number): Rendered {
  const Location = `/transfers/${step.documentID}`;
  const body = transferJson(step, step.recordedAt);
  return { status, headers: status === 201 ? { Location } : {}, body };
}

function accepted(record: LedgerRecord): Rendered {
  return {
    status: 201,
    headers: {
      Location: `/inventory/${record.productID}`,
      ETag: entityTag(recordPosition(record)),
    },
    body: acceptedJson(record),
  };
}

function product(revision: ProductRevision, status: number): Rendered {
  return {
    status,
    headers: {
      ETag: entityTag(revisionPosition(revision)),
      ...(status === 201 && { Location: `/products/${revision.productID}` }),
    },
    body: productJson(revision),
  };
}

/** All or nothing: every record, or every refusal. */
async function wholeBatch(outcomes: readonly StockOutcome[]): Promise<Rendered> {
  const errors = (
    await inSlices(outcomes, (outcome, index) =>
      isRefusal(outcome) && outcome.refusal !== 'withheld'
        ? [{ index, ...refused(outcome).body() }]
        : [],
    )
  ).flat();
  if (errors.length > 0) {
    const detail = `${errors.length} of ${outcomes.length} changes were refused, so none was recorded.`;
    return renderedProblem(new Problem('batch-refused', detail, { errors }));
  }
  const appended = outcomes.filter((outcome): outcome is LedgerRecord => !isRefusal(outcome));
  const records = await inSlices(appended, acceptedJson);
  return { status: 201, headers: {}, body: { recorded: records.length, records } };
}

async function eachOfBatch(outcomes: readonly StockOutcome[]): Promise<Rendered> {
  const results = await inSlices(outcomes, (outcome) =>
    // With mode=each nothing is withheld.
    isRefusal(outcome) ? refused(outcome as Named).body() : acceptedJson(outcome),
  );
  const refusedCount = outcomes.filter(isRefusal).length;
  return {
    status: 200,
    headers: {},
    body: { recorded: outcomes.length - refusedCount, refused: refusedCount, outcomes: results },
  };
}

/** Converts each of many outcomes. Other requests are served in between. */
async function inSlices<O extends Outcome, T>(
  outcomes: readonly O[],
  convert: (outcome: O, index: number) => T,
): Promise<T[]> {
  const slices = new Slices();
  const results: T[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    if (slices.isOver) await slices.next();
    results.push(convert(outcome, index));
  }
  return results;
}

/** The answer to an import: how many lines were recorded, and which were left out or refused. */
function imported(commands: number, refusals: readonly (Recordable | Withheld)[]): Rendered {
  const named = refusals.filter((refusal) => refusal.refusal !== 'withheld');
  if (named.length === 0) return { status: 201, headers: {}, body: { recorded: commands } };
  const recorded = commands - refusals.length;
  // If each line is decided by itself, none is withheld because of another.
  if (recorded > 0) {
    return { status: 201, headers: {}, body: { recorded, leftOut: named.map(leftOutJson) } };
  }
  const count = named.length < REFUSALS_MAX ? named.length : `${REFUSALS_MAX} or more`;
  const errors = named.slice(0, REFUSALS_MAX).map((refusal) => refused(refusal).body());
  const detail = `${count} of ${commands} lines were refused, so none was recorded.`;
  return renderedProblem(new Problem('batch-refused', detail, { errors }));
}

/** A line that was left out, usually because its product had moved after it was counted. */
function leftOutJson(refusal: Named) {
  const members = refusal as ProblemMembers<'stale-record'>;
  const { line, productID, record = null, availableQuantity = null } = members;
  const type = problemURI(refusal.refusal);
  return { type, line, productID, record, availableQuantity };
}
