import { type Calendar, UTC } from '../calendar';
import { dailySales } from '../sales';
import { atOnce, type Steps } from '../slice';
import type {
  AlertOutcomes,
  AlertsSubmission,
  DraftedAnswer,
  KeyedSubmission,
  Outcome,
  Submission,
} from '../submission';
import type { ZoneEntry } from '../zone';
import { AccessDraft } from './draft-access';
import { AlertDraft } from './draft-alerts';
import { CatalogueDraft } from './draft-catalogue';
import { DocumentDraft } from './draft-documents';
import { LocationDraft } from './draft-locations';
import { RequestDraft } from './draft-requests';
import { StockDraft } from './draft-stock';
import { dueHolds } from './due-holds';
import { isEmpty, type TurnEntries } from './turn-entries';
import type { StampAndLimits, TurnFacts } from './turn-facts';

/** What submissions that were decided together append, and the answer to each, in the order of the submissions. */
export interface Draft extends TurnEntries {
  readonly answers: readonly DraftedAnswer[];
}

/** Decides submissions in order, each seeing the ones before it. The facts themselves stay as they are. */
export function draft(
  facts: TurnFacts,
  submissions: readonly Submission[],
  stamp: StampAndLimits,
): Draft {
  return atOnce(drafting(facts, submissions, stamp));
}

/** The same in steps, for many commands. The facts must not change until the last step. */
export function* drafting(
  facts: TurnFacts,
  submissions: readonly Submission[],
  stamp: StampAndLimits,
): Steps<Draft> {
  const begun = new Drafting(facts, stamp);
  const answers: DraftedAnswer[] = [];
  yield* begun.expire(submissions);
  for (const submission of submissions) answers.push(yield* begun.submit(submission));
  yield;
  return { ...begun.entries(), answers };
}

class Drafting {
  readonly #stamp: StampAndLimits;
  readonly #facts: TurnFacts;
  readonly #calendar: Calendar;
  readonly #stock: StockDraft;
  readonly #catalogue: CatalogueDraft;
  readonly #requests: RequestDraft;
  /** Made only when they are needed: most turns have nothing about alerts or access. */
  #alerts: AlertDraft | undefined;
  #access: AccessDraft | undefined;
  #locations: LocationDraft | undefined;
  #documents: DocumentDraft | undefined;
  #isZoneAsked = false;

  constructor(facts: TurnFacts, given: StampAndLimits) {
    const last = facts.stock.last?.recordedAt;
    const stamp = last && last > given.now ? { ...given, now: last } : given;
    this.#stamp = stamp;
    this.#facts = facts;
    this.#calendar = facts.zone.calendar ?? facts.zoneToKeep?.calendar ?? UTC;
    this.#stock = new StockDraft(facts, stamp);
    this.#catalogue = new CatalogueDraft(facts, stamp);
    this.#requests = new RequestDraft(facts.requests, stamp);
  }

  /** Ends the holds whose time has come, before anything else is decided. */
  *expire(submissions: readonly Submission[]): Steps<void> {
    const due = dueHolds(this.#facts, submissions, this.#stamp.now);
    if (due.length > 0) yield* this.#documentDraft().expire(due);
  }

  *submit(submission: Submission): Steps<DraftedAnswer> {
    if (submission.kind === 'expire') return { answer: 'expired' };
    if (submission.kind === 'cancel') return this.#requests.cancel(submission.key);
    if (submission.kind === 'zone') {
      this.#isZoneAsked = true;
      return { answer: 'zone', timeZone: this.#calendar.timeZone };
    }
    if (submission.kind === 'alerts') return this.#submitAlerts(submission);
    if (submission.kind === 'access') {
      this.#access ??= new AccessDraft(this.#facts.access, this.#stamp);
      return { answer: 'access', outcome: this.#access.decide(submission) };
    }
    if (submission.kind === 'location') {
      this.#locations ??= new LocationDraft(this.#facts.locations, this.#stamp);
      const { current: stock, documents } = this.#stock;
      const outcome = this.#locations.decide(submission, { stock, documents });
      this.#stock.locations = this.#locations.current;
      this.#catalogue.locations = this.#locations.current;
      return { answer: 'location', outcome };
    }
    const { kind, request, actor = null } = submission;
    const earlier = request && this.#requests.answerAgain(request);
    if (earlier) return earlier;
    const outcomes = yield* this.#outcomesOf(submission, actor);
    yield;
    if (request) this.#requests.keep(request, kind, outcomes);
    return { answer: 'outcomes', outcomes, replayed: false };
  }

  *#outcomesOf(submission: KeyedSubmission, actor: string | null): Steps<readonly Outcome[]> {
    switch (submission.kind) {
      case 'stock':
        return yield* this.#stock.decide(submission.commands, submission.mode, actor);
      case 'document':
        return [yield* this.#documentDraft().decide(submission)];
      case 'catalogue': {
        const { largestProductID } = this.#stock.current;
        return yield* this.#catalogue.decide(submission.commands, actor, largestProductID);
      }
    }
  }

  #documentDraft(): DocumentDraft {
    this.#documents ??= new DocumentDraft(this.#facts, this.#stock, this.#stamp);
    return this.#documents;
  }

  #submitAlerts(submission: AlertsSubmission): AlertOutcomes {
    const { commands, actor = null } = submission;
    const today = this.#calendar.dayOf(this.#stamp.now);
    this.#alerts ??= new AlertDraft(this.#facts.alerts, this.#stamp, today);
    const facts = {
      stock: this.#stock.current,
      catalogue: this.#catalogue.current,
      locations: this.#catalogue.locations,
      documents: this.#stock.documents,
      now: this.#stamp.now,
    };
    return { answer: 'alerts', outcomes: this.#alerts.decide(commands, actor, facts) };
  }

  entries(): TurnEntries {
    const { records } = this.#stock;
    const sales = dailySales(records, (record) => this.#calendar.dayOf(this.#stock.soldAt(record)));
    const decided: TurnEntries = {
      turnMark: this.#stamp.turnMark,
      records,
      sales,
      zones: [],
      revisions: this.#catalogue.revisions,
      requests: this.#requests.kept,
      alerts: this.#alerts?.events ?? [],
      access: this.#access?.entries ?? [],
      locations: this.#locations?.entries ?? [],
      documents: this.#documents?.entries ?? [],
      deliveries: this.#alerts?.deliveries ?? [],
    };
    const { zoneToKeep } = this.#facts;
    // What is refused leaves no trace: the zone is kept with the first change, or because somebody asked for just that.
    if (!zoneToKeep || (isEmpty(decided) && !this.#isZoneAsked)) return decided;
    return { ...decided, sales: [...zoneToKeep.sales, ...sales], zones: [this.#zoneEntry()] };
  }

  #zoneEntry(): ZoneEntry {
    const { now: recordedAt, turnMark } = this.#stamp;
    return { entry: 1, timeZone: this.#calendar.timeZone, recordedAt, turnMark };
  }
}
