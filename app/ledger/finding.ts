import type { ReportCommand, ResolveCommand } from './alert-command';
import type { Catalogue } from './catalogue';
import type { Stock } from './stock';

/** What somebody found out about a product, as of a record and a revision of the catalogue. */
export interface Finding {
  readonly productID: number;
  /** The record and the revision as of which this holds. */
  readonly record: number;
  readonly revision: number;
  readonly availableQuantity: number;
  /** Low at this many available, or fewer. */
  readonly threshold: number;
  readonly daysOfCover: number | null;
}

/** A field of a finding that may name what the ledger does not have. */
export type FindingField = 'record' | 'revision' | 'productID' | 'availableQuantity';

/** What the ledger and the catalogue have, as far as a finding is checked by it. */
export interface Known {
  /** The last record and the last revision. */
  readonly record: number;
  readonly revision: number;
  readonly hasProduct: boolean;
  /**
   * What the product had as of the finding's record, 0 before its first one; undefined if the product has had a later
   * record, since memory has only the latest one.
   */
  readonly availableQuantity: number | undefined;
}

/** What stock and catalogue have, as far as it matters for a finding. */
export function knownOf(
  { productID, record }: Pick<Finding, 'productID' | 'record'>,
  stock: Stock,
  catalogue: Catalogue,
): Known {
  const latest = stock.get(productID);
  return {
    record: stock.last?.record ?? 0,
    revision: catalogue.last?.revision ?? 0,
    hasProduct: latest !== undefined || catalogue.get(productID) !== undefined,
    availableQuantity:
      latest !== undefined && latest.record > record ? undefined : (latest?.availableQuantity ?? 0),
  };
}

/**
 * The fields of a finding that name what the ledger does not have. Such a finding would do harm:
 *
 * - After one with a future record, every true finding would look old, and nobody would hear of the product's shortages.
 * - An alert about a product that nobody has counted or listed would never be resolved.
 * - With a quantity that the product never had, anybody could open an alert that is not true, or resolve one that is.
 */
export function unknownFields(
  {
    kind,
    record,
    revision,
    availableQuantity,
  }: Pick<ReportCommand | ResolveCommand, 'kind' | 'record' | 'revision' | 'availableQuantity'>,
  known: Known,
): FindingField[] {
  const isInFuture = record > known.record;
  const isOtherQuantity =
    !isInFuture &&
    known.hasProduct &&
    known.availableQuantity !== undefined &&
    known.availableQuantity !== availableQuantity;
  return [
    ...(kind === 'resolve' || known.hasProduct ? [] : (['productID'] as const)),
    ...(isInFuture ? (['record'] as const) : []),
    ...(revision > known.revision ? (['revision'] as const) : []),
    ...(isOtherQuantity ? (['availableQuantity'] as const) : []),
  ];
}
