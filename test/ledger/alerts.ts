import type { AlertEvent } from '../../app/ledger/alert';
import { type DeliveryStep, firstStep } from '../../app/ledger/delivery';

/** The time of everything that is made here. */
export const MADE_AT = new Date('2026-11-24T12:00:00.456Z');

/** An event for a test: it opens an alert of product 1, unless the test says otherwise. */
export function alertEvent(event: number, changes: Partial<AlertEvent> = {}): AlertEvent {
  return {
    event,
    alertID: event,
    productID: 1,
    locationID: 0,
    transferID: 0,
    status: 'open',
    kind: 'low',
    record: 20,
    revision: 3,
    availableQuantity: 4,
    threshold: 5,
    daysOfCover: null,
    until: null,
    due: null,
    handledBy: null,
    actor: null,
    note: null,
    openedAt: MADE_AT,
    recordedAt: MADE_AT,
    turnMark: 7,
    ...changes,
  };
}

/** The first step of a delivery that tells Ann of an event, unless the test says otherwise. */
export function pending(
  event: number,
  line = 1,
  changes: Partial<DeliveryStep> = {},
): DeliveryStep {
  const ann = { channel: 'mail', target: 'ann@shop.example', notBefore: MADE_AT } as const;
  return { ...firstStep({ event, alertID: event }, line, ann, MADE_AT), ...changes };
}
