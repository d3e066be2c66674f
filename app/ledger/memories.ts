import type { AlertEvent } from './alert';
import { ALERTS, Alerts } from './alerts';
import { CATALOGUE, Catalogue } from './catalogue';
import { type CatchUp, type Journal, Memory } from './memory';
import type { ProductRevision } from './product';
import type { LedgerRecord } from './record';
import { STOCK, type Stock } from './stock';
import type { Submission } from './submission';
import type { TurnEntries } from './turn-entries';

/** The append-only tables that are folded into memory. */
export interface Journals {
  readonly records: Journal<LedgerRecord>;
  readonly revisions: Journal<ProductRevision>;
  readonly alerts: Journal<AlertEvent>;
}

/** What these tables come to. */
export interface Folds {
  readonly stock: Stock;
  readonly catalogue: Catalogue;
  readonly alerts: Alerts;
}

const NO_CATALOGUE = new Catalogue();
const NO_ALERTS = new Alerts();

/** What is decided on stock alone is decided on. */
export function onStock(stock: Stock): Folds {
  return { stock, catalogue: NO_CATALOGUE, alerts: NO_ALERTS };
}

/** What this process knows of the ledger. */
export class Memories {
  readonly stock: Memory<LedgerRecord, Stock>;
  readonly catalogue: Memory<ProductRevision, Catalogue>;
  readonly alerts: Memory<AlertEvent, Alerts>;

  /** @param onCatchUp told of each time that the stock was brought forward */
  constructor(onRewound: (lastKnown: number) => void, onCatchUp: (catchUp: CatchUp) => void) {
    this.stock = new Memory(STOCK, onRewound, onCatchUp);
    this.catalogue = new Memory(CATALOGUE, onRewound);
    this.alerts = new Memory(ALERTS, onRewound);
  }

  /** What submissions are to be decided on, as the journals have it now. @throws StoreUnavailable */
  async advance(journals: Journals, submissions: readonly Submission[]): Promise<Folds> {
    const some = (...kinds: Submission['kind'][]) =>
      submissions.some(({ kind }) => kinds.includes(kind));
    return {
      stock: await this.stock.advance(journals.records),
      // Few submissions are about the catalogue, or hold a finding against it; the others need not wait for it.
      catalogue: some('catalogue', 'alerts')
        ? await this.catalogue.advance(journals.revisions)
        : NO_CATALOGUE,
      alerts: some('alerts') ? await this.alerts.advance(journals.alerts) : NO_ALERTS,
    };
  }

  /** Takes up what was just committed, in what `advance` returned. */
  async take(folds: Folds, { records, revisions, alerts }: TurnEntries): Promise<void> {
    await this.stock.take(folds.stock, records);
    await this.catalogue.take(folds.catalogue, revisions);
    await this.alerts.take(folds.alerts, alerts);
  }
}
