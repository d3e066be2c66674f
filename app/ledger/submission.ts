import type { AccessCommand, AccessRefusal } from './access/access-command';
import type { AccessEntry } from './access/access-entry';
import type { AlertEvent } from './alert';
import type { AlertCommand, AlertRefusal } from './alert-command';
import type { CatalogueCommand, Command } from './command';
import type { DocumentEntry } from './documents/document';
import type { DocumentCommand, DocumentRefusal } from './documents/document-command';
import type { LocationEntry } from './locations/location';
import type { LocationCommand, LocationRefusal } from './locations/location-command';
import type { ProductRevision } from './product';
import type { LedgerRecord } from './record';
import type { CatalogueRefusal, GrowthRefusal, Refusal, StockRefusal, Withheld } from './refusal';
import type { RequestName, StoredRequest } from './request';

/** What every submission says beside its commands. */
interface Submitted {
  /** Who submits it. It is kept with all that it appends. */
  readonly actor?: string | undefined;
}

/**
 * Changes of stock that are decided together, in order, each seeing the ones before it, and recorded in one
 * transaction.
 */
export interface StockSubmission extends Submitted {
  readonly kind: 'stock';
  readonly commands: readonly Command[];
  /** With `all`, one refusal withholds all other commands; with `each`, it does not. */
  readonly mode: 'all' | 'each';
  readonly request?: RequestName | undefined;
}

/** Changes of the catalogue: all are recorded, or none. */
interface CatalogueSubmission extends Submitted {
  readonly kind: 'catalogue';
  readonly commands: readonly CatalogueCommand[];
  readonly request?: RequestName | undefined;
}

/** One change of a hold or a transfer, with all that it changes of the stock. */
export interface DocumentSubmission extends Submitted {
  readonly kind: 'document';
  readonly command: DocumentCommand;
  /** The locations that its caller may change; undefined for all. */
  readonly within?: ReadonlySet<number> | undefined;
  readonly request?: RequestName | undefined;
}

/** Ends the holds whose time has come, as every turn does first. */
interface Expiry {
  readonly kind: 'expire';
}

/** Changes of alerts, each decided by itself. They have no keys, since asking twice does no harm. */
export interface AlertsSubmission extends Submitted {
  readonly kind: 'alerts';
  readonly commands: readonly AlertCommand[];
}

/** One change of who may do what. It has no key: its answer may have a secret, which is never kept. */
export interface AccessSubmission extends Submitted {
  readonly kind: 'access';
  readonly command: AccessCommand;
  /** The key or person whose rights it needs; undefined if it needs none. */
  readonly by?: number | undefined;
}

/** One change of a location. It has no key, since asking twice does no harm. */
export interface LocationSubmission extends Submitted {
  readonly kind: 'location';
  readonly command: LocationCommand;
}

/** Asks for the time zone that the ledger keeps. A ledger without one gets it, as with any other submission. */
interface ZoneSubmission {
  readonly kind: 'zone';
}

/** Makes sure that the request under a key never runs. */
interface Cancellation {
  readonly kind: 'cancel';
  readonly key: string;
}

/** What can be submitted. */
export type Submission =
  | StockSubmission
  | CatalogueSubmission
  | AlertsSubmission
  | AccessSubmission
  | LocationSubmission
  | ZoneSubmission
  | DocumentSubmission
  | Expiry
  | Cancellation;

/** A submission that may have a key. */
export type KeyedSubmission = StockSubmission | CatalogueSubmission | DocumentSubmission;

/** What was appended for a change of stock, or why nothing was. */
export type StockOutcome = LedgerRecord | StockRefusal | GrowthRefusal | Withheld;

/** What was appended for a change of the catalogue, or why nothing was. */
export type CatalogueOutcome = ProductRevision | CatalogueRefusal | GrowthRefusal | Withheld;

/** The step that was appended for a change of a hold or a transfer, or why none was. */
export type DocumentOutcome = DocumentEntry | DocumentRefusal;

/** The outcome of a command that a request may have. */
export type Outcome = StockOutcome | CatalogueOutcome | DocumentOutcome;

/** The outcome of each command, in the order of the commands. */
interface Outcomes<O extends Outcome> {
  readonly answer: 'outcomes';
  readonly outcomes: readonly O[];
  /** Whether these are the outcomes of an earlier copy of the request. */
  readonly replayed: boolean;
}

/** The key was cancelled: by this submission, or before. */
export interface Cancelled {
  readonly answer: 'cancelled';
}

/** The key belongs to another request. */
export interface KeyReused {
  readonly answer: 'key-reused';
}

/** The request has run, so it cannot be cancelled any more. */
export interface HasRun {
  readonly answer: 'has-run';
  readonly request: StoredRequest;
}

/** An earlier copy of the request has run. Its outcomes are not read from the ledger yet. */
export interface Replay {
  readonly answer: 'replay';
  readonly request: StoredRequest;
}

/** The holds whose time had come have ended. */
export interface Expired {
  readonly answer: 'expired';
}

/** For each alert, in the order of the commands: its latest event, or why it was not changed. */
export interface AlertOutcomes<S extends AlertsSubmission = AlertsSubmission> {
  readonly answer: 'alerts';
  readonly outcomes: EachOf<S['commands'], AlertEvent | AlertRefusal>;
}

/** What a change of who may do what appended, in order, or why it was refused. */
export interface AccessOutcome {
  readonly answer: 'access';
  readonly outcome: readonly AccessEntry[] | AccessRefusal;
}

/** What a change of a location appended, or why it was refused. */
export interface LocationOutcome {
  readonly answer: 'location';
  readonly outcome: LocationEntry | LocationRefusal;
}

/** The time zone that the ledger keeps. */
export interface ZoneKept {
  readonly answer: 'zone';
  readonly timeZone: string;
}

/** One outcome for each command: a list of one command has a list of one outcome. */
type EachOf<C extends readonly unknown[], O> = { readonly [I in keyof C]: O };

/** The answer to a submission: only what can become of one of its kind. */
export type AnswerTo<S extends Submission> = S extends StockSubmission
  ? Outcomes<StockOutcome> | Cancelled | KeyReused
  : S extends CatalogueSubmission
    ? Outcomes<CatalogueOutcome> | Cancelled | KeyReused
    : S extends DocumentSubmission
      ? Outcomes<DocumentOutcome> | Cancelled | KeyReused
      : S extends Expiry
        ? Expired
        : S extends AlertsSubmission
          ? AlertOutcomes<S>
          : S extends AccessSubmission
            ? AccessOutcome
            : S extends LocationSubmission
              ? LocationOutcome
              : S extends ZoneSubmission
                ? ZoneKept
                : Cancelled | HasRun;

/** The answer to any submission. */
export type SubmissionAnswer = AnswerTo<Submission>;

/** The same, except that the outcomes of an earlier copy are still to be read from the ledger. */
export type DraftedAnswerTo<S extends Submission> =
  | AnswerTo<S>
  | (S extends KeyedSubmission ? Replay : never);

/** The drafted answer to any submission. */
export type DraftedAnswer =
  | Outcomes<Outcome>
  | Cancelled
  | KeyReused
  | HasRun
  | Replay
  | AlertOutcomes
  | AccessOutcome
  | LocationOutcome
  | ZoneKept
  | Expired;

/** Whether a command was refused. */
export function isRefusal<O extends Outcome>(outcome: O): outcome is Extract<O, Refusal> {
  return 'refusal' in outcome;
}
