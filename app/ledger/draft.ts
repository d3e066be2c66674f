import type { AlertEvent } from './alert';
import type { Alerts } from './alerts';
import type { Catalogue } from './catalogue';
import type { CatalogueCommand, Command } from './command';
import { decide, type NamedSale } from './decide';
import {
  type AlertCommand,
  type AlertRefusal,
  decideAlert,
  type Finding,
  type Known,
  unknownFields,
} from './decide-alert';
import { decideProduct } from './decide-product';
import { type DeliveryStep, firstStep } from './delivery';
import type { Folds } from './memories';
import type { ProductRevision } from './product';
import { annotationsOf, type LedgerRecord } from './record';
import type { CatalogueRefusal, GrowthRefusal, Refusal, StockRefusal } from './refusal';
import { type DailySales, dailySales } from './sales';
import { atOnce, type Steps } from './slice';
import type { Stock } from './stock';
import {
  type Answer,
  isRefusal,
  type Outcome,
  type RequestName,
  type StoredRequest,
  type Submission,
  toStored,
} from './submission';

/** What one transaction appends, under one mark. */
export interface Appendix {
  readonly turnMark: number;
  readonly records: readonly LedgerRecord[];
  readonly sales: readonly DailySales[];
  readonly revisions: readonly ProductRevision[];
  readonly requests: readonly StoredRequest[];
  readonly alerts: readonly AlertEvent[];
  /** The first steps of the deliveries that tell of those alerts. */
  readonly deliveries: readonly DeliveryStep[];
}

/** What a submission came to; a replay's outcomes are still to be read from the ledger. */
export type DraftedAnswer = Answer | { readonly answer: 'replay'; readonly request: StoredRequest };

/** Submissions decided together: what to append, and each one's answer in the order given. */
export interface Draft extends Appendix {
  readonly answers: readonly DraftedAnswer[];
}

/** What submissions are decided on, besides themselves. */
export interface Ground extends Folds {
  /** The sales that returns name, by record. */
  readonly sales: ReadonlyMap<number, NamedSale>;
  /** The requests that stand under the submissions' keys. */
  readonly requests: ReadonlyMap<string, StoredRequest>;
}

/** How much of a kind there may be; undefined for any number. */
export interface GrowthLimits {
  /** Products that may have records, and as many that may be in the catalogue. */
  readonly productLimit?: number | undefined;
  /** Events of one alert, after which people can do no more about it. The stock ends it all the same. */
  readonly alertEventsLimit?: number | undefined;
}

/** The mark that the entries are to carry, and their time unless the ledger's last record is later. */
export interface Stamp extends GrowthLimits {
  readonly turnMark: number;
  readonly now: Date;
}

/** Commands that are decided in one step, which takes a few milliseconds at most. */
const STEP = 100;

/** Decides submissions in order, each seeing the ones before it, on top of a ground that stays as it is. */
export function draft(ground: Ground, submissions: readonly Submission[], stamp: Stamp): Draft {
  return atOnce(drafting(ground, submissions, stamp));
}

/** The same in steps, for many commands. The ground must stay as it is until the last one. */
export function* drafting(
  ground: Ground,
  submissions: readonly Submission[],
  stamp: Stamp,
): Steps<Draft> {
  const begun = new Drafting(ground, stamp);
  const answers: DraftedAnswer[] = [];
  for (const submission of submissions) answers.push(yield* begun.submit(submission));
  const { records, revisions, requests, alerts, deliveries } = begun;
  yield;
  return {
    turnMark: stamp.turnMark,
    records,
    sales: dailySales(records),
    revisions,
    requests: [...requests.values()],
    alerts,
    deliveries,
    answers,
  };
}

/** Whether there is nothing to append. */
export function isEmpty({ records, revisions, requests, alerts }: Appendix): boolean {
  return [records, revisions, requests, alerts].every((entries) => entries.length === 0);
}

/** Refusals of one change of the catalogue that are told; the others are withheld, as they would be anyway. */
export const REFUSALS_MAX = 1_000;

class Drafting {
  readonly records: LedgerRecord[] = [];
  readonly revisions: ProductRevision[] = [];
  readonly requests = new Map<string, StoredRequest>();
  readonly alerts: AlertEvent[] = [];
  readonly deliveries: DeliveryStep[] = [];
  readonly #ground: Ground;
  readonly #turnMark: number;
  readonly #now: Date;
  readonly #productLimit: number;
  readonly #alertEventsLimit: number | undefined;
  #stock: Stock;
  #catalogue: Catalogue;
  readonly #alerts: Alerts;
  /** Units returned in this draft, by the sale's record. */
  readonly #returned = new Map<number, number>();
  /** Commands that were decided so far. */
  #decided = 0;

