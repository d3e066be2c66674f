import { decideHold, expired } from '../documents/decide-hold';
import { decideTransfer } from '../documents/decide-transfer';
import type { Decided, DocumentDecision, LineCommand } from '../documents/decision';
import { type DocumentEntry, holdName, transferName } from '../documents/document';
import type { DocumentCommand, DocumentRefusal } from '../documents/document-command';
import type { Documents } from '../documents/documents';
import type { LedgerRecord } from '../record';
import type { StockRefusal } from '../refusal';
import type { Steps } from '../slice';
import {
  type DocumentOutcome,
  type DocumentSubmission,
  isRefusal,
  type StockOutcome,
} from '../submission';
import type { StockDraft } from './draft-stock';
import type { StampAndLimits, TurnFacts } from './turn-facts';

/** Who ends a hold whose time has come. */
const SERVICE = 'service';

/** The changes of holds and transfers in a draft: each with all that it changes of the stock, or nothing. */
export class DocumentDraft {
  /** The entries to append. */
  readonly entries: DocumentEntry[] = [];
  readonly #stamp: StampAndLimits;
  readonly #stock: StockDraft;
  readonly #ended: TurnFacts['ended'];
  readonly #documents: Documents;

  constructor(
    { documents, ended }: Pick<TurnFacts, 'documents' | 'ended'>,
    stock: StockDraft,
    stamp: StampAndLimits,
  ) {
    this.#documents = documents.layer();
    this.#ended = ended;
    this.#stock = stock;
    this.#stamp = stamp;
    stock.documents = this.#documents;
  }

  /** Ends the holds whose time has come. */
  *expire(due: readonly DocumentEntry[]): Steps<void> {
    for (const hold of due) {
      const refused = yield* this.#record(expired(hold), hold, hold.document, SERVICE);
      if ('refusal' in refused)
        throw new Error(`hold ${hold.document} cannot end: ${refused.refusal}`);
    }
  }

  /** Decides one change. @returns the step that it appends, or why it was refused */
  *decide(submission: DocumentSubmission): Steps<DocumentOutcome> {
    const { command, within, actor = null } = submission;
    const name = this.#nameOf(command);
    const latest = this.#documents.latest(name) ?? this.#ended.get(name);
    const facts = {
      latest,
      open: this.#documents.size,
      now: this.#stamp.now,
      location: (locationID: number) => this.#stock.locations.get(locationID),
    };
    const isOfHold = 'holdID' in command;
    const decided: Decided = isOfHold ? decideHold(facts, command) : decideTransfer(facts, command);
    if ('refusal' in decided) return decided;
    const other = within && this.#outside(within, command, latest, decided);
    if (other !== undefined) return { refusal: 'other-location', locationID: other };
    return yield* this.#record(decided, latest, name, actor);
  }

  /** A transfer that is sent is named by the entry that it makes. */
  #nameOf(command: DocumentCommand): string {
    if ('holdID' in command) return holdName(command.holdID);
    return transferName('transferID' in command ? command.transferID : this.#nextEntry);
  }

  get #nextEntry(): number {
    return (this.#documents.last?.entry ?? 0) + 1;
  }

  /**
   * A location that the caller may not change. A transfer is sent by those who may change its start, received by those who may
   * change its end, and closed by either.
   */
  #outside(
    within: ReadonlySet<number>,
    command: DocumentCommand,
    latest: DocumentEntry | undefined,
    { next }: DocumentDecision,
  ): number | undefined {
    if (next.kind === 'hold') {
      const lines = [...(latest?.lines ?? []), ...next.lines];
      return lines.find(({ locationID }) => !within.has(locationID))?.locationID;
    }
    const from = next.from as number;
    const to = next.to as number;
    if (command.kind === 'ship') return within.has(from) ? undefined : from;
    if (command.kind === 'close-transfer' && within.has(from)) return undefined;
    return within.has(to) ? undefined : to;
  }

  /** Records a decision, unless the stock does not allow one of its changes. */
  *#record(
    { commands, next }: DocumentDecision,
    latest: DocumentEntry | undefined,
    document: string,
    actor: string | null,
  ): Steps<DocumentOutcome> {
    const { reference, note } = next;
    const named = commands.map(({ command }) => ({ reference, note, ...command, document }));
    const outcomes = yield* this.#stock.decide(named, 'all', actor);
    const refused = refusedLines(commands, outcomes);
    if (refused) return refused;
    const records = outcomes as readonly LedgerRecord[];
    const entry = this.#nextEntry;
    const appended: DocumentEntry = {
      ...next,
      entry,
      documentID: latest?.documentID ?? entry,
      document,
      step: (latest?.step ?? 0) + 1,
      firstRecord: records[0]?.record ?? 0,
      records: records.length,
      recordedAt: this.#stamp.now,
      actor,
      turnMark: this.#stamp.turnMark,
    };
    this.#documents.fold([appended]);
    this.entries.push(appended);
    return appended;
  }
}

/** The lines of a request that were refused, each by its first refusal; undefined if none was. */
function refusedLines(
  commands: readonly LineCommand[],
  outcomes: readonly StockOutcome[],
): DocumentRefusal | undefined {
  const why = new Map<number, StockRefusal>();
  let lines = 0;
  for (const [position, outcome] of outcomes.entries()) {
    const { index } = commands[position] as LineCommand;
    lines = Math.max(lines, index + 1);
    if (!isRefusal(outcome) || outcome.refusal === 'withheld' || why.has(index)) continue;
    why.set(index, outcome as StockRefusal);
  }
  if (why.size === 0) return undefined;
  const refused = [...why].map(([index, refusal]) => ({ index, why: refusal }));
  return { refusal: 'lines-refused', lines, refused };
}
