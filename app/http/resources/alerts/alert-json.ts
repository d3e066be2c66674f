import type { AlertEvent } from '../../../ledger/alert';
import type { DeliveryStep } from '../../../ledger/delivery';
import type { Ledger } from '../../../ledger/ledger';
import { markOf } from '../../../ledger/mark';
import type { AlertEventAnswer } from '../../../wire/alerts';
import type { Delivery } from '../../../wire/deliveries';
import { webhookLabel } from '../../../wire/delivery-target';
import type { BeforeJson } from '../../answers/before-json';

/** An event in the life of an alert. */
export function eventJson(alertEvent: AlertEvent): BeforeJson<AlertEventAnswer> {
  const { event, turnMark: _turnMark, ...rest } = alertEvent;
  return { event, mark: markOf(alertEvent, alertEvent.recordedAt), ...rest };
}

/** The state of a delivery. */
export function deliveryJson(step: DeliveryStep): BeforeJson<Delivery> {
  const { event, alertID, line, channel, target, status, tries } = step;
  const { messageID, notBefore, error, recordedAt } = step;
  return {
    delivery: `${event}.${line}`,
    event,
    alertID,
    channel,
    // Rows of earlier versions hold whole URLs.
    target: channel === 'webhook' ? webhookLabel(target) : target,
    status,
    tries,
    messageID,
    notBefore,
    error,
    recordedAt,
  };
}

/** Alerts that are looked up at a time. Each may have twenty deliveries, which take 4 kB. */
const PART = 50;

/** Alerts, a few at a time. */
export async function* alertsInParts(ledger: Ledger, events: readonly AlertEvent[]) {
  for (let begin = 0; begin < events.length; begin += PART) {
    yield await alertsJson(ledger, events.slice(begin, begin + PART));
  }
}

/** Alerts, each as its latest event with the name of its product and its deliveries. */
export async function alertsJson(ledger: Ledger, events: readonly AlertEvent[]) {
  const catalogue = await ledger.catalogue();
  const deliveries = await ledger.ask.deliveriesOf(events.map(({ alertID }) => alertID));
  const byAlert = new Map<number, typeof deliveries>();
  for (const delivery of deliveries) {
    const others = byAlert.get(delivery.alertID);
    if (others) others.push(delivery);
    else byAlert.set(delivery.alertID, [delivery]);
  }
  return events.map((event) => ({
    ...eventJson(event),
    name: catalogue.get(event.productID)?.name ?? null,
    deliveries: (byAlert.get(event.alertID) ?? []).map(deliveryJson),
  }));
}