  constructor(ground: Ground, { turnMark, now, productLimit, alertEventsLimit }: Stamp) {
    this.#productLimit = productLimit ?? Number.POSITIVE_INFINITY;
    this.#alertEventsLimit = alertEventsLimit;
    this.#ground = ground;
    this.#turnMark = turnMark;
    const last = ground.stock.last?.recordedAt;
    this.#now = last && last > now ? last : now;
    this.#stock = ground.stock.layer();
    this.#catalogue = ground.catalogue.layer();
    this.#alerts = ground.alerts.layer();
  }

  *submit(submission: Submission): Steps<DraftedAnswer> {
    if (submission.kind === 'cancel') return this.#cancel(submission.key);
    if (submission.kind === 'alerts') {
      const outcomes = submission.commands.map((command) => this.#decideAlert(command));
      return { answer: 'alerts', outcomes };
    }
    const { request } = submission;
    const earlier = request && this.#request(request.key);
    if (earlier) return answerAgain(earlier, request);
    const outcomes =
      submission.kind === 'stock'
        ? yield* this.#decideStock(submission.commands, submission.mode)
        : yield* this.#decideCatalogue(submission.commands);
    yield;
    if (request) this.#keep(request, submission.kind, outcomes);
    return { answer: 'outcomes', outcomes, replayed: false };
  }

  #request(key: string): StoredRequest | undefined {
    return this.requests.get(key) ?? this.#ground.requests.get(key);
  }

  #keep(request: RequestName, kind: 'stock' | 'catalogue', outcomes: readonly Outcome[]): void {
    const { key, fingerprint } = request;
    const answer = toStored(request, kind, outcomes);
    const stored = { key, fingerprint, answer, recordedAt: this.#now, turnMark: this.#turnMark };
    this.requests.set(key, stored);
  }

