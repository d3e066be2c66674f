import type { ReportCommand, ResolveCommand } from './alert-command';
import type { AlertSubject } from './alert-subject';
import type { Catalogue } from './catalogue';
import { cellOf, freeIn, type Places } from './cell';
import { transferName } from './documents/document';
import { reorderPointAt } from './product';
import type { Stock } from './stock';

/** The clocks of monitor and service, and of two services, may differ by so much. */
const CLOCKS_DIFFER_MS = 60_000;

/** What somebody found out about a product, a product at a location, or a transfer, as of a record and a revision of the catalogue. */
export interface Finding extends AlertSubject {
  /** The record and the revision as of which this holds. */
  readonly record: number;
  readonly revision: number;
  /** Units available, or free at the location; 0 for a transfer. */
  readonly availableQuantity: number;
  /** Low at this many, or fewer; 0 for a transfer. */
  readonly threshold: number;
  readonly daysOfCover: number | null;
}

/** A field of a finding that may name what the ledger does not have. */
export type FindingField =
  | 'record'
  | 'revision'
  | 'productID'
  | 'locationID'
  | 'transferID'
  | 'availableQuantity';

/** What findings are checked by. */
export interface FindingFacts extends Places {
  readonly catalogue: Catalogue;
  readonly now: Date;
}

/** What the ledger and the catalogue have, as far as a finding is checked by it. */
export interface Known {
  /** The last record and the last revision. */
  readonly record: number;
  readonly revision: number;
  readonly hasProduct: boolean;
  /** Whether anybody wants to hear of this: at a location, only if the product has a reorder point there. */
  readonly isWatched: boolean;
  /** Whether the transfer is on its way, and whether it should have arrived; `over` for anything that is no transfer. */
  readonly transfer: 'overdue' | 'open' | 'over';
  /**
   * What there was as of the finding's record, 0 before the first one; undefined if there has been a later record, since
   * memory has only the latest one, or if that says nothing of the location.
   */
  readonly availableQuantity: number | undefined;
}

/** What the ledger has, as far as it matters for a finding. */
export function knownOf(
  finding: AlertSubject & Pick<Finding, 'record'>,
  facts: FindingFacts,
): Known {
  const { productID, locationID } = finding;
  const { stock, catalogue } = facts;
  return {
    record: stock.last?.record ?? 0,
    revision: catalogue.last?.revision ?? 0,
    hasProduct: stock.get(productID) !== undefined || catalogue.get(productID) !== undefined,
    transfer: transferState(finding, facts),
    isWatched: locationID === 0 || isWatchedAt(finding, facts),
    availableQuantity: locationID === 0 ? totalAsOf(finding, stock) : freeAsOf(finding, facts),
  };
}

function transferState(
  { transferID }: AlertSubject,
  { documents, now }: FindingFacts,
): Known['transfer'] {
  const transfer = transferID === 0 ? undefined : documents.get(transferName(transferID));
  if (!transfer) return 'over';
  const expected = transfer.expectedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return expected <= now.getTime() + CLOCKS_DIFFER_MS ? 'overdue' : 'open';
}

function isWatchedAt(
  { productID, locationID }: Pick<Finding, 'productID' | 'locationID'>,
  { catalogue, locations }: FindingFacts,
): boolean {
  const product = catalogue.get(productID);
  const point = reorderPointAt(product, locationID)?.reorderPoint ?? null;
  return point !== null && !product?.retired && locations.get(locationID)?.retired === false;
}

function totalAsOf(
  { productID, record }: Pick<Finding, 'productID' | 'record'>,
  stock: Stock,
): number | undefined {
  const latest = stock.get(productID);
  if (latest === undefined) return 0;
  return latest.record > record ? undefined : latest.availableQuantity;
}

function freeAsOf(
  { productID, locationID, record }: Pick<Finding, 'productID' | 'locationID' | 'record'>,
  facts: FindingFacts,
): number | undefined {
  const cell = cellOf(facts, productID, locationID);
  if (cell === undefined) return 0;
  const { latest } = cell;
  // A row by hand says nothing of the location, which changes with the others then.
  return latest.record > record || latest.onHandQuantity === null ? undefined : freeIn(cell);
}

/**
 * The fields of a finding that name what the ledger does not have. Such a finding would do harm:
 *
 * - After one with a future record, every true finding would look old, and nobody would hear of the product's shortages.
 * - An alert about a product that nobody has counted or listed, or about a location where the product has no reorder point,
 *   would never be resolved. Nor would one about a transfer that is closed.
 * - With a quantity that there never was, anybody could open an alert that is not true, or resolve one that is.
 */
export function unknownFields(
  finding: Pick<
    ReportCommand | ResolveCommand,
    'kind' | 'transferID' | 'record' | 'revision' | 'availableQuantity'
  >,
  known: Known,
): FindingField[] {
  const { kind, record, revision, availableQuantity } = finding;
  const isOfTransfer = finding.transferID !== 0;
  const isResolve = kind === 'resolve';
  const isOtherState = known.transfer !== (isResolve ? 'over' : 'overdue');
  const isInFuture = record > known.record;
  const isOtherQuantity =
    !isInFuture &&
    known.hasProduct &&
    known.isWatched &&
    known.availableQuantity !== undefined &&
    known.availableQuantity !== availableQuantity;
  return [
    ...(isOfTransfer && isOtherState ? (['transferID'] as const) : []),
    ...(isResolve || isOfTransfer || known.hasProduct ? [] : (['productID'] as const)),
    ...(isResolve || known.isWatched ? [] : (['locationID'] as const)),
    ...(isInFuture ? (['record'] as const) : []),
    ...(revision > known.revision ? (['revision'] as const) : []),
    ...(isOtherQuantity ? (['availableQuantity'] as const) : []),
  ];
}
