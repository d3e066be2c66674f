import type { Fold, FoldKind } from '../fold';
import { type AccessEntry, type AccessKind, isSameEntry } from './access-entry';

/** Who may do what, exact as of the last entry of the access journal: the fold of all entries. */
export class Access implements Fold<AccessEntry> {
  isWhole = true;
  readonly #bySubject = new Map<number, AccessEntry>();
  /** The subject under each secret's hash. */
  readonly #byHash = new Map<string, number>();
  /** The active subject under each kind and name. */
  readonly #byName = new Map<string, number>();
  readonly #below: Access | undefined;
  #last: AccessEntry | null;

  constructor(below?: Access) {
    this.#below = below;
    this.#last = below?.last ?? null;
  }

  /** A layer on top of this. Entries added to it do not change what is below. */
  layer(): Access {
    return new Access(this);
  }

  get last(): AccessEntry | null {
    return this.#last;
  }

  /** The latest entry about a subject; undefined if there is none. */
  get(subjectID: number): AccessEntry | undefined {
    return this.#bySubject.get(subjectID) ?? this.#below?.get(subjectID);
  }

  /** The subject whose secret has this hash, active or ended. */
  withSecret(hash: string): AccessEntry | undefined {
    return (
      this.#found(this.#byHash.get(hash)) ?? this.#fromBelow((below) => below.withSecret(hash))
    );
  }

  /** The active subject of a kind that has this name. */
  named(kind: AccessKind, name: string): AccessEntry | undefined {
    const own = this.#found(this.#byName.get(`${kind} ${name}`));
    return own ?? this.#fromBelow((below) => below.named(kind, name));
  }

  /** The latest entry about each subject, by subjectID. */
  all(): AccessEntry[] {
    const above = new Set(this.#bySubject.keys());
    const below = this.#below?.all().filter(({ subjectID }) => !above.has(subjectID)) ?? [];
    return [...below, ...this.#bySubject.values()].sort((a, b) => a.subjectID - b.subjectID);
  }

  load(latest: readonly AccessEntry[]): void {
    for (const entry of latest) {
      this.#set(entry);
      if (entry.entry > (this.#last?.entry ?? 0)) this.#last = entry;
    }
  }

  /** Takes up entries in their order, and skips those that it has. */
  fold(entries: readonly AccessEntry[]): void {
    for (const entry of entries) {
      if (entry.entry <= (this.#last?.entry ?? 0)) continue;
      this.#set(entry);
      this.#last = entry;
    }
  }

  /** What is found below, unless this layer knows better. */
  #fromBelow(find: (below: Access) => AccessEntry | undefined): AccessEntry | undefined {
    const found = this.#below && find(this.#below);
    return found && !this.#bySubject.has(found.subjectID) ? found : undefined;
  }

  #found(subjectID: number | undefined): AccessEntry | undefined {
    return subjectID === undefined ? undefined : this.#bySubject.get(subjectID);
  }

  #set(entry: AccessEntry): void {
    const { subjectID, kind, name, state, secretHash } = entry;
    // Another subject may have the name by now.
    const named = `${kind} ${name}`;
    if (this.#byName.get(named) === subjectID) this.#byName.delete(named);
    this.#bySubject.set(subjectID, entry);
    if (secretHash !== null) this.#byHash.set(secretHash, subjectID);
    if (state === 'active') this.#byName.set(named, subjectID);
  }
}

/** How entries are folded into who may do what. */
export const ACCESS: FoldKind<AccessEntry, Access> = {
  position: ({ entry }) => entry,
  isSame: isSameEntry,
  empty: () => new Access(),
};
