import type { Memories } from '../memories';
import type { LedgerStore } from '../store';
import type { Stamp } from './turn-facts';

/** What a turn needs, of either kind. */
export interface TurnContext {
  readonly store: LedgerStore;
  readonly memories: Memories;
  /** A new mark and the time. @throws WriteFailure `clock-wrong` */
  stamp(): Stamp;
}
