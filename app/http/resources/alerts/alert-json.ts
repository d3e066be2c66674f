import type { AlertEvent } from '../../../ledger/alert';
import type { AlertSubject } from '../../../ledger/alert-subject';
import type { Catalogue } from '../../../ledger/catalogue';
import type { DeliveryStep } from '../../../ledger/delivery';
import type { Ledger } from '../../../ledger/ledger';
import type { Locations } from '../../../ledger/locations/locations';
import { markOf } from '../../../ledger/mark';
import type { AlertEventAnswer } from '../../../wire/alerts';
import type { Delivery } from '../../../wire/deliveries';
import { webhookLabel } from '../../../wire/delivery-target';
import type { BeforeJson } from '../../answers/before-json';

/** An event in the life of an alert. */
export function eventJson(alertEvent: AlertEvent): BeforeJson<AlertEventAnswer> {
  const {
    event,
    turnMark: _turnMark,
    alertID,
    productID,
    locationID,
    transferID,
    ...rest
  } = alertEvent;
  const isOfStock = transferID === 0;
  return {
    event,
    mark: markOf(alertEvent, alertEvent.recordedAt),
    alertID,
    ...subjectJson({ productID, locationID, transferID }),
    ...rest,
    availableQuantity: isOfStock ? rest.availableQuantity : null,
    threshold: isOfStock ? rest.threshold : null,
  };
}

/** What an alert is about. */
export function subjectJson({ productID, locationID, transferID }: AlertSubject) {
  return {
    productID: productID === 0 ? null : productID,
    ...(locationID !== 0 && { locationID }),
    ...(transferID !== 0 && { transferID }),
  };
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

/** Alerts, each as its latest event with the names of its product and its location, and its deliveries. */
export async function alertsJson(ledger: Ledger, events: readonly AlertEvent[]) {
  const deliveries = await ledger.ask.deliveriesOf(events.map(({ alertID }) => alertID));
  const byAlert = new Map<number, typeof deliveries>();
  for (const delivery of deliveries) {
    const others = byAlert.get(delivery.alertID);
    if (others) others.push(delivery);
    else byAlert.set(delivery.alertID, [delivery]);
  }
  const catalogue = await ledger.catalogue();
  const locations = await ledger.locations();
  return events.map((event) => ({
    ...eventJson(event),
    ...namesIn(catalogue, locations, event),
    deliveries: (byAlert.get(event.alertID) ?? []).map(deliveryJson),
  }));
}

/** The names of the product and the location that an alert is about. */
export async function namesOf(ledger: Ledger, subject: AlertSubject) {
  return namesIn(await ledger.catalogue(), await ledger.locations(), subject);
}

function namesIn(
  catalogue: Catalogue,
  locations: Locations,
  { productID, locationID }: AlertSubject,
) {
  const name = catalogue.get(productID)?.name ?? null;
  if (locationID === 0) return { name };
  return { name, locationName: locations.get(locationID)?.name ?? `Location ${locationID}` };
}
