import type { AlertEvent } from './alert';
import type { Alerts } from './alerts';
import type { Catalogue } from './catalogue';
import { FutureNotice } from './clock';
import {
  type Claim,
  claimSteps,
  type DeliveryOutcome,
  type DeliveryStep,
  isHeld,
  outcomeSteps,
} from './delivery';
import { Gate } from './gate';
import { KeptAnswers } from './kept-answers';
import { Memories } from './memories';
import { CATCH_UP_PAGE, type CatchUp, type Journal, type Memory } from './memory';
import type { ProductRevision } from './product';
import { Reader } from './reader';
import { Readiness } from './readiness';
import { type RecentSales, RecentSalesReader } from './recent-sales';
import type { LedgerRecord } from './record';
import { appendedCount, fromStored, type StoredAnswer, type StoredRequest } from './request';
import { type RetryLimits, retrying } from './retry';
import type {
  AsOf,
  DailySales,
  DailySalesQuery,
  DaySales,
  SalesByDayQuery,
  Seller,
  TopSellersQuery,
  UnitsSold,
} from './sales';
import { othersFirst } from './slice';
import type { Stock } from './stock';
import type {
  Explanation,
  HistoryQuery,
  LedgerStore,
  PastStock,
  ResolvedAlertsQuery,
  Verification,
} from './store';
import type { AnswerTo, DraftedAnswerTo, Outcome, Submission } from './submission';
import { Writer, type WriterLimits, type WriterSurroundings } from './writer';

/** The days that `recentSales` tells of. */
export const RECENT_DAYS = 30;

/** Questions about sales whose answers are kept while nothing new is recorded: those of some pages and dashboards. */
const KEPT_ANSWERS = 100;

/**
 * Questions that may read much of a long ledger. The store says how many run at once. At most 60 wait; the next is refused,
 * since it would be answered after its client has given up.
 */
const LONG_QUESTIONS_WAITING = 60;

/** Products of a past moment that are read at a time. */
const AS_OF_PAGE = 500;

/** The ledger's bounds. */
export interface LedgerLimits {
  readonly writer: WriterLimits;
  /** How long, and how often, a read is tried again while the store is unavailable. */
  readonly reads: RetryLimits;
}

/** What the ledger takes from the world outside. */
export interface LedgerSurroundings extends WriterSurroundings {
  /** Told when the store turns out to hold another ledger than before, such as a restored backup. */
  onRewound(lastKnownRecord: number): void;
  /** Told of each time that the stock was brought forward. Must not throw. */
  onCatchUp?(catchUp: CatchUp): void;
}

/**
 * The inventory ledger of one process: stock and catalogue are changed by submissions, and read as they
 * are now. Every read has every change in it that was acknowledged before the call, and throws
 * StoreUnavailable.
 */
export class Ledger {
  readonly #store: LedgerStore;
  readonly #limits: LedgerLimits;
  readonly #writer: Writer;
  readonly #memory: Memory<LedgerRecord, Stock>;
  readonly #stock: Reader<Stock>;
  readonly #catalogue: Reader<Catalogue>;
  readonly #alerts: Reader<Alerts>;
  readonly #readiness: Readiness;
  readonly #now: () => Date;
  readonly #recentSales: RecentSalesReader;
  #isLoaded = false;
  readonly #gate: Gate;
  readonly #topSellers: KeptAnswers<TopSellersQuery, AsOf<Seller>>;
  readonly #salesByDay: KeptAnswers<SalesByDayQuery, AsOf<DaySales>>;

