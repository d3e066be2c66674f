import type { LedgerRecord } from '../../client/answers';

/** What the reasons of records are called. */
export const REASON_TITLES: Record<LedgerRecord['reason'], string> = {
  count: 'Count',
  sale: 'Sale',
  receipt: 'Receipt',
  return: 'Return',
  adjustment: 'Adjustment',
  waste: 'Waste',
};
