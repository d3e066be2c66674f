import type { AccessEntry } from '../access/access-entry';
import type { AlertEvent } from '../alert';
import type { DeliveryStep } from '../delivery';
import type { DocumentEntry } from '../documents/document';
import type { LocationEntry } from '../locations/location';
import type { ProductRevision } from '../product';
import type { LedgerRecord } from '../record';
import type { StoredRequest } from '../request';
import type { DailySales } from '../sales';
import type { ZoneEntry } from '../zone';

/** What one turn appends, all of it under one mark. */
export interface TurnEntries {
  readonly turnMark: number;
  readonly records: readonly LedgerRecord[];
  /** What these records add to the daily sales. */
  readonly sales: readonly DailySales[];
  readonly revisions: readonly ProductRevision[];
  readonly requests: readonly StoredRequest[];
  readonly alerts: readonly AlertEvent[];
  readonly access: readonly AccessEntry[];
  readonly locations: readonly LocationEntry[];
  readonly documents: readonly DocumentEntry[];
  /** The time zone, if the ledger kept none. */
  readonly zones: readonly ZoneEntry[];
  /** The first steps of the deliveries for those alerts. */
  readonly deliveries: readonly DeliveryStep[];
}

/** Whether there is nothing to append. */
export function isEmpty(entries: TurnEntries): boolean {
  const { records, revisions, requests, alerts, access, locations, documents, zones } = entries;
  return [records, revisions, requests, alerts, access, locations, documents, zones].every(
    ({ length }) => length === 0,
  );
}