  #cancel(key: string): DraftedAnswer {
    const earlier = this.#request(key);
    if (earlier?.answer) return { answer: 'has-run', request: earlier };
    if (!earlier) {
      const nothing = { fingerprint: null, answer: null };
      this.requests.set(key, { key, ...nothing, recordedAt: this.#now, turnMark: this.#turnMark });
    }
    return { answer: 'cancelled' };
  }

  *#each<C, O>(commands: readonly C[], decided: (command: C) => O): Steps<O[]> {
    const outcomes: O[] = [];
    for (const command of commands) {
      outcomes.push(decided(command));
      this.#decided += 1;
      if (this.#decided % STEP === 0) yield;
    }
    return outcomes;
  }

  *#decideStock(
    commands: readonly Command[],
    mode: 'all' | 'each',
  ): Steps<(LedgerRecord | Refusal)[]> {
    const layer = this.#stock.layer();
    const returned = new Map<number, number>();
    const outcomes: (LedgerRecord | Refusal)[] = yield* this.#each(commands, (command) =>
      this.#decide(layer, returned, command),
    );
    yield;
    if (mode === 'all' && outcomes.some(isRefusal)) {
      return outcomes.map((outcome) =>
        isRefusal(outcome) ? outcome : { refusal: 'withheld', productID: outcome.productID },
      );
    }
    const records = outcomes.filter((outcome): outcome is LedgerRecord => !isRefusal(outcome));
    if (records.length === 0) return outcomes;
    yield;
    // The first layer becomes the ground of the next: a file's would else be copied whole.
    if (this.records.length === 0) this.#stock = layer;
    else this.#stock.fold(records);
    for (const record of records) this.records.push(record);
    for (const [sale, quantity] of returned) {
      this.#returned.set(sale, (this.#returned.get(sale) ?? 0) + quantity);
    }
    return outcomes;
  }

  #decide(
    layer: Stock,
    returned: Map<number, number>,
    command: Command,
  ): LedgerRecord | StockRefusal | GrowthRefusal {
    const { productID } = command;
    const latest = layer.get(productID);
    const saleRecord = command.kind === 'movement' ? (command.saleRecord ?? null) : null;
    const decision = decide({ latest, sale: this.#sale(saleRecord, returned) }, command);
    if ('refusal' in decision) return decision;
    if (!latest && layer.size >= this.#productLimit) return this.#beyondLimit(productID, command);
    const record: LedgerRecord = {
      record: (layer.last?.record ?? 0) + 1,
      productID,
      ...decision,
      quantityChange: decision.availableQuantity - (latest?.availableQuantity ?? 0),
      ...annotationsOf(command),
      recordedAt: this.#now,
      turnMark: this.#turnMark,
    };
    layer.fold([record]);
    if (record.saleRecord !== null) {
      const quantity = (returned.get(record.saleRecord) ?? 0) - (record.quantity ?? 0);
      returned.set(record.saleRecord, quantity);
    }
    return record;
  }

  #beyondLimit(productID: number, command: Command | CatalogueCommand): GrowthRefusal {
    const refused = { refusal: 'product-limit', productID, limit: this.#productLimit } as const;
    const line = 'line' in command ? command.line : undefined;
    return line === undefined ? refused : { ...refused, line };
  }

  /** A sale, with what this draft has returned of it so far. */
  #sale(record: number | null, returned: ReadonlyMap<number, number>): NamedSale | undefined {
    const sale = record === null ? undefined : this.#ground.sales.get(record);
    if (!sale) return undefined;
    const drafted = (this.#returned.get(sale.record) ?? 0) + (returned.get(sale.record) ?? 0);
    return { ...sale, returnedQuantity: sale.returnedQuantity + drafted };
  }

  #decideAlert(command: AlertCommand): AlertEvent | AlertRefusal {
    const { productID } = command;
    if (command.kind !== 'handle') {
      // HTTP looks, too, to name every fault; what is recorded is decided here, on what the ledger holds in this turn.
      const fields = unknownFields(command, knownOf(command, this.#stock, this.#catalogue));
      if (fields.length > 0) return { refusal: 'not-in-ledger', productID, fields };
    }
    const latest = this.#alerts.ofProduct(productID);
    const decision = decideAlert(latest, command, this.#now, this.#alertEventsLimit);
    if ('refusal' in decision || 'event' in decision) return decision;
    const event = (this.#alerts.last?.event ?? 0) + 1;
    const { of, ...said } = decision;
    const appended: AlertEvent = {
      ...said,
      event,
      alertID: of?.alertID ?? event,
      openedAt: of?.openedAt ?? this.#now,
      recordedAt: this.#now,
      turnMark: this.#turnMark,
    };
    this.#alerts.fold([appended]);
    this.alerts.push(appended);
    const deliveries = command.kind === 'handle' ? [] : (command.deliveries ?? []);
    for (const [index, delivery] of deliveries.entries()) {
      this.deliveries.push(firstStep(appended, index + 1, delivery, this.#now));
    }
    return appended;
  }

  /** All or none: a catalogue is not to be changed in part. */
  *#decideCatalogue(commands: readonly CatalogueCommand[]): Steps<(ProductRevision | Refusal)[]> {
    const layer = this.#catalogue.layer();
    const outcomes = yield* this.#each(commands, (command) => this.#decideRevision(layer, command));
    yield;
    if (outcomes.some(isRefusal)) {
      let told = 0;
      return outcomes.map((outcome) => {
        if (isRefusal(outcome) && !('productID' in outcome)) return outcome;
        if (isRefusal(outcome) && told < REFUSALS_MAX) {
          told += 1;
          return outcome;
        }
        return { refusal: 'withheld', productID: outcome.productID };
      });
    }
    const revisions = outcomes as ProductRevision[];
    if (this.revisions.length === 0) this.#catalogue = layer;
    else this.#catalogue.fold(revisions);
    for (const revision of revisions) this.revisions.push(revision);
    return revisions;
  }

  #decideRevision(
    layer: Catalogue,
    command: CatalogueCommand,
  ): ProductRevision | CatalogueRefusal | GrowthRefusal {
    const largest = Math.max(layer.largestProductID, this.#stock.largestProductID);
    const decision = decideProduct(layer, largest, command);
    if ('refusal' in decision) return decision;
    const { productID } = decision;
    if (layer.size >= this.#productLimit && !layer.get(productID)) {
      return this.#beyondLimit(productID, command);
    }
    const revision = {
      revision: (layer.last?.revision ?? 0) + 1,
      ...decision,
      revisedAt: this.#now,
      turnMark: this.#turnMark,
    };
    layer.fold([revision]);
    return revision;
  }
}

function answerAgain(earlier: StoredRequest, request: RequestName): DraftedAnswer {
  if (!earlier.answer) return { answer: 'cancelled' };
  if (earlier.fingerprint !== request.fingerprint) return { answer: 'key-reused' };
  return { answer: 'replay', request: earlier };
}

/** What ledger and catalogue have, as far as a finding names it. */
export function knownOf(
  { productID, record }: Pick<Finding, 'productID' | 'record'>,
  stock: Stock,
  catalogue: Catalogue,
): Known {
  const latest = stock.get(productID);
  return {
    record: stock.last?.record ?? 0,
    revision: catalogue.last?.revision ?? 0,
    hasProduct: latest !== undefined || catalogue.get(productID) !== undefined,
    availableQuantity:
      latest !== undefined && latest.record > record ? undefined : (latest?.availableQuantity ?? 0),
  };
}
