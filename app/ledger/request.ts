import type { DocumentEntry } from './documents/document';
import type { ProductRevision } from './product';
import type { LedgerRecord } from './record';
import type { Refusal } from './refusal';
import { isRefusal, type Outcome } from './submission';

/** How a client names a request, so that its copies are recorded once. */
export interface RequestName {
  /** The Idempotency-Key. */
  readonly key: string;
  /** What tells one request under the key from another: 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** What was asked, so that a later copy can be given the same answer. */
  readonly resource: string;
}

/** What became of a request that named a key. It is kept for good. */
export interface StoredRequest {
  readonly key: string;
  /** Null if it was cancelled before it ran. */
  readonly fingerprint: string | null;
  /** Null if it was cancelled before it ran. */
  readonly answer: StoredAnswer | null;
  readonly recordedAt: Date;
  readonly turnMark: number;
}

/** The outcomes of a request, without the records or revisions: those are read from the ledger again. */
export interface StoredAnswer {
  readonly resource: string;
  readonly kind: 'stock' | 'catalogue' | 'document';
  /** How many commands there were. */
  readonly commands: number;
  /** The number of the first record, revision or step of a document; the others follow it. Null if there is none. */
  readonly first: number | null;
  /** The refused commands: their places among the commands, and why. */
  readonly refusals: readonly (readonly [number, Refusal])[];
}

/** What a command of a request appends. */
export type Appended = LedgerRecord | ProductRevision | DocumentEntry;

/** The form in which outcomes are stored. */
export function toStored(
  { resource }: RequestName,
  kind: StoredAnswer['kind'],
  outcomes: readonly Outcome[],
): StoredAnswer {
  const refusals = outcomes.flatMap((outcome, index) =>
    isRefusal(outcome) ? [[index, outcome] as const] : [],
  );
  const first = outcomes.find((outcome): outcome is Appended => !isRefusal(outcome));
  return { resource, kind, commands: outcomes.length, first: numberOf(first), refusals };
}

/** How many records or revisions a stored answer has. */
export function appendedCount({ commands, refusals }: StoredAnswer): number {
  return commands - refusals.length;
}

/** The outcomes of a stored answer, given the records or revisions that it names. */
export function fromStored(
  { commands, refusals }: StoredAnswer,
  appended: readonly Appended[],
): Outcome[] {
  const refused = new Map(refusals);
  let next = 0;
  return Array.from({ length: commands }, (_, index) => {
    const refusal = refused.get(index);
    if (refusal) return refusal;
    const outcome = appended[next];
    next += 1;
    if (!outcome) throw new Error('a record that a request names is not in the ledger');
    return outcome;
  });
}

function numberOf(appended: Appended | undefined): number | null {
  if (!appended) return null;
  if ('entry' in appended) return appended.entry;
  return 'record' in appended ? appended.record : appended.revision;
}
