import { ACCESS, Access } from './access/access';
import type { AccessEntry } from './access/access-entry';
import type { AlertEvent } from './alert';
import { ALERTS, Alerts } from './alerts';
import { UTC } from './calendar';
import { CATALOGUE, Catalogue } from './catalogue';
import type { DocumentEntry } from './documents/document';
import { DOCUMENTS, Documents } from './documents/documents';
import { FIRST_LOCATION, type LocationEntry } from './locations/location';
import { LOCATIONS, Locations } from './locations/locations';
import { type CatchUp, type Journal, Memory } from './memory';
import type { ProductRevision } from './product';
import type { LedgerRecord } from './record';
import { STOCK, type Stock } from './stock';
import type { Submission } from './submission';
import type { TurnEntries } from './write/turn-entries';
import { LedgerZone, ZONE, type ZoneEntry } from './zone';

/** The append-only tables that are folded into memory. */
export interface Journals {
  readonly records: Journal<LedgerRecord>;
  readonly revisions: Journal<ProductRevision>;
  readonly alerts: Journal<AlertEvent>;
  readonly access: Journal<AccessEntry>;
  readonly locations: Journal<LocationEntry>;
  readonly zones: Journal<ZoneEntry>;
  readonly documents: Journal<DocumentEntry>;
}

/** What the entries of these tables add up to. */
export interface Folds {
  readonly stock: Stock;
  readonly catalogue: Catalogue;
  readonly alerts: Alerts;
  readonly access: Access;
  readonly locations: Locations;
  readonly zone: LedgerZone;
  readonly documents: Documents;
}

interface DocumentsAsOf {
  readonly documents: Documents;
  readonly stock: Stock;
  readonly record: number;
}

const NO_CATALOGUE = new Catalogue();
const NO_ALERTS = new Alerts();
const NO_ACCESS = new Access();
const NO_LOCATIONS = new Locations();
const NO_DOCUMENTS = new Documents();

const IN_UTC = new LedgerZone(UTC);

/** The folds for decisions that depend on stock, its places, what is held and the days alone. */
export function onStock(
  stock: Stock,
  locations = NO_LOCATIONS,
  documents = NO_DOCUMENTS,
  zone = IN_UTC,
): Folds {
  return {
    stock,
    catalogue: NO_CATALOGUE,
    alerts: NO_ALERTS,
    access: NO_ACCESS,
    locations,
    documents,
    zone,
  };
}

/** What this process knows of the ledger. */
export class Memories {
  readonly stock: Memory<LedgerRecord, Stock>;
  readonly catalogue: Memory<ProductRevision, Catalogue>;
  readonly alerts: Memory<AlertEvent, Alerts>;
  readonly access: Memory<AccessEntry, Access>;
  readonly locations: Memory<LocationEntry, Locations>;
  #zone: Memory<ZoneEntry, LedgerZone>;
  readonly documents: Memory<DocumentEntry, Documents>;
  /** Open documents, the stock, and its last record of a document, as of which they are known. */
  #documentsAsOf: DocumentsAsOf | undefined;

  /** @param onCatchUp called each time that new records were read */
  constructor(onRewound: (lastKnown: number) => void, onCatchUp: (catchUp: CatchUp) => void) {
    this.#zone = new Memory(ZONE, onRewound);
    // It may be another ledger, with another zone.
    const onOther = (lastKnown: number) => {
      this.#zone = new Memory(ZONE, onRewound);
      onRewound(lastKnown);
    };
    this.stock = new Memory(STOCK, onOther, onCatchUp);
    this.catalogue = new Memory(CATALOGUE, onRewound);
    this.alerts = new Memory(ALERTS, onRewound);
    this.access = new Memory(ACCESS, onRewound);
    this.locations = new Memory(LOCATIONS, onRewound);
    this.documents = new Memory(DOCUMENTS, onRewound);
  }

  /** The open documents, if this process knows them as of the last record that it knows. */
  get currentDocuments(): Documents | undefined {
    const stock = this.stock.known;
    const asOf = this.#documentsAsOf;
    const isKnown = asOf && asOf.stock === stock && asOf.documents === this.documents.known;
    return isKnown && asOf.record === asOf.stock.lastOfDocument ? asOf.documents : undefined;
  }