  constructor(store: LedgerStore, surroundings: LedgerSurroundings, limits: LedgerLimits) {
    const onRewound = (lastKnown: number) => surroundings.onRewound(lastKnown);
    const { clockToleranceMs = Number.POSITIVE_INFINITY } = limits.writer;
    const notice = new FutureNotice(clockToleranceMs, surroundings);
    const memories = new Memories(onRewound, (catchUp) => {
      surroundings.onCatchUp?.(catchUp);
      if (catchUp.records > 0) notice.look(this.#memory.known?.last ?? null, surroundings.now());
    });
    const { stock, catalogue, alerts } = memories;
    this.#store = store;
    this.#limits = limits;
    this.#gate = new Gate(store.longQuestionsAtOnce, LONG_QUESTIONS_WAITING);
    this.#memory = stock;
    const readiness = new Readiness(store);
    this.#readiness = readiness;
    const watched: WriterSurroundings = {
      now: () => surroundings.now(),
      drawTurnMark: () => surroundings.drawTurnMark(),
      onClock: (agrees, offsetMs) => surroundings.onClock?.(agrees, offsetMs),
      onCommit: (commit) => {
        readiness.onWritten();
        surroundings.onCommit?.(commit);
      },
      onFailure: (failure) => {
        if (failure.kind !== 'clock-wrong') readiness.onFailed(failure.cause ?? failure);
        surroundings.onFailure?.(failure);
      },
    };
    this.#writer = new Writer(store, memories, watched, limits.writer);
    this.#stock = this.#reader(() => stock.advance(store.records));
    this.#catalogue = this.#reader(() => catalogue.advance(store.revisions));
    this.#alerts = this.#reader(() => alerts.advance(store.alerts));
    this.#now = () => surroundings.now();
    this.#recentSales = new RecentSalesReader(this, () => surroundings.now(), RECENT_DAYS);
    this.#topSellers = this.#keptAnswers((query) => store.topSellers(query));
    this.#salesByDay = this.#keptAnswers((query) => store.salesByDay(query));
  }

  /**
   * Changes stock or catalogue.
   *
   * @returns what became of it, once what it says was recorded is durable
   * @throws WriteFailure
   */
  async submit<const S extends Submission>(submission: S): Promise<AnswerTo<S>> {
    const drafted = await this.settle(submission);
    if (drafted.answer !== 'replay') return drafted as AnswerTo<S>;
    const outcomes = await this.outcomes(drafted.request.answer);
    // The copy under a key has the same fingerprint, so it was of the same kind.
    return { answer: 'outcomes', outcomes, replayed: true } as unknown as AnswerTo<S>;
  }

  /** The same, but that an earlier copy's answer is left as it is stored: reading what it names may be much. */
  settle<const S extends Submission>(submission: S): Promise<DraftedAnswerTo<S>> {
    return this.#writer.submit(submission);
  }

  /** What became of the request under a key; undefined where none has been seen. */
  request(key: string): Promise<StoredRequest | undefined> {
    return this.#read(() => this.#store.request(key));
  }

  /** The outcomes that a stored answer stands for. */
  async outcomes(answer: StoredAnswer | null): Promise<Outcome[]> {
    if (!answer) return [];
    const { kind, first } = answer;
    const count = appendedCount(answer);
    if (first === null || count === 0) return fromStored(answer, []);
    const journal: Journal<LedgerRecord | ProductRevision> =
      kind === 'stock' ? this.#store.records : this.#store.revisions;
    const appended: (LedgerRecord | ProductRevision)[] = [];
    while (appended.length < count) {
      const left = Math.min(count - appended.length, CATCH_UP_PAGE);
      const page = await this.#read(() => journal.from(first + appended.length, left));
      if (page.length === 0) break;
      for (const entry of page) appended.push(entry);
      await othersFirst();
    }
    return fromStored(answer, appended);
  }

  /** What is in stock now. */
  stock(): Promise<Stock> {
    return this.#stock.current();
  }

  /**
   * Loads what is not loaded yet of all that is kept in memory: who would ask first for a large catalogue would wait
   * long, and the maps of a million products hold up everybody for a moment each time that they double.
   */
  async load(): Promise<void> {
    if (this.#isLoaded) return;
    await this.stock();
    await Promise.all([this.catalogue(), this.alerts()]);
    this.#isLoaded = true;
  }

  /** What the products are called now. */
  catalogue(): Promise<Catalogue> {
    return this.#catalogue.current();
  }

  /** The latest record of each product when the ledger ended with a record, by productID, part by part. */
  async *stockAsOf(record: number): AsyncGenerator<readonly LedgerRecord[]> {
    let next: number | undefined = 0;
    while (next !== undefined) {
      const after: number = next;
      const ask = () => this.#store.latestAsOf(record, after, AS_OF_PAGE);
      const part: PastStock = await this.#readMuch(ask, after > 0);
      await othersFirst();
      if (part.records.length > 0) yield part.records;
      next = part.next;
    }
  }

  /** The number of the ledger's last record at a moment; 0 where it was empty. */
  lastRecordAt(time: Date): Promise<number> {
    return this.#read(() => this.#store.lastRecordAt(time));
  }

  /** The records numbered `record` and up, in order, `limit` at most: none is ever missed by one who goes on from the last. */
  async recordsFrom(record: number, limit: number): Promise<LedgerRecord[]> {
    // Who reads the whole ledger asks for page after page, and many may do so at once.
    await othersFirst();
    return this.#read(() => this.#store.records.from(record, limit));
  }

  /** The revisions of the catalogue numbered `revision` and up, in order, `limit` at most. */
  revisionsFrom(revision: number, limit: number): Promise<ProductRevision[]> {
    return this.#read(() => this.#store.revisions.from(revision, limit));
  }

  /** A product's records, newest first. */
  history(query: HistoryQuery): Promise<LedgerRecord[]> {
    return this.#readMuch(() => this.#store.history(query));
  }

  /** Why a product had what it had when the ledger ended with a record. */
  explain(productID: number, asOf: number): Promise<Explanation> {
    return this.#readMuch(() => this.#store.explain(productID, asOf));
  }

  /** The products that sold most. */
  topSellers(query: TopSellersQuery): Promise<AsOf<Seller>> {
    return this.#topSellers.to(query);
  }

  /** The units sold of each product on a UTC day. */
  unitsSold(day: string): Promise<UnitsSold> {
    return this.#read(() => this.#store.unitsSold(day));
  }

  /** What was sold, day by day. */
  salesByDay(query: SalesByDayQuery): Promise<AsOf<DaySales>> {
    return this.#salesByDay.to(query);
  }

  /** What was sold of each product on each of the last RECENT_DAYS, today the last. */
  recentSales(): Promise<RecentSales> {
    return this.#recentSales.current();
  }

  /** What was sold, by day and product. Rows of past days never change; those of today may between two readings. */
  dailySales(query: DailySalesQuery): Promise<DailySales[]> {
    return this.#readMuch(() => this.#store.dailySales(query), query.after !== undefined);
  }

  /** What is short now, and what has been done about it. */
  alerts(): Promise<Alerts> {
    return this.#alerts.current();
  }

  /** The events of one alert, in order; none where there is no such alert. */
  alertLife(alertID: number): Promise<AlertEvent[]> {
    return this.#read(() => this.#store.alertLife(alertID));
  }

  /** The last events of alerts that are resolved, newest first. */
  resolvedAlerts(query: ResolvedAlertsQuery): Promise<AlertEvent[]> {
    return this.#readMuch(() => this.#store.resolvedAlerts(query));
  }

  /** Who has been, or is to be, told of these alerts. */
  deliveriesOf(alertIDs: readonly number[]): Promise<DeliveryStep[]> {
    return this.#read(() => this.#store.deliveriesOf(alertIDs));
  }

  /** Deliveries that tell of events beyond one and are not finished, `limit` at most, by event. */
  unfinishedDeliveries(afterEvent: number, limit: number): Promise<DeliveryStep[]> {
    return this.#read(() => this.#store.unfinishedDeliveries(afterEvent, limit));
  }

  /** How many deliveries are dead. */
  deadLetters(): Promise<number> {
    return this.#read(() => this.#store.deadLetters());
  }

  /**
   * Takes deliveries, so that nobody else sends them meanwhile.
   *
   * @returns those that are the claim's: not the others, which are taken, finished or not yet due
   */
  claimDeliveries(claim: Claim): Promise<DeliveryStep[]> {
    // Where somebody else was quicker the store is unavailable for a moment, and shows it at the next look.
    return this.#read(async () => {
      const latest = await this.#store.deliveries(claim.deliveries);
      // By a clock that is ahead what others have claimed would seem to be free, and be sent twice.
      const now = await this.#writer.trustedNow();
      const steps = claimSteps(latest, claim, now);
      await this.#store.appendDeliverySteps(steps);
      return [...latest.filter((step) => isHeld(step, claim, now)), ...steps];
    });
  }

