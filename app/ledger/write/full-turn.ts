import { onceAround, Slices } from '../slice';
import { type Draft, drafting } from './draft';
import type { TurnContext } from './turn-context';
import { isEmpty } from './turn-entries';
import { gatherFacts, type TurnFacts } from './turn-facts';
import type { WriteAttempt } from './write-attempt';
import type { Waiting } from './write-queue';

/**
 * Takes the turn, decides on what the ledger holds now, and commits. A large submission is decided in slices, between
 * which others may read. Nobody else can commit meanwhile, so the facts stay as they are.
 *
 * @throws StoreUnavailable, StoreUnusable, WriteFailure `clock-wrong`
 */
export async function fullTurn(
  { store, memories, stamp, timeZone }: TurnContext,
  group: readonly Waiting[],
  attempt: WriteAttempt,
): Promise<Draft> {
  const submissions = group.map(({ submission }) => submission);
  const turn = await store.takeTurn();
  let facts: TurnFacts;
  let drafted: Draft;
  try {
    facts = await gatherFacts(turn, memories, submissions, timeZone);
    const steps = drafting(facts, submissions, stamp());
    drafted = await new Slices(onceAround).through(steps);
    if (!isEmpty(drafted)) {
      await turn.append(drafted);
      await attempt.commit(group, drafted, () => turn.commit());
    }
  } finally {
    await turn.abandon();
  }
  await memories.take(facts, drafted);
  return drafted;
}
