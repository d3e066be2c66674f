import type { Fold, FoldKind } from '../fold';
import { FIRST_LOCATION } from '../locations/location';
import { type DocumentEntry, type DocumentKind, isSameDocumentEntry } from './document';

/** The holds and transfers that are open, exact as of the last entry: the fold of all entries. Those that have ended are not kept. */
export class Documents implements Fold<DocumentEntry> {
  isWhole = true;
  /** The latest entry of each document. A layer keeps those that have ended, too, since they hide what is below. */
  readonly #latest = new Map<string, DocumentEntry>();
  /** The names of the open holds of each product. */
  readonly #holdsOf = new Map<number, Set<string>>();
  readonly #below: Documents | undefined;
  #last: DocumentEntry | null;
  #open = 0;
  #isElsewhere = false;
  /** No open hold ends before this moment. */
  #noneEndsBefore = Number.POSITIVE_INFINITY;

  constructor(below?: Documents) {
    this.#below = below;
    this.#last = below?.last ?? null;
    this.#open = below?.size ?? 0;
  }

  /** A layer on top of this. Entries added to it do not change what is below. */
  layer(): Documents {
    return new Documents(this);
  }

  get last(): DocumentEntry | null {
    return this.#last;
  }

  /** How many are open. */
  get size(): number {
    return this.#open;
  }

  /** Whether one that is or was open has units at another location than the first. */
  get isElsewhere(): boolean {
    return this.#isElsewhere || (this.#below?.isElsewhere ?? false);
  }

  /** An open document; undefined if there is none of this name, or it has ended. */
  get(document: string): DocumentEntry | undefined {
    const latest = this.latest(document);
    return latest?.state === 'open' ? latest : undefined;
  }

  /** The latest entry of a document, if it is open or has ended in this layer. */
  latest(document: string): DocumentEntry | undefined {
    return this.#latest.get(document) ?? this.#below?.latest(document);
  }

  /** The open documents of a kind, oldest first. */
  open(kind: DocumentKind): DocumentEntry[] {
    return this.#all()
      .filter((entry) => entry.kind === kind && entry.state === 'open')
      .sort((a, b) => a.documentID - b.documentID);
  }

  /** The open holds that have units of a product, oldest first. */
  holdsOf(productID: number): DocumentEntry[] {
    return [...this.#namesOf(productID)]
      .map((document) => this.get(document))
      .filter((entry) => entry?.lines.some((line) => line.productID === productID) ?? false)
      .map((entry) => entry as DocumentEntry)
      .sort((a, b) => a.documentID - b.documentID);
  }

  /** Units of a product that holds set aside, at one location or at all. */
  heldOf(productID: number, locationID?: number): number {
    let held = 0;
    for (const { lines } of this.holdsOf(productID)) {
      for (const line of lines) {
        if (line.productID !== productID) continue;
        if (locationID === undefined || line.locationID === locationID) held += line.quantity;
      }
    }
    return held;
  }

  /** The open holds that have ended by a moment, in the order in which they end. */
  dueAt(now: Date): DocumentEntry[] {
    if (now.getTime() < this.endsNoneBefore) return [];
    const holds = this.open('hold');
    // Only here: holds that end otherwise would have to be looked for at each change.
    this.#noneEndsBefore = holds.reduce(
      (earliest, hold) => Math.min(earliest, endOf(hold)),
      Number.POSITIVE_INFINITY,
    );
    return holds
      .filter((hold) => endOf(hold) <= now.getTime())
      .sort((a, b) => endOf(a) - endOf(b) || a.documentID - b.documentID);
  }

  /** A moment before which no open hold ends, in milliseconds since 1970; Infinity if none is open. */
  get endsNoneBefore(): number {
    return Math.min(this.#noneEndsBefore, this.#below?.endsNoneBefore ?? Number.POSITIVE_INFINITY);
  }

  load(latest: readonly DocumentEntry[]): void {
    for (const entry of latest) {
      this.#set(entry);
      if (entry.entry > (this.#last?.entry ?? 0)) this.#last = entry;
    }
  }

  fold(entries: readonly DocumentEntry[]): void {
    for (const entry of entries) {
      if (entry.entry <= (this.#last?.entry ?? 0)) continue;
      this.#set(entry);
      this.#last = entry;
    }
  }

  #set(entry: DocumentEntry): void {
    const { document, kind, state, lines } = entry;
    const before = this.get(document);
    if (before) this.#open -= 1;
    if (before?.kind === 'hold') {
      for (const { productID } of before.lines) this.#holdsOf.get(productID)?.delete(document);
    }
    if (state !== 'open') {
      if (this.#below) this.#latest.set(document, entry);
      else this.#latest.delete(document);
      if (!this.#below) this.#forgetEmpty(before);
      return;
    }
    this.#open += 1;
    if (kind === 'transfer' || lines.some(({ locationID }) => locationID !== FIRST_LOCATION)) {
      this.#isElsewhere = true;
    }
    this.#latest.set(document, entry);
    if (kind !== 'hold') return;
    this.#noneEndsBefore = Math.min(this.#noneEndsBefore, endOf(entry));
    for (const { productID } of lines) {
      const names = this.#holdsOf.get(productID);
      if (names) names.add(document);
      else this.#holdsOf.set(productID, new Set([document]));
    }
  }

  #forgetEmpty(before: DocumentEntry | undefined): void {
    for (const { productID } of before?.lines ?? []) {
      if (this.#holdsOf.get(productID)?.size === 0) this.#holdsOf.delete(productID);
    }
  }

  /** The names of holds that have or had units of a product. */
  #namesOf(productID: number): Set<string> {
    const own = this.#holdsOf.get(productID) ?? NO_NAMES;
    const below = this.#below ? this.#below.#namesOf(productID) : NO_NAMES;
    return below.size === 0 ? own : new Set([...below, ...own]);
  }

  #all(): DocumentEntry[] {
    if (!this.#below) return [...this.#latest.values()];
    const below = this.#below.#all().filter(({ document }) => !this.#latest.has(document));
    return [...below, ...this.#latest.values()];
  }
}

const NO_NAMES: Set<string> = new Set();

function endOf({ expiresAt }: DocumentEntry): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** How entries are folded into open documents. */
export const DOCUMENTS: FoldKind<DocumentEntry, Documents> = {
  position: ({ entry }) => entry,
  isSame: isSameDocumentEntry,
  empty: () => new Documents(),
};
