import { cellOf, freeElsewhere } from '../cell';
import { type Command, saleNamedBy } from '../command';
import { decide } from '../decide';
import { holdIDOf } from '../documents/document';
import type { Documents } from '../documents/documents';
import type { Facts, NamedSale } from '../facts';
import { FIRST_LOCATION } from '../locations/location';
import type { Locations } from '../locations/locations';
import { annotationsOf, type LedgerRecord } from '../record';
import { HOLDS_NAMED } from '../refusal';
import { inSteps, type Steps } from '../slice';
import type { Stock } from '../stock';
import { isRefusal, type StockOutcome, type StockSubmission } from '../submission';
import { refuseGrowth } from './growth';
import type { StampAndLimits, TurnFacts } from './turn-facts';

/** What was taken back of a sale: so many units, and by which record if all of it was cancelled. */
interface TakenBack {
  readonly quantity: number;
  readonly cancelledBy: number | null;
}

/** The changes of stock in a draft. */
export class StockDraft {
  /** The records to append. */
  readonly records: LedgerRecord[] = [];
  readonly #sales: TurnFacts['sales'];
  /** The places, as of the submission that is decided. */
  locations: Locations;
  /** The holds and transfers, as of that submission. */
  documents: Documents;
  readonly #stamp: StampAndLimits;
  #stock: Stock;
  /** What these records took back of sales, by the sale's record. */
  readonly #takenBack = new Map<number, TakenBack>();

  constructor(
    facts: Pick<TurnFacts, 'stock' | 'locations' | 'documents' | 'sales'>,
    stamp: StampAndLimits,
  ) {
    this.#stock = facts.stock;
    this.locations = facts.locations;
    this.documents = facts.documents;
    this.#sales = facts.sales;
    this.#stamp = stamp;
  }

  /** The stock after these records. */
  get current(): Stock {
    return this.#stock;
  }

  /** Decides the commands of one submission. */
  *decide(
    commands: readonly DraftedCommand[],
    mode: StockSubmission['mode'],
    actor: string | null,
  ): Steps<readonly StockOutcome[]> {
    const layer = this.#stock.layer();
    const takenBack = new Map(this.#takenBack);
    const outcomes = yield* inSteps(commands, (command) =>
      this.#decideOne(layer, takenBack, actor, command),
    );
    yield;
    if (mode === 'all' && outcomes.some(isRefusal)) return outcomes.map(withheld);
    const records = outcomes.filter((outcome): outcome is LedgerRecord => !isRefusal(outcome));
    if (records.length === 0) return outcomes;
    yield;
    // The first layer is kept, so that the records of a large file are not folded a second time.
    if (this.records.length === 0) this.#stock = layer;
    else this.#stock.fold(records);
    for (const record of records) this.records.push(record);
    for (const [sale, taken] of takenBack) this.#takenBack.set(sale, taken);
    return outcomes;
  }

  #decideOne(
    layer: Stock,
    takenBack: Map<number, TakenBack>,
    actor: string | null,
    command: DraftedCommand,
  ): StockOutcome {
    const { productID, locationID = FIRST_LOCATION, occurredAt = null } = command;
    const { now, turnMark, productLimit = Number.POSITIVE_INFINITY } = this.#stamp;
    const latest = layer.get(productID);
    const { locations, documents } = this;
    const places = { stock: layer, locations, documents };
    // What a move brings to its other location is not there yet.
    const before = command.kind === 'move' ? { ...places, stock: this.#stock } : places;
    const facts: Facts = {
      latest,
      sale: this.#sale(saleNamedBy(command), takenBack),
      location: locations.get(locationID),
      cell: cellOf(places, productID, locationID),
      elsewhere: () => freeElsewhere(before, productID, locationID),
      heldEverywhere: () => documents.heldOf(productID),
      holdsHere: () => holdsAt(documents, productID, locationID),
    };
    const decision = decide(facts, command);
    if ('refusal' in decision) return decision;
    if (!latest && layer.size >= productLimit)
      return refuseGrowth(productID, productLimit, command);
    const number = (layer.last?.record ?? 0) + 1;
    const record: LedgerRecord = {
      record: number,
      productID,
      ...decision,
      quantityChange: decision.availableQuantity - (latest?.availableQuantity ?? 0),
      ...annotationsOf(command),
      document: documentOf(command, number),
      expiresAt: command.kind === 'held' ? command.expiresAt : null,
      unitCost: command.kind === 'movement' ? (command.unitCost ?? null) : null,
      recordedAt: now,
      // A client's clock may be a little ahead.
      occurredAt: occurredAt && occurredAt > now ? now : occurredAt,
      actor,
      turnMark,
    };
    layer.fold([record]);
    if (record.saleRecord !== null) {
      const { quantity = 0, cancelledBy = null } = takenBack.get(record.saleRecord) ?? {};
      takenBack.set(record.saleRecord, {
        quantity: quantity - (record.quantity ?? 0),
        cancelledBy: record.reason === 'cancellation' ? number : cancelledBy,
      });
    }
    return record;
  }

  /** When what a record sold, or took back, counts as sold: a cancellation takes the sale out of its own day. */
  soldAt({ reason, saleRecord, recordedAt }: LedgerRecord): Date {
    if (reason !== 'cancellation' || saleRecord === null) return recordedAt;
    return (this.#sales.get(saleRecord) as NamedSale).recordedAt;
  }

  /** A sale, with what this draft has taken back of it so far. */
  #sale(record: number | null, takenBack: ReadonlyMap<number, TakenBack>): NamedSale | undefined {
    const sale = record === null ? undefined : this.#sales.get(record);
    const drafted = sale && takenBack.get(sale.record);
    if (!drafted) return sale;
    const { quantity, cancelledBy } = drafted;
    return {
      ...sale,
      returnedQuantity: sale.returnedQuantity + quantity,
      cancelledBy: cancelledBy ?? sale.cancelledBy,
    };
  }
}

/** A command, and the hold or transfer that it belongs to. */
type DraftedCommand = Command & { readonly document?: string };

/** Both records of a move belong to the same document, which the first of them names. */
function documentOf(command: DraftedCommand, record: number): string | null {
  if (command.document !== undefined) return command.document;
  if (command.kind !== 'move') return null;
  return `move:${command.direction === 'in' ? record : record - 1}`;
}

/** The names of open holds that have units of a product at a location. */
function holdsAt(documents: Documents, productID: number, locationID: number): string[] {
  return documents
    .holdsOf(productID)
    .filter(({ lines }) =>
      lines.some((line) => line.productID === productID && line.locationID === locationID),
    )
    .slice(0, HOLDS_NAMED)
    .map(holdIDOf);
}

function withheld(outcome: StockOutcome): StockOutcome {
  return isRefusal(outcome) ? outcome : { refusal: 'withheld', productID: outcome.productID };
}
