import type { Access } from '../access/access';
import type { AccessChange, AccessRefusal } from '../access/access-command';
import type { AccessEntry } from '../access/access-entry';
import { decideAccess } from '../access/decide-access';
import { ALL_RIGHTS, rightsOf } from '../access/rights';
import type { AccessSubmission } from '../submission';
import type { StampAndLimits } from './turn-facts';

/** The changes of who may do what in a draft, each decided by itself. */
export class AccessDraft {
  /** The entries to append. */
  readonly entries: AccessEntry[] = [];
  readonly #stamp: StampAndLimits;
  readonly #access: Access;

  constructor(access: Access, stamp: StampAndLimits) {
    this.#access = access.layer();
    this.#stamp = stamp;
  }

  /** Decides one change. @returns what it appends, in order, or why it was refused */
  decide(submission: AccessSubmission): readonly AccessEntry[] | AccessRefusal {
    const { command, by, actor = null } = submission;
    const { now } = this.#stamp;
    const own = by === undefined ? ALL_RIGHTS : rightsOf(this.#access, this.#access.get(by), now);
    const decided = decideAccess(this.#access, own, command, now);
    if ('refusal' in decided) return decided;
    let added: number | undefined;
    const entries = decided.map((change) => {
      const entry = this.#placed(change, added, actor);
      added = entry.subjectID;
      this.#access.fold([entry]);
      this.entries.push(entry);
      return entry;
    });
    return entries;
  }

  /** @param added the subject of the change before it */
  #placed(change: AccessChange, added: number | undefined, actor: string | null): AccessEntry {
    const { now, turnMark } = this.#stamp;
    const entry = (this.#access.last?.entry ?? 0) + 1;
    const { subjectID = entry, personID, madeAt = now } = change;
    const belongsTo = personID === 'new' ? (added as number) : personID;
    const placed = { entry, subjectID, personID: belongsTo, madeAt };
    return { ...change, ...placed, actor, recordedAt: now, turnMark };
  }
}
