import type { Access } from './access/access';
import type { AccessEntry } from './access/access-entry';
import type { Alerts } from './alerts';
import { Calendar, type DayBounds, UTC } from './calendar';
import type { Catalogue } from './catalogue';
import type { Places } from './cell';
import { Deliveries } from './deliveries';
import type { DocumentEntry } from './documents/document';
import type { Documents } from './documents/documents';
import { Expiries } from './expiries';
import type { Locations } from './locations/locations';
import { Memories } from './memories';
import type { CatchUp } from './memory';
import type { ProductRevision } from './product';
import type { Questions } from './questions';
import { Reader } from './reader';
import { Readiness } from './readiness';
import { JournalReader, questionsBy, Reads } from './reads';
import type { LedgerRecord } from './record';
import type { RetryLimits } from './retry';
import { SalesReader } from './sales-reader';
import type { Stock } from './stock';
import type { LedgerStore } from './store';
import { storedOutcomes } from './stored-outcomes';
import type { AnswerTo, DraftedAnswerTo, Submission } from './submission';
import { FutureNotice } from './write/clock-guard';
import { WriteFailure } from './write/write-failure';
import { Writer, type WriterLimits, type WriterSurroundings } from './write/writer';
import { DEFAULT_ZONE, type LedgerZone } from './zone';

/** The ledger's bounds. */
export interface LedgerLimits {
  readonly writer: WriterLimits;
  /** How long, and how often, a read is tried again while the store is unavailable. */
  readonly reads: RetryLimits;
}

/** What the ledger needs from outside the domain. */
export interface LedgerSurroundings extends WriterSurroundings {
  /** Called when the store turns out to hold another ledger than before, such as a restored backup. */
  onRewound(lastKnownRecord: number): void;
  /** Called each time that new records were read into memory. Must not throw. */
  onCatchUp?(catchUp: CatchUp): void;
}

/**
 * The inventory ledger of one process. Stock, catalogue and alerts are changed by submissions, and read as they are now.
 * Every read includes all changes that were acknowledged before the call, and throws StoreUnavailable.
 */
export class Ledger {
  /** Questions that the store answers. */
  readonly ask: Questions;
  readonly records: JournalReader<LedgerRecord>;
  readonly revisions: JournalReader<ProductRevision>;
  readonly accessEntries: JournalReader<AccessEntry>;
  readonly documentEntries: JournalReader<DocumentEntry>;
  readonly sales: SalesReader;
  readonly deliveries: Deliveries;
  readonly #store: LedgerStore;
  readonly #limits: LedgerLimits;
  readonly #now: () => Date;
  readonly #timeZone: string | undefined;
  readonly #reads: Reads;
  readonly #memories: Memories;
  readonly #writer: Writer;
  readonly #stock: Reader<Stock>;
  readonly #catalogue: Reader<Catalogue>;
  readonly #alerts: Reader<Alerts>;
  readonly #access: Reader<Access>;
  readonly #locations: Reader<Locations>;
  readonly #zone: Reader<LedgerZone>;
  readonly #documents: Reader<Documents>;
  readonly #readiness: Readiness;
  readonly #expiries: Expiries;
  #isLoaded = false;

