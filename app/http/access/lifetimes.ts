import { DAY_MS } from '../../ledger/day';

/** An invitation is good for the days that a letter or a chat may lie. */
export const INVITATION_MS = 3 * DAY_MS;

/** A session ends if its device is not used for a month. */
export const SESSION_IDLE_MS = 30 * DAY_MS;

/** And half a year after its beginning in any case: a device that was lost is not let in for ever. */
export const SESSION_MS = 180 * DAY_MS;
