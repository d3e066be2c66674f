import type { AlertEvent } from '../../ledger/alert';
import type { DeliveryName, DeliveryStep } from '../../ledger/delivery';
import { type ResolvedAlertsQuery, StoreUnavailable } from '../../ledger/store';
import { type Database, isDuplicate } from './database';
import {
  ALERT_COLUMNS,
  type AlertRow,
  DELIVERY_COLUMNS,
  type DeliveryRow,
  deliveryValues,
  toAlert,
  toDelivery,
} from './rows';
import { qualified } from './select';

export function selectAlertLife(database: Database, alertID: number): AlertEvent[] {
  const rows = database.all<AlertRow>(
    `SELECT ${ALERT_COLUMNS}
     FROM alerts
     WHERE alertID = ?
     ORDER BY event`,
    alertID,
  );
  return rows.map(toAlert);
}

export function selectResolvedAlerts(
  database: Database,
  { productID, kind, before, limit }: ResolvedAlertsQuery,
): AlertEvent[] {
  const rows = database.all<AlertRow>(
    `SELECT ${ALERT_COLUMNS}
     FROM alerts
     WHERE status = 'resolved'
       AND event < ?
       AND (? IS NULL OR productID = ?)
       AND (? IS NULL OR kind = ?)
     ORDER BY event DESC
     LIMIT ?`,
    before ?? Number.MAX_SAFE_INTEGER,
    productID ?? null,
    productID ?? null,
    kind ?? null,
    kind ?? null,
    limit,
  );
  return rows.map(toAlert);
}

/** The latest step of each delivery: the plain left join of the table with itself. */
const LATEST_STEPS = `FROM alert_deliveries d1
       LEFT JOIN alert_deliveries d2
         ON d1.event = d2.event AND d1.line = d2.line AND d1.step < d2.step`;

export function selectDeliveries(
  database: Database,
  names: readonly DeliveryName[],
): DeliveryStep[] {
  const rows = database.all<DeliveryRow>(
    `SELECT ${qualified('d1', DELIVERY_COLUMNS)}
     ${LATEST_STEPS}
     WHERE d2.step IS NULL
       AND (d1.event, d1.line) IN (
         SELECT value ->> 'event', value ->> 'line' FROM json_each(?)
       )
     ORDER BY d1.event, d1.line`,
    JSON.stringify(names.map(({ event, line }) => ({ event, line }))),
  );
  return rows.map(toDelivery);
}

export function selectDeliveriesOf(
  database: Database,
  alertIDs: readonly number[],
): DeliveryStep[] {
  const rows = database.all<DeliveryRow>(
    `SELECT ${qualified('d1', DELIVERY_COLUMNS)}
     ${LATEST_STEPS}
     WHERE d2.step IS NULL
       AND d1.alertID IN (SELECT value FROM json_each(?))
     ORDER BY d1.event, d1.line`,
    JSON.stringify(alertIDs),
  );
  return rows.map(toDelivery);
}

export function selectUnfinishedDeliveries(
  database: Database,
  afterEvent: number,
  limit: number,
): DeliveryStep[] {
  const rows = database.all<DeliveryRow>(
    `SELECT ${qualified('d1', DELIVERY_COLUMNS)}
     ${LATEST_STEPS}
     WHERE d2.step IS NULL
       AND d1.event > ?
       AND d1.status NOT IN ('delivered', 'dead')
     ORDER BY d1.event, d1.line
     LIMIT ?`,
    afterEvent,
    limit,
  );
  return rows.map(toDelivery);
}

export function countDeadLetters(database: Database): number {
  const [row] = database.all<{ dead: number }>(
    "SELECT COUNT(*) AS dead FROM alert_deliveries WHERE status = 'dead'",
  );
  return row?.dead ?? 0;
}

/** In a transaction: all or none. A step that somebody has taken already passes: the next look shows it. */
export function insertDeliverySteps(database: Database, steps: readonly DeliveryStep[]): void {
  const marks = DELIVERY_COLUMNS.split(', ').map(() => '?');
  const sql = `INSERT INTO alert_deliveries (${DELIVERY_COLUMNS}) VALUES (${marks})`;
  try {
    for (const step of steps) database.run(sql, ...deliveryValues(step));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new StoreUnavailable('somebody has taken a step of a delivery', { cause: error });
  }
}

export function insertCheckpoint(database: Database, record: number, at: Date): void {
  database.run(
    'INSERT INTO alert_checkpoints (record, recordedAt) VALUES (?, ?)',
    record,
    at.toISOString(),
  );
}

export function selectLatestCheckpoint(database: Database): number | undefined {
  const [row] = database.all<{ record: number }>(
    `SELECT record
     FROM alert_checkpoints
     ORDER BY checkpoint DESC
     LIMIT 1`,
  );
  return row?.record;
}