  /** Keeps what came of a try at deliveries. @returns the steps that say so, also where they did already */
  settleDeliveries(outcome: DeliveryOutcome): Promise<DeliveryStep[]> {
    return this.#read(async () => {
      const latest = await this.#store.deliveries(outcome.deliveries);
      const steps = outcomeSteps(latest, outcome, this.#now());
      await this.#store.appendDeliverySteps(steps);
      const isSaid = (step: DeliveryStep) =>
        step.status === outcome.status && step.claim === outcome.claim;
      return [...latest.filter(isSaid), ...steps];
    });
  }

  /** How far the monitor has seen to the records; undefined where it never said. */
  latestCheckpoint(): Promise<number | undefined> {
    return this.#read(() => this.#store.latestCheckpoint());
  }

  /** Keeps how far it has. */
  appendCheckpoint(record: number): Promise<void> {
    return this.#read(() => this.#store.appendCheckpoint(record, this.#now()));
  }

  /** What the last verification found; undefined where there was none. */
  latestVerification(): Promise<Verification | undefined> {
    return this.#read(() => this.#store.latestVerification());
  }

  /** @throws StoreUnavailable, StoreUnusable or WriteFailure `clock-wrong`, where no change could be recorded now */
  async checkWritable(): Promise<void> {
    await this.#readiness.check();
    await this.#writer.trustedNow();
  }

  /** Products that may have records, and as many that may be in the catalogue. */
  get productLimit(): number {
    return this.#limits.writer.productLimit ?? Number.POSITIVE_INFINITY;
  }

  /** Commands that wait for their turn. */
  get queueLength(): number {
    return this.#writer.queueLength;
  }

  /** The last record that this process has seen; 0 where none. */
  get lastKnownRecord(): number {
    return this.#memory.lastKnown;
  }

  /** By how much this process's clock is ahead of the database's; undefined where that is not known. */
  get clockOffsetMs(): number | undefined {
    return this.#writer.clockOffsetMs;
  }

  /** By how much the last record is in the future; 0 where it is not. */
  get lastRecordAheadMs(): number {
    const last = this.#memory.known?.last;
    return last ? Math.max(0, last.recordedAt.getTime() - this.#now().getTime()) : 0;
  }

  /** Takes no more submissions, and waits until those accepted have their answer. The store stays open. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  #reader<F>(advance: () => Promise<F>): Reader<F> {
    return new Reader(() => this.#read(advance));
  }

  #keptAnswers<Q, A extends AsOf<unknown>>(ask: (query: Q) => Promise<A>): KeptAnswers<Q, A> {
    return new KeptAnswers(
      () => this.stock(),
      (query: Q) => this.#readMuch(() => ask(query)),
      KEPT_ANSWERS,
    );
  }

  /**
   * For what may read much of a long ledger.
   *
   * @param isBegun whether an answer has begun that this is a further part of
   * @throws Overloaded where too many such questions wait
   */
  #readMuch<T>(work: () => Promise<T>, isBegun = false): Promise<T> {
    return this.#gate.pass(() => this.#read(work), isBegun);
  }

  #read<T>(work: () => Promise<T>): Promise<T> {
    return retrying(this.#limits.reads, work);
  }
}
