import type { AlertEvent } from '../../../ledger/alert';
import type { DeliveryStep } from '../../../ledger/delivery';
import { markOf } from '../../../ledger/mark';
import { webhookLabel } from '../../../wire/delivery-target';

/** An event in the life of an alert. */
export function eventJson(alertEvent: AlertEvent) {
  const { event, turnMark: _turnMark, ...rest } = alertEvent;
  return { event, mark: markOf(alertEvent, alertEvent.recordedAt), ...rest };
}

/** How telling somebody of an event stands. */
export function deliveryJson(step: DeliveryStep) {
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
