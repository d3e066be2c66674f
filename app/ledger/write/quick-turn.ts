import { namesLocation } from '../memories';
import { type Draft, draft } from './draft';
import type { TurnContext } from './turn-context';
import { factsOfStock, salesNamedBy } from './turn-facts';
import type { WriteAttempt } from './write-attempt';
import type { Waiting } from './write-queue';

/** The most commands that are written in a quick turn. For more, a few round trips do not matter. */
const QUICK_COMMANDS = 500;

/**
 * Decides on what this process knows, and commits in one round trip, provided that the ledger has not changed since.
 *
 * @returns undefined if it has changed, or if a quick turn is not possible or not worth trying: nothing was recorded
 * @throws StoreUnavailable, after which it is unknown whether it was committed; WriteFailure `clock-wrong`
 */
export async function quickTurn(
  { store, memories, stamp }: TurnContext,
  group: readonly Waiting[],
  attempt: WriteAttempt,
): Promise<Draft | undefined> {
  const stock = memories.stock.known;
  const turn = store.quickTurn();
  const { zone } = memories;
  if (!stock?.last || !turn || !zone || !isQuick(group, memories.hasLocations)) return undefined;
  const { last } = stock;
  const submissions = group.map(({ submission }) => submission);
  // Earlier requests are not looked up. If a key was used before, the store refuses its row, and a full turn decides.
  const drafted = draft(factsOfStock(stock, memories.locations.known, zone), submissions, stamp());
  // If all are refused, nothing would be written that could show that the ledger has changed: a full turn decides.
  if (drafted.records.length === 0) return undefined;
  const committed = await attempt.commit(group, drafted, () => turn.write(last, drafted));
  if (!committed) return undefined;
  stock.fold(drafted.records);
  return drafted;
}

/**
 * Whether stock and its places decide all of them, and they are few enough for one packet.
 *
 * @param hasLocations whether the places are known as of the last turn
 */
function isQuick(group: readonly Waiting[], hasLocations: boolean): boolean {
  const commands = group.reduce((sum, { size }) => sum + size, 0);
  return (
    commands <= QUICK_COMMANDS &&
    group.every(
      ({ submission }) =>
        submission.kind === 'stock' &&
        salesNamedBy(submission).length === 0 &&
        (hasLocations || !namesLocation(submission)),
    )
  );
}
