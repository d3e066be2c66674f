import type { Memories } from '../memories';
import type { LedgerStore } from '../store';
import type { StampAndLimits } from './turn-facts';

/** What a turn needs, of either kind. */
export interface TurnContext {
  readonly store: LedgerStore;
  readonly memories: Memories;
  /** The time zone that a new ledger gets; undefined for the default. */
  readonly timeZone?: string | undefined;
  /** A new mark, the time, and the limits. @throws WriteFailure `clock-wrong` */
  stamp(): StampAndLimits;
}
