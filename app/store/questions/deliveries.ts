import type { DeliveryName, DeliveryStep } from '../../ledger/delivery';
import { type Asking, all, first } from '../asking';
import type { Dialect } from '../dialect';

export function* deliveries(
  dialect: Dialect,
  names: readonly DeliveryName[],
): Asking<DeliveryStep[]> {
  if (names.length === 0) return [];
  const pairs = names.map(({ event, line }) => [event, line]);
  const { sql, values } = dialect.among(['d1.event', 'd1.line'], pairs);
  return yield* latestSteps(dialect, sql, values);
}

export function* deliveriesOf(
  dialect: Dialect,
  alertIDs: readonly number[],
): Asking<DeliveryStep[]> {
  if (alertIDs.length === 0) return [];
  const { sql, values } = dialect.among('d1.alertID', alertIDs);
  return yield* latestSteps(dialect, sql, values);
}

export function* unfinishedDeliveries(
  dialect: Dialect,
  afterEvent: number,
  limit: number,
): Asking<DeliveryStep[]> {
  const condition = "d1.event > ? AND d1.status NOT IN ('delivered', 'dead')";
  return yield* latestSteps(dialect, condition, [afterEvent], limit);
}

export function* deadLetters(_dialect: Dialect): Asking<number> {
  const row = yield* first<{ dead: number }>(
    "SELECT COUNT(*) AS dead FROM alert_deliveries WHERE status = 'dead'",
  );
  return row?.dead ?? 0;
}

/** The latest step of each delivery that meets a condition: the plain left join of the table with itself. */
function* latestSteps(
  { tables: { alert_deliveries: steps } }: Dialect,
  condition: string,
  values: readonly unknown[] = [],
  limit = Number.MAX_SAFE_INTEGER,
): Asking<DeliveryStep[]> {
  const rows = yield* all(
    `SELECT ${steps.selectedOf('d1')}
     FROM alert_deliveries d1
       LEFT JOIN alert_deliveries d2
         ON d1.event = d2.event AND d1.line = d2.line AND d1.step < d2.step
     WHERE d2.step IS NULL
       AND ${condition}
     ORDER BY d1.event, d1.line
     LIMIT ?`,
    [...values, limit],
  );
  return rows.map(steps.read);
}
