import type { Fold, FoldKind } from '../fold';
import { FIRST_LOCATION } from '../locations/location';
import { type DocumentEntry, type DocumentKind, isSameDocumentEntry } from './document';
import { HoldEnds } from './hold-ends';

/** The holds and transfers that are open, exact as of the last entry: the fold of all entries. Those that have ended are not kept. */
export class Documents implements Fold<DocumentEntry> {
  isWhole = true;
  /** The latest entry of each document. A layer keeps those that have ended, too, since they hide what is below. */
  readonly #latest = new Map<string, DocumentEntry>();
  /** The names of the open holds of each product. */
  readonly #holdsOf = new Map<number, Set<string>>();
  /** Units of each product that open holds set aside. In a layer, how many more than below. */
  readonly #heldOf = new Map<number, number>();
  /** A layer has none. */
  readonly #ends = new HoldEnds();
  readonly #below: Documents | undefined;
  #last: DocumentEntry | null;
  readonly #open: Record<DocumentKind, number> = { hold: 0, transfer: 0 };
  #isElsewhere = false;

  constructor(below?: Documents) {
    this.#below = below;
    this.#last = below?.last ?? null;
    if (below) Object.assign(this.#open, below.#open);
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
    return this.#open.hold + this.#open.transfer;
  }

  /** How many of a kind are open. */
  count(kind: DocumentKind): number {
    return this.#open[kind];
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

  /** Units of a product that holds set aside, at all locations together. */
  heldOf(productID: number): number {
    return (this.#heldOf.get(productID) ?? 0) + (this.#below?.heldOf(productID) ?? 0);
  }

  /** Units of a product that holds set aside at a location. */
  heldAt(productID: number, locationID: number): number {
    return this.holdsOf(productID)
      .flatMap(({ lines }) => lines)
      .filter((line) => line.productID === productID && line.locationID === locationID)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** The open holds that have ended by a moment, in the order in which they end. A layer does not have this. */
  dueAt(now: Date): DocumentEntry[] {
    return this.#ends.until(now);
  }

  /** When the next open hold ends, in milliseconds since 1970; Infinity if none is open. A layer does not have this. */
  get nextEnd(): number {
    return this.#ends.next;
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
    if (before) this.#open[kind] -= 1;
    if (before && isOpenHold(before)) {
      this.#ends.remove(before);
      for (const { productID, quantity } of before.lines) {
        this.#holdsOf.get(productID)?.delete(document);
        this.#addHeld(productID, -quantity);
      }
    }
    if (state !== 'open') {
      if (this.#below) this.#latest.set(document, entry);
      else this.#latest.delete(document);
      if (!this.#below) this.#forgetEmpty(before);
      return;
    }
    this.#open[kind] += 1;
    if (kind === 'transfer' || lines.some(({ locationID }) => locationID !== FIRST_LOCATION)) {
      this.#isElsewhere = true;
    }
    this.#latest.set(document, entry);
    if (kind !== 'hold') return;
    if (!this.#below) this.#ends.add(entry);
    for (const { productID, quantity } of lines) {
      const names = this.#holdsOf.get(productID);
      if (names) names.add(document);
      else this.#holdsOf.set(productID, new Set([document]));
      this.#addHeld(productID, quantity);
    }
  }

  #addHeld(productID: number, units: number): void {
    const held = (this.#heldOf.get(productID) ?? 0) + units;
    if (held === 0) this.#heldOf.delete(productID);
    else this.#heldOf.set(productID, held);
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

function isOpenHold({ kind, state }: DocumentEntry): boolean {
  return kind === 'hold' && state === 'open';
}

/** How entries are folded into open documents. */
export const DOCUMENTS: FoldKind<DocumentEntry, Documents> = {
  position: ({ entry }) => entry,
  isSame: isSameDocumentEntry,
  empty: () => new Documents(),
};
