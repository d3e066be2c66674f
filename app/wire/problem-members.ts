import type { Scope } from '../ledger/access/scope';
import type { Refusal } from '../ledger/refusal';
import type { CountsDryRun } from './imports';
import type { ProblemAnswer, ProblemType } from './problem';

/** One fault of a request. */
export interface FieldFault {
  /** The field's name, with its place if it is in a list: `findings.3.record`. */
  readonly field: string;
  readonly detail: string;
}

/** The members of a problem of a type, besides those of every problem (RFC 9457, section 3.2). */
export type ProblemMembers<T extends ProblemType> = T extends RefusalType
  ? Partial<Omit<Extract<Refusal, { refusal: T }>, 'refusal'>>
  : T extends keyof Own
    ? Partial<Own[T]>
    : Readonly<Record<never, never>>;

/** The problems that are refusals of the ledger, with the ledger's names and members. */
export type RefusalType = Extract<ProblemType, Refusal['refusal']>;

interface Own {
  readonly 'invalid-request': Faults;
  readonly 'not-in-ledger': Faults;
  readonly 'batch-refused': { readonly errors: readonly RefusedEntry[] };
  readonly 'faulty-file': Found<'rows' | 'faulty' | 'faults' | 'stopped' | 'notes'>;
  readonly 'unconfirmed-warnings': Found<'warnings' | 'warned' | 'confirm'>;
  readonly 'request-has-run': { readonly request: unknown };
  readonly 'store-unusable': { readonly reason: string };
  readonly 'missing-scope': {
    readonly scopes: readonly Scope[];
    readonly locations: readonly number[];
  };
  readonly 'name-taken': { readonly name: string };
  readonly 'alert-limit': { readonly alertID: number; readonly limit: number };
  readonly 'alert-resolved': { readonly alertID: number };
  readonly 'stale-alert': { readonly alertID: number; readonly event: number };
}

/** Problems that list every faulty field of a request. */
interface Faults {
  /** Every fault of the request. */
  readonly errors: readonly FieldFault[];
}

/** An entry of a batch, or a line of a file, that was refused, and why. */
type RefusedEntry = ProblemAnswer<RefusalType> & {
  /** The entry's place in the batch. */
  readonly index?: number;
  /** The line of the file, as a spreadsheet numbers it. */
  readonly line?: number;
};

/** What was found in a file, as in the answer to a dry run. */
type Found<K extends keyof CountsDryRun> = {
  readonly [M in K]: CountsDryRun[M] extends (infer E)[] ? readonly E[] : CountsDryRun[M];
};
