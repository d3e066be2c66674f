import type { Connection } from 'mysql2';
import type { AlertEvent } from '../../ledger/alert';
import type { DeliveryName, DeliveryStep } from '../../ledger/delivery';
import type { ResolvedAlertsQuery } from '../../ledger/store';
import { query } from './connection';
import {
  ALERT_COLUMNS,
  type AlertRow,
  DELIVERY_COLUMNS,
  type DeliveryRow,
  deliveryValues,
  safeInteger,
  toAlert,
  toDelivery,
} from './rows';
import { qualified } from './select';

export async function selectAlertLife(
  connection: Connection,
  alertID: number,
): Promise<AlertEvent[]> {
  const rows = await query<AlertRow[]>(
    connection,
    `SELECT ${ALERT_COLUMNS}
     FROM alerts
     WHERE alertID = ?
     ORDER BY event`,
    [alertID],
  );
  return rows.map(toAlert);
}

export async function selectResolvedAlerts(
  connection: Connection,
  { productID, kind, before, limit }: ResolvedAlertsQuery,
): Promise<AlertEvent[]> {
  const rows = await query<AlertRow[]>(
    connection,
    `SELECT ${ALERT_COLUMNS}
     FROM alerts
     WHERE status = 'resolved'
       AND event < ?
       AND (? IS NULL OR productID = ?)
       AND (? IS NULL OR kind = ?)
     ORDER BY event DESC
     LIMIT ?`,
    [
      before ?? Number.MAX_SAFE_INTEGER,
      productID ?? null,
      productID ?? null,
      kind ?? null,
      kind ?? null,
      limit,
    ],
  );
  return rows.map(toAlert);
}

/** The latest step of each delivery: the plain left join of the table with itself. */
const LATEST_STEPS = `FROM alert_deliveries d1
       LEFT JOIN alert_deliveries d2
         ON d1.event = d2.event AND d1.line = d2.line AND d1.step < d2.step`;

export async function selectDeliveries(
  connection: Connection,
  names: readonly DeliveryName[],
): Promise<DeliveryStep[]> {
  if (names.length === 0) return [];
  const rows = await query<DeliveryRow[]>(
    connection,
    `SELECT ${qualified('d1', DELIVERY_COLUMNS)}
     ${LATEST_STEPS}
     WHERE d2.step IS NULL
       AND d1.event IN (?)
       AND (d1.event, d1.line) IN (?)
     ORDER BY d1.event, d1.line`,
    [names.map(({ event }) => event), names.map(({ event, line }) => [event, line])],
  );
  return rows.map(toDelivery);
}

export async function selectDeliveriesOf(
  connection: Connection,
  alertIDs: readonly number[],
): Promise<DeliveryStep[]> {
  if (alertIDs.length === 0) return [];
  const rows = await query<DeliveryRow[]>(
    connection,
    `SELECT ${qualified('d1', DELIVERY_COLUMNS)}
     ${LATEST_STEPS}
     WHERE d2.step IS NULL
       AND d1.alertID IN (?)
     ORDER BY d1.event, d1.line`,
    [alertIDs],
  );
  return rows.map(toDelivery);
}

export async function selectUnfinishedDeliveries(
  connection: Connection,
  afterEvent: number,
  limit: number,
): Promise<DeliveryStep[]> {
  const rows = await query<DeliveryRow[]>(
    connection,
    `SELECT ${qualified('d1', DELIVERY_COLUMNS)}
     ${LATEST_STEPS}
     WHERE d2.step IS NULL
       AND d1.event > ?
       AND d1.status NOT IN ('delivered', 'dead')
     ORDER BY d1.event, d1.line
     LIMIT ?`,
    [afterEvent, limit],
  );
  return rows.map(toDelivery);
}

export async function countDeadLetters(connection: Connection): Promise<number> {
  const [row] = await query<{ dead: number }[]>(
    connection,
    "SELECT COUNT(*) AS dead FROM alert_deliveries WHERE status = 'dead'",
  );
  return row?.dead ?? 0;
}

/** One statement, so all or none. A step that somebody has taken is a duplicate key, which passes. */
export async function insertDeliverySteps(
  connection: Connection,
  steps: readonly DeliveryStep[],
): Promise<void> {
  if (steps.length === 0) return;
  await query(connection, `INSERT INTO alert_deliveries (${DELIVERY_COLUMNS}) VALUES ?`, [
    steps.map(deliveryValues),
  ]);
}

export async function insertCheckpoint(
  connection: Connection,
  record: number,
  at: Date,
): Promise<void> {
  await query(connection, 'INSERT INTO alert_checkpoints (record, recordedAt) VALUES (?, ?)', [
    record,
    at,
  ]);
}

export async function selectLatestCheckpoint(connection: Connection): Promise<number | undefined> {
  const [row] = await query<{ record: number | string }[]>(
    connection,
    `SELECT record
     FROM alert_checkpoints
     ORDER BY checkpoint DESC
     LIMIT 1`,
  );
  return row && safeInteger(row.record);
}
