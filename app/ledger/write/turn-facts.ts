import type { NamedSale } from '../decide';
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
  /** The sales that returns name, by record. */
  readonly sales: ReadonlyMap<number, NamedSale>;
  /** The earlier requests under the keys of the submissions. */
  readonly requests: ReadonlyMap<string, StoredRequest>;
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

/** The facts of submissions that depend on stock, its places and the days alone. */
export function factsOfStock(stock: Stock, locations?: Locations, zone?: LedgerZone): TurnFacts {
  return { ...onStock(stock, locations, zone), sales: NONE, requests: NONE };
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
  return {
    ...folds,
    zoneToKeep: folds.zone.calendar ? undefined : await zoneToKeep(turn, timeZone),
    sales: new Map(
      (records.length > 0 ? await turn.sales(records) : []).map((sale) => [sale.record, sale]),
    ),
    requests: new Map(
      (keys.length > 0 ? await turn.requests(keys) : []).map((request) => [request.key, request]),
    ),
  };
}

/** The records of the sales that a submission takes back. */
export function salesNamedBy(submission: Submission): number[] {
  if (submission.kind !== 'stock') return [];
  return submission.commands.flatMap((command) =>
    command.kind === 'movement' && command.saleRecord ? [command.saleRecord] : [],
  );
}

function keyOf(submission: Submission): string[] {
  if (submission.kind === 'cancel') return [submission.key];
  const { request } = submission as { readonly request?: RequestName | undefined };
  return request ? [request.key] : [];
}
