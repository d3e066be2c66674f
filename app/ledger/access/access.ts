import type { Fold, FoldKind } from '../fold';
import {
  type AccessEntry,
  type AccessKind,
  type CredentialKind,
  isSameEntry,
} from './access-entry';

/** Who may do what, exact as of the last entry of the access journal: the fold of all entries. */
export class Access implements Fold<AccessEntry> {
  isWhole = true;
  readonly #bySubject = new Map<number, AccessEntry>();
  /** The subject under each hash, with what it is the hash of before it: `secret`, `passkey` or `identity`. */
  readonly #byHash = new Map<string, number>();
  /** The active subject under each kind and name. */
  readonly #byName = new Map<string, number>();
  /** The marks of what began a session. */
  readonly #marks = new Set<string>();
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

  /** The key, session or invitation whose secret has this hash, active or ended. Never a passkey or an identity. */
  withSecret(hash: string): AccessEntry | undefined {
    return this.#under(`secret ${hash}`);
  }

  /** The passkey or identity that is found by this hash: the active one, or else one that has ended. */
  withCredential(kind: CredentialKind, hash: string): AccessEntry | undefined {
    return this.#under(`${kind} ${hash}`);
  }

  /** Whether what has this mark has begun a session. */
  hasMark(mark: string): boolean {
    return this.#marks.has(mark) || (this.#below?.hasMark(mark) ?? false);
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

  #under(hash: string): AccessEntry | undefined {
    const subjectID = this.#subjectUnder(hash);
    return subjectID === undefined ? undefined : this.get(subjectID);
  }

  #subjectUnder(hash: string): number | undefined {
    const own = this.#byHash.get(hash);
    if (own !== undefined || !this.#below) return own;
    return this.#below.#subjectUnder(hash);
  }

  #found(subjectID: number | undefined): AccessEntry | undefined {
    return subjectID === undefined ? undefined : this.#bySubject.get(subjectID);
  }

  #set(entry: AccessEntry): void {
    const { subjectID, kind, name, state, secretHash, credential } = entry;
    // Another subject may have the name by now.
    const named = `${kind} ${name}`;
    if (this.#byName.get(named) === subjectID) this.#byName.delete(named);
    this.#bySubject.set(subjectID, entry);
    if (secretHash !== null) {
      const hash = `${isCredential(kind) ? kind : 'secret'} ${secretHash}`;
      // An identity that was removed may be a person's again: the active one is found.
      const isFound = state === 'active' || this.#subjectUnder(hash) === undefined;
      if (isFound) this.#byHash.set(hash, subjectID);
    }
    if (kind === 'session' && credential !== null) this.#marks.add(credential);
    if (state === 'active') this.#byName.set(named, subjectID);
  }
}

function isCredential(kind: AccessKind): kind is CredentialKind {
  return kind === 'passkey' || kind === 'identity';
}

/** How entries are folded into who may do what. */
export const ACCESS: FoldKind<AccessEntry, Access> = {
  position: ({ entry }) => entry,
  isSame: isSameEntry,
  empty: () => new Access(),
};
