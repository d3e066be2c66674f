import type { Command } from '../command';
import type { Location } from '../locations/location';
import type { DocumentEntry } from './document';
import type { DocumentRefusal } from './document-command';

/** What a change of a hold or a transfer is decided on. */
export interface DocumentFacts {
  /** Its latest entry, whether it is open or not; undefined if there was never one of its name. */
  readonly latest: DocumentEntry | undefined;
  /** How many holds and transfers are open. */
  readonly open: number;
  readonly now: Date;
  /** A location; undefined if there is none of this number. */
  location(locationID: number): Location | undefined;
}

/** What the next entry of a document says. */
export type NextStep = Pick<
  DocumentEntry,
  'kind' | 'state' | 'lines' | 'from' | 'to' | 'expectedAt' | 'expiresAt' | 'reference' | 'note'
>;

/** A change of stock, and the line of the request that it is for. */
export interface LineCommand {
  readonly index: number;
  readonly command: Command;
}

/** What a change of a document needs to be recorded, all or none: the changes of stock, and its next entry. */
export interface DocumentDecision {
  readonly commands: readonly LineCommand[];
  readonly next: NextStep;
}

export type Decided = DocumentDecision | DocumentRefusal;