  constructor(store: LedgerStore, surroundings: LedgerSurroundings, limits: LedgerLimits) {
    const now = () => surroundings.now();
    this.#store = store;
    this.#limits = limits;
    this.#now = now;
    this.#timeZone = surroundings.timeZone;
    this.#reads = new Reads(limits.reads, store.longQuestionsAtOnce);
    this.ask = questionsBy(this.#reads, store);
    this.records = new JournalReader(this.#reads, store.records);
    this.revisions = new JournalReader(this.#reads, store.revisions);
    this.accessEntries = new JournalReader(this.#reads, store.access);
    this.documentEntries = new JournalReader(this.#reads, store.documents);
    this.#memories = memoriesFor(surroundings, limits.writer);
    const { stock, catalogue, alerts, access, locations, documents } = this.#memories;
    this.#stock = this.#reader(() => stock.advance(store.records));
    this.#catalogue = this.#reader(() => catalogue.advance(store.revisions));
    this.#alerts = this.#reader(() => alerts.advance(store.alerts));
    this.#access = this.#reader(() => access.advance(store.access));
    this.#locations = this.#reader(() => locations.advance(store.locations));
    this.#zone = this.#reader(() => this.#memories.readZone(store));
    this.#documents = this.#reader(() => documents.advance(store.documents));
    this.sales = new SalesReader(
      this.ask,
      () => this.stock(),
      () => this.today(),
    );
    this.#readiness = new Readiness(store);
    const watched = watchedBy(this.#readiness, surroundings);
    this.#writer = new Writer(store, this.#memories, watched, limits.writer);
    this.#expiries = new Expiries({
      now,
      known: () => documents.known,
      read: () => this.documents(),
      end: () => this.#writer.submit({ kind: 'expire' }),
    });
    this.deliveries = new Deliveries(store, this.#reads, this.#writer, now);
  }

  /**
   * Changes stock, catalogue or alerts, or cancels a request.
   *
   * @returns what became of it, once everything that the answer says is durable
   * @throws WriteFailure
   */
  async submit<const S extends Submission>(submission: S): Promise<AnswerTo<S>> {
    const drafted = await this.submitBriefly(submission);
    if (drafted.answer !== 'replay') return drafted as AnswerTo<S>;
    const outcomes = await storedOutcomes(this, drafted.request.answer);
    // A copy under the same key has the same fingerprint, so it was of the same kind.
    return { answer: 'outcomes', outcomes, replayed: true } as unknown as AnswerTo<S>;
  }

  /** The same, except that the outcomes of an earlier copy are not read, which may be many. */
  submitBriefly<const S extends Submission>(submission: S): Promise<DraftedAnswerTo<S>> {
    const answered = this.#writer.submit(submission);
    if (submission.kind !== 'document') return answered;
    return answered.finally(() => this.#expiries.watch());
  }

  /** What is in stock now. */
  stock(): Promise<Stock> {
    return this.#stock.current();
  }

  /** What the products are called now. */
  catalogue(): Promise<Catalogue> {
    return this.#catalogue.current();
  }

  /** Which products are short now, and what has been done about it. */
  alerts(): Promise<Alerts> {
    return this.#alerts.current();
  }

  /** The places where stock is now. */
  locations(): Promise<Locations> {
    return this.#locations.current();
  }

  /**
   * The days that the ledger counts. A new ledger keeps the zone that this process wants with the first turn; until then these are
   * its days.
   */
  async calendar(): Promise<Calendar> {
    const kept = this.#memories.zone ?? (await this.#zone.current());
    if (kept.calendar) return kept.calendar;
    const isNew = (await this.stock()).last === null;
    return isNew ? new Calendar(this.#timeZone ?? DEFAULT_ZONE) : UTC;
  }

  /** The days of the zone that the ledger keeps. One that keeps none gets the zone now, if something can be recorded. */
  async keepZone(): Promise<Calendar> {
    await this.calendar();
    if (!this.#memories.zone) {
      await this.submit({ kind: 'zone' }).catch((error: unknown) => {
        if (!(error instanceof WriteFailure)) throw error;
      });
    }
    return this.calendar();
  }

  /** What time it is, and what day. */
  async today(): Promise<DayBounds & { readonly now: Date; readonly calendar: Calendar }> {
    const calendar = await this.calendar();
    const now = this.#now();
    return { now, calendar, ...calendar.boundsAt(now) };
  }

  /** The holds and transfers that are open now. */
  documents(): Promise<Documents> {
    return this.#documents.current();
  }

  /** Where products are now. */
  async places(): Promise<Places> {
    const [locations, documents] = await Promise.all([this.locations(), this.documents()]);
    return { stock: await this.stock(), locations, documents };
  }

  /** Who may do what now. */
  access(): Promise<Access> {
    return this.#access.current();
  }

  /** Who may do what, as far as this process knows without asking the store; undefined before it has asked. */
  get knownAccess(): Access | undefined {
    return this.#memories.access.known;
  }

  /**
   * Loads stock, catalogue, alerts and open documents, unless it has before. Otherwise the first client that asks for a large catalogue
   * would wait for that, and the growing maps of a million products would delay everyone each time that they double.
   */
  async load(): Promise<void> {
    if (this.#isLoaded) return;
    await this.stock();
    await Promise.all([this.catalogue(), this.alerts(), this.documents()]);
    this.#isLoaded = true;
    this.#expiries.watch();
  }

  /** Keeps the last record that the monitor has processed. */
  appendCheckpoint(record: number): Promise<void> {
    return this.#reads.short(() => this.#store.appendCheckpoint(record, this.#now()));
  }

  /** @throws StoreUnavailable, StoreUnusable or WriteFailure `clock-wrong`, if no change could be recorded now */
  async checkWritable(): Promise<void> {
    await this.#readiness.check();
    await this.#writer.trustedNow();
  }

  /** Products that may have records, and as many that may be in the catalogue. */
  get productLimit(): number {
    return this.#limits.writer.productLimit ?? Number.POSITIVE_INFINITY;
  }

  /** Commands that wait for a turn. */
  get queueLength(): number {
    return this.#writer.queueLength;
  }

  /** The last record that this process has seen; 0 for none. */
  get lastKnownRecord(): number {
    return this.#memories.stock.lastKnown;
  }

  /** The holds and transfers that are open, as far as this process knows; undefined before it has read any. */
  get knownDocuments(): Documents | undefined {
    return this.#memories.documents.known;
  }

  /** By how much this process's clock is ahead of the database's; undefined if that is not known. */
  get clockOffsetMs(): number | undefined {
    return this.#writer.clockOffsetMs;
  }

  /** How far the last record is in the future; 0 if it is not. */
  get lastRecordAheadMs(): number {
    const last = this.#memories.stock.known?.last;
    return last ? Math.max(0, last.recordedAt.getTime() - this.#now().getTime()) : 0;
  }

  /** Takes no more submissions, and waits until those accepted have their answer. The store stays open. */
  close(): Promise<void> {
    this.#expiries.stop();
    return this.#writer.close();
  }

  #reader<F>(advance: () => Promise<F>): Reader<F> {
    return new Reader(() => this.#reads.short(advance));
  }
}

function memoriesFor(surroundings: LedgerSurroundings, limits: WriterLimits): Memories {
  const { clockToleranceMs = Number.POSITIVE_INFINITY } = limits;
  const notice = new FutureNotice(clockToleranceMs, surroundings);
  const memories = new Memories(
    (lastKnown) => surroundings.onRewound(lastKnown),
    (catchUp) => {
      surroundings.onCatchUp?.(catchUp);
      const last = memories.stock.known?.last ?? null;
      if (catchUp.records > 0) notice.look(last, surroundings.now());
    },
  );
  return memories;
}

/** The writer's surroundings, which also report each commit and failure to readiness. */
function watchedBy(readiness: Readiness, surroundings: LedgerSurroundings): WriterSurroundings {
  return {
    now: () => surroundings.now(),
    timeZone: surroundings.timeZone,
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
}
