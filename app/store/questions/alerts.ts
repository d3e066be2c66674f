import type { AlertEvent } from '../../ledger/alert';
import type { ResolvedAlertsQuery } from '../../ledger/questions';
import { type Asking, all, first } from '../asking';
import { safeInteger } from '../codec';
import type { Dialect } from '../dialect';

export function* alertLife({ tables: { alerts } }: Dialect, alertID: number): Asking<AlertEvent[]> {
  const rows = yield* all(
    `SELECT ${alerts.selected}
     FROM alerts
     WHERE alertID = ?
     ORDER BY event`,
    [alertID],
  );
  return rows.map(alerts.read);
}

export function* resolvedAlerts(
  { tables: { alerts } }: Dialect,
  { productID, locationID, transferID, kind, before, limit }: ResolvedAlertsQuery,
): Asking<AlertEvent[]> {
  const rows = yield* all(
    `SELECT ${alerts.selected}
     FROM alerts
     WHERE status = 'resolved'
       AND event < ?
       AND (? IS NULL OR productID = ?)
       AND (? IS NULL OR locationID = ?)
       AND (? IS NULL OR transferID = ?)
       AND (? IS NULL OR kind = ?)
     ORDER BY event DESC
     LIMIT ?`,
    [
      before ?? Number.MAX_SAFE_INTEGER,
      ...twice(productID),
      ...twice(locationID),
      ...twice(transferID),
      ...twice(kind),
      limit,
    ],
  );
  return rows.map(alerts.read);
}

function twice<T>(value: T | undefined): [T | null, T | null] {
  return [value ?? null, value ?? null];
}

export function* latestCheckpoint(_dialect: Dialect): Asking<number | undefined> {
  const row = yield* first<{ record: unknown }>(
    `SELECT record
     FROM alert_checkpoints
     ORDER BY checkpoint DESC
     LIMIT 1`,
  );
  return row && safeInteger(row.record);
}
