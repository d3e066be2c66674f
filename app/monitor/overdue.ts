import type { Shop } from '../client/shop';
import type { Today } from '../ledger/decide-alert';
import { keyOf } from '../wire/alerts';
import type { TransferAnswer } from '../wire/documents';
import type { TransferFinding } from '../wire/findings';
import { deliveriesOf } from './recipients';
import { type KnownAlert, toReport } from './rules';
import type { MonitorSettings } from './settings';

/** Transfers that are on their way, by transferID. */
export type OpenTransfers = ReadonlyMap<number, TransferAnswer>;

type Alerts = ReadonlyMap<
  ReturnType<typeof keyOf>,
  KnownAlert & { readonly transferID?: number | undefined }
>;

/**
 * The findings about transfers: those that should have arrived, and those that have an alert and are closed.
 *
 * @param open all that are on their way
 * @param alerts those that are not resolved
 */
export function overdueFindings(
  { asOf, revision }: Pick<Shop, 'asOf' | 'revision'>,
  open: OpenTransfers,
  alerts: Alerts,
  settings: MonitorSettings,
  at: Today,
): TransferFinding[] {
  const known = [...alerts.values()].flatMap(({ transferID }) => transferID ?? []);
  return [...new Set([...open.keys(), ...known])].flatMap((transferID) => {
    const alert = alerts.get(keyOf({ transferID })) as KnownAlert<'overdue-transfer'> | undefined;
    const kind = toReport(assess(open.get(transferID)), alert, at);
    if (kind === undefined) return [];
    const deliveries = deliveriesOf(null, kind, settings, at.now);
    return [{ transferID, kind, record: asOf, revision, deliveries }];
  });
}

/** Only its end is the end of the alert: nobody can say that it is expected later. */
function assess(transfer: TransferAnswer | undefined): 'overdue-transfer' | 'between' | 'none' {
  if (!transfer) return 'none';
  return transfer.overdue ? 'overdue-transfer' : 'between';
}
