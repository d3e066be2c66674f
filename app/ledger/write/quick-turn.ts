import type { Documents } from '../documents/documents';
import { namesLocation } from '../memories';
import type { Stock } from '../stock';
import { isRefusal } from '../submission';
import { type Draft, draft } from './draft';
import type { TurnContext } from './turn-context';
import { documentNamedBy, factsOfStock, salesInMemory } from './turn-facts';
import type { WriteAttempt } from './write-attempt';
import type { Waiting } from './write-queue';

/** The most commands that are written in a quick turn. For more, a few round trips do not matter. */
const QUICK_COMMANDS = 500;

/** The most records of a quick turn: a hold that replaces another can have twice its lines. */
const QUICK_RECORDS = 2 * QUICK_COMMANDS;

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
  const documents = memories.currentDocuments;
  const { zone } = memories;
  if (!stock?.last || !turn || !zone || !documents) return undefined;
  if (!isQuick(group, memories.hasLocations, { stock, documents })) return undefined;
  const { last } = stock;
  const submissions = group.map(({ submission }) => submission);
  const sales = salesInMemory(stock, submissions);
  if (!sales) return undefined;
  // Neither earlier requests nor ended holds are looked up. If a key or a name was used before, the store refuses its row, and a
  // full turn decides.
  const facts = factsOfStock(stock, memories.locations.known, documents, zone, sales);
  const drafted = draft(facts, submissions, stamp());
  // If all are refused, nothing would be written that could show that the ledger has changed: a full turn decides.
  if (drafted.records.length === 0) return undefined;
  // Holds that end come on top of what was asked for, and may be many.
  if (drafted.records.length > QUICK_RECORDS) return undefined;
  if (isRefusedUnderUnknownName(group, drafted, documents)) return undefined;
  const committed = await attempt.commit(group, drafted, () => turn.write(last, drafted));
  if (!committed) return undefined;
  memories.takeQuick({ stock, documents }, drafted);
  return drafted;
}

/**
 * Whether a new hold was refused for its lines. If its name was used before, that is why it is refused, and there is no row of it
 * that the store could refuse.
 */
function isRefusedUnderUnknownName(
  group: readonly Waiting[],
  { answers }: Draft,
  documents: Documents,
): boolean {
  return group.some(({ submission }, index) => {
    const isKnown = documentNamedBy(submission).every((document) => documents.get(document));
    const answer = answers[index];
    return !isKnown && answer?.answer === 'outcomes' && answer.outcomes.some(isRefusal);
  });
}

/** What this process knows. */
interface Known {
  readonly stock: Stock;
  readonly documents: Documents;
}

/**
 * Whether stock, its places and open documents decide all of them, and they are few enough for one packet.
 *
 * @param hasLocations whether the places are known as of the last turn
 */
function isQuick(
  group: readonly Waiting[],
  hasLocations: boolean,
  { stock, documents }: Known,
): boolean {
  const isElsewhere = stock.isElsewhere || documents.isElsewhere;
  const commands = group.reduce((sum, { size }) => sum + size, 0);
  return (
    commands <= QUICK_COMMANDS &&
    group.every(({ submission }) => {
      if (!hasLocations && (isElsewhere || namesLocation(submission))) return false;
      if (submission.kind === 'stock') return true;
      if (submission.kind !== 'document') return false;
      // A hold that is not open may be new.
      const isNew = ['put-hold', 'ship'].includes(submission.command.kind);
      return isNew || documentNamedBy(submission).every((document) => documents.get(document));
    })
  );
}