  /** Whether this process knows of several locations. It then knows them as of the last turn that it took. */
  get hasLocations(): boolean {
    return this.locations.known?.hasOthers ?? false;
  }

  /** The zone that the ledger keeps; undefined if it is not known, or none is kept yet. */
  get zone(): LedgerZone | undefined {
    const { known } = this.#zone;
    return known?.calendar && known;
  }

  /** The same, read unless it is known: it never changes. @throws StoreUnavailable */
  async readZone({ zones }: Pick<Journals, 'zones'>): Promise<LedgerZone> {
    return this.zone ?? this.#zone.advance(zones);
  }

  /** The folds that submissions are decided on, as the journals have them now. @throws StoreUnavailable */
  async advance(journals: Journals, submissions: readonly Submission[]): Promise<Folds> {
    const some = (...kinds: Submission['kind'][]) =>
      submissions.some(({ kind }) => kinds.includes(kind));
    const stock = await this.stock.advance(journals.records);
    const documents = await this.#advanceDocuments(stock, journals);
    const isElsewhere = this.hasLocations || stock.isElsewhere || documents.isElsewhere;
    return {
      stock,
      documents,
      // Few submissions need the catalogue, or check a finding by it. The others do not wait for it.
      catalogue: some('catalogue', 'alerts')
        ? await this.catalogue.advance(journals.revisions)
        : NO_CATALOGUE,
      alerts: some('alerts') ? await this.alerts.advance(journals.alerts) : NO_ALERTS,
      access: some('access') ? await this.access.advance(journals.access) : NO_ACCESS,
      // Once there are several locations each full turn looks for changes, so that the quick turns after it need not.
      locations:
        isElsewhere || some('location') || submissions.some(namesLocation)
          ? await this.locations.advance(journals.locations)
          : NO_LOCATIONS,
      zone: await this.readZone(journals),
    };
  }

  /** Adds what a quick turn has just committed to what it was decided on. */
  takeQuick({ stock, documents }: Pick<Folds, 'stock' | 'documents'>, drafted: TurnEntries): void {
    documents.fold(drafted.documents);
    stock.fold(drafted.records);
    this.#tookDocuments(documents, drafted.records);
  }

  /** Only as far as these records: a reader may know of later ones by now, and not of their documents. */
  #tookDocuments(documents: Documents, records: readonly LedgerRecord[]): void {
    const last = records.findLast(({ document }) => document !== null);
    const asOf = this.#documentsAsOf;
    if (last && asOf?.documents === documents)
      this.#documentsAsOf = { ...asOf, record: last.record };
  }

  /** Each step of a document has records. So only where there are new ones of a document, there may be new steps. */
  async #advanceDocuments(stock: Stock, journals: Journals): Promise<Documents> {
    const current = this.currentDocuments;
    if (current) return current;
    const record = stock.lastOfDocument;
    const documents = await this.documents.advance(journals.documents);
    this.#documentsAsOf = { stock, documents, record };
    return documents;
  }

  /** Adds what was just committed to the folds that `advance` returned. */
  async take(
    folds: Folds,
    { records, revisions, alerts, access, locations, documents, zones }: TurnEntries,
  ): Promise<void> {
    await this.documents.take(folds.documents, documents);
    await this.stock.take(folds.stock, records);
    this.#tookDocuments(folds.documents, records);
    await this.catalogue.take(folds.catalogue, revisions);
    await this.alerts.take(folds.alerts, alerts);
    await this.access.take(folds.access, access);
    await this.locations.take(folds.locations, locations);
    await this.#zone.take(folds.zone, zones);
  }
}

/** Whether a submission names another location than the first, or a reorder point at any. */
export function namesLocation(submission: Submission): boolean {
  if (submission.kind === 'stock') return submission.commands.some(isElsewhere);
  if (submission.kind === 'catalogue') {
    return submission.commands.some(({ kind }) => kind === 'reorder');
  }
  if (submission.kind === 'alerts') {
    return submission.commands.some(({ locationID }) => locationID !== 0);
  }
  if (submission.kind !== 'document') return false;
  const { command } = submission;
  // A transfer always has another location. So may the lines of a hold that was made before.
  return command.kind !== 'put-hold' || command.lines.some(isElsewhere);
}

function isElsewhere({
  locationID = FIRST_LOCATION,
}: {
  readonly locationID?: number | undefined;
}) {
  return locationID !== FIRST_LOCATION;
}
