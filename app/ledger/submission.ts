import type { AlertEvent } from './alert';
import type { CatalogueCommand, Command } from './command';
import type { AlertCommand, AlertRefusal } from './decide-alert';
import type { ProductRevision } from './product';
import type { LedgerRecord } from './record';
import type { Refusal } from './refusal';

/** How a client names a request, so that its copies are recorded once. */
export interface RequestName {
  /** The Idempotency-Key. */
  readonly key: string;
  /** What tells one request under the key from another: 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** What was asked, for the one who has to put the answer into words again. */
  readonly resource: string;
}

/**
 * Commands that are decided together, in order, each seeing the ones before it, and recorded in one
 * transaction. With `all`, one that is refused withholds all the others; with `each` it does not.
 */
export type Submission =
  | {
      readonly kind: 'stock';
      readonly commands: readonly Command[];
      readonly mode: 'all' | 'each';
      readonly request?: RequestName | undefined;
    }
  | {
      readonly kind: 'catalogue';
      readonly commands: readonly CatalogueCommand[];
      readonly request?: RequestName | undefined;
    }
  /** Each decided by itself. To ask twice does no harm, so they have no keys. */
  | { readonly kind: 'alerts'; readonly commands: readonly AlertCommand[] }
  /** "Whatever was to be asked under this key: never do it." */
  | { readonly kind: 'cancel'; readonly key: string };

/** What was appended for a command, or why nothing was. */
export type Outcome = LedgerRecord | ProductRevision | Refusal;

/** What became of a submission. */
export type Answer =
  /** Each command's outcome, in the order of the commands. */
  | {
      readonly answer: 'outcomes';
      readonly outcomes: readonly Outcome[];
      /** Whether these are the outcomes of an earlier copy of the request. */
      readonly replayed: boolean;
    }
  /** What became of each alert, in the order of the commands: its latest event, or why there is no other. */
  | { readonly answer: 'alerts'; readonly outcomes: readonly (AlertEvent | AlertRefusal)[] }
  /** The key was cancelled: by this submission, or before. */
  | { readonly answer: 'cancelled' }
  /** The key belongs to another request. */
  | { readonly answer: 'key-reused' }
  /** It cannot be cancelled any more: it has run. */
  | { readonly answer: 'has-run'; readonly request: StoredRequest };

/** What became of a request that named a key: kept for good. */
export interface StoredRequest {
  readonly key: string;
  /** Null where it was cancelled before it ran. */
  readonly fingerprint: string | null;
  readonly answer: StoredAnswer | null;
  readonly recordedAt: Date;
  readonly turnMark: number;
}

/** Outcomes without what the records say themselves: those are read from the ledger again. */
export interface StoredAnswer {
  readonly resource: string;
  readonly kind: 'stock' | 'catalogue';
  /** How many commands there were. */
  readonly commands: number;
  /** The number of the first record or revision; the others follow it. Null where there is none. */
  readonly first: number | null;
  /** The refused commands: their places among the commands, and why. */
  readonly refusals: readonly (readonly [number, Refusal])[];
}

export function isRefusal(outcome: Outcome): outcome is Refusal {
  return 'refusal' in outcome;
}

/** What to keep of outcomes. */
export function toStored(
  { resource }: RequestName,
  kind: StoredAnswer['kind'],
  outcomes: readonly Outcome[],
): StoredAnswer {
  const refusals = outcomes.flatMap((outcome, index) =>
    isRefusal(outcome) ? [[index, outcome] as const] : [],
  );
  const first = outcomes.find((outcome) => !isRefusal(outcome));
  const number = first && ('record' in first ? first.record : (first as ProductRevision).revision);
  return {
    resource,
    kind,
    commands: outcomes.length,
    first: (number as number | undefined) ?? null,
    refusals,
  };
}

/** How many records or revisions a stored answer has. */
export function appendedCount({ commands, refusals }: StoredAnswer): number {
  return commands - refusals.length;
}

/** The outcomes again, from what was kept of them and the records or revisions that it names. */
export function fromStored(
  { commands, refusals }: StoredAnswer,
  appended: readonly (LedgerRecord | ProductRevision)[],
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
