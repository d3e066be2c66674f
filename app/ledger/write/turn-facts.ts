import { saleNamedBy } from '../command';
import { type DocumentEntry, holdName, transferName } from '../documents/document';
import type { Documents } from '../documents/documents';
import type { NamedSale } from '../facts';
import type { Locations } from '../locations/locations';
import { type Folds, type Memories, onStock } from '../memories';
import type { RequestName, StoredRequest } from '../request';
import type { Stock } from '../stock';
import type { Turn } from '../store';
import type { Submission } from '../submission';
import type { LedgerZone } from '../zone';
import type { GrowthLimits } from './growth';
import { type ZoneToKeep, zoneToKeep } from './zone-to-keep';

/** What submissions are decided on, in addition to themselves. */
export interface TurnFacts extends Folds {
  /** The sales that returns and cancellations name, by record. */
  readonly sales: ReadonlyMap<number, NamedSale>;
  /** The earlier requests under the keys of the submissions. */
  readonly requests: ReadonlyMap<string, StoredRequest>;
  /** The latest entries of the documents that submissions name and that are not open, by name. */
  readonly ended: ReadonlyMap<string, DocumentEntry>;
  /** The zone to keep, if the ledger keeps none. */
  readonly zoneToKeep?: ZoneToKeep | undefined;
}

/** The mark and the time of a turn's entries. If the ledger's last record is later, they get its time. */
export interface Stamp {
  readonly turnMark: number;
  readonly now: Date;
}

/** What a draft needs besides its facts. */
export interface StampAndLimits extends Stamp, GrowthLimits {}

/** The facts of submissions that depend on stock, its places, open documents and the days alone. */
export function factsOfStock(
  stock: Stock,
  locations?: Locations,
  documents?: Documents,
  zone?: LedgerZone,
  sales: TurnFacts['sales'] = NONE,
): TurnFacts {
  const folds = onStock(stock, locations, documents, zone);
  return { ...folds, sales, requests: NONE, ended: NONE };
}

const NONE = new Map<never, never>();

/**
 * Reads all facts that submissions need, as they are while the turn is ours.
 *
 * @param timeZone of a new ledger; undefined for the default
 * @throws StoreUnavailable
 */
export async function gatherFacts(
  turn: Turn,
  memories: Memories,
  submissions: readonly Submission[],
  timeZone?: string,
): Promise<TurnFacts> {
  const keys = submissions.flatMap(keyOf);
  const records = submissions.flatMap(salesNamedBy);
  const folds = await memories.advance(turn, submissions);
  const documents = submissions
    .flatMap(documentNamedBy)
    .filter((document) => !folds.documents.get(document));
  return {
    ...folds,
    zoneToKeep: folds.zone.calendar ? undefined : await zoneToKeep(turn, timeZone),
    sales: new Map(
      (records.length > 0 ? await turn.sales(records) : []).map((sale) => [sale.record, sale]),
    ),
    requests: new Map(
      (keys.length > 0 ? await turn.requests(keys) : []).map((request) => [request.key, request]),
    ),
    ended: new Map(
      (documents.length > 0 ? await turn.latestSteps(documents) : []).map((entry) => [
        entry.document,
        entry,
      ]),
    ),
  };
}

/** The records of the sales that a submission takes back. */
export function salesNamedBy(submission: Submission): number[] {
  if (submission.kind !== 'stock') return [];
  return submission.commands.flatMap((command) => saleNamedBy(command) ?? []);
}

/**
 * The same sales, if memory says all of them: each must be the latest record of its product, so that nothing was taken back of it.
 *
 * @returns undefined if the ledger must be asked
 */
export function salesInMemory(
  stock: Stock,
  submissions: readonly Submission[],
): ReadonlyMap<number, NamedSale> | undefined {
  const sales = new Map<number, NamedSale>();
  for (const submission of submissions) {
    if (submission.kind !== 'stock') continue;
    for (const command of submission.commands) {
      const named = saleNamedBy(command);
      if (named === null) continue;
      const latest = stock.get(command.productID);
      if (latest?.record !== named || latest.reason !== 'sale') return undefined;
      const { record, productID, quantity, unitPrice, locationID, recordedAt } = latest;
      if (quantity === null) return undefined;
      const nothing = { returnedQuantity: 0, cancelledBy: null };
      sales.set(record, {
        record,
        productID,
        quantity,
        unitPrice,
        locationID,
        recordedAt,
        ...nothing,
      });
    }
  }
  return sales;
}

/** The hold or transfer that a submission names. A transfer that is sent gets its name by that. */
export function documentNamedBy(submission: Submission): string[] {
  if (submission.kind !== 'document') return [];
  const { command } = submission;
  if ('holdID' in command) return [holdName(command.holdID)];
  return 'transferID' in command ? [transferName(command.transferID)] : [];
}

function keyOf(submission: Submission): string[] {
  if (submission.kind === 'cancel') return [submission.key];
  const { request } = submission as { readonly request?: RequestName | undefined };
  return request ? [request.key] : [];
}
