import type { UnusableReason } from '../../ledger/store';
import {
  countDeadLetters,
  selectDeliveriesOf,
  selectResolvedAlerts,
  selectUnfinishedDeliveries,
} from './alerts';
import type { Database } from './database';
import {
  selectDailySales,
  selectExplanation,
  selectHistory,
  selectSalesByDay,
  selectTopSellers,
  selectUnitsSold,
} from './questions';
import { selectPastStock } from './select';

/**
 * The questions that may read much of a long ledger. SQLite answers at once, whatever that takes: so these are
 * asked in a thread of their own, and only those that read a few rows by a key on the thread that serves HTTP.
 */
export const SCANS = {
  dailySales: selectDailySales,
  deadLetters: countDeadLetters,
  deliveriesOf: selectDeliveriesOf,
  explanation: selectExplanation,
  history: selectHistory,
  pastStock: selectPastStock,
  resolvedAlerts: selectResolvedAlerts,
  salesByDay: selectSalesByDay,
  topSellers: selectTopSellers,
  unitsSold: selectUnitsSold,
  unfinishedDeliveries: selectUnfinishedDeliveries,
} as const;

export type Scan = keyof typeof SCANS;

/** What a scan asks, and what it answers. Both travel between threads as copies. */
export type ScanArguments<S extends Scan> = (typeof SCANS)[S] extends (
  database: Database,
  ...asked: infer Asked
) => unknown
  ? Asked
  : never;
export type ScanAnswer<S extends Scan> = ReturnType<(typeof SCANS)[S]>;

/** What a thread is asked: one question at a time. */
export interface Asked {
  readonly scan: Scan;
  readonly asked: readonly unknown[];
}

/** What the thread says to that. A class of error would not survive the way: so what became of it is said apart. */
export type Answered =
  | { readonly answer: unknown }
  | {
      readonly unavailable: boolean;
      readonly unusable: UnusableReason | undefined;
      readonly message: string;
    };
