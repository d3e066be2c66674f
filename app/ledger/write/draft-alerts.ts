import type { AlertEvent } from '../alert';
import type { AlertCommand, AlertRefusal } from '../alert-command';
import type { Alerts } from '../alerts';
import { decideAlert } from '../decide-alert';
import { type DeliveryStep, firstStep } from '../delivery';
import { knownOf, unknownFields } from '../finding';
import type { StampAndLimits, TurnFacts } from './turn-facts';

/** The changes of alerts in a draft, each decided by itself. */
export class AlertDraft {
  /** The events to append. */
  readonly events: AlertEvent[] = [];
  /** The first steps of the deliveries for these events. */
  readonly deliveries: DeliveryStep[] = [];
  readonly #stamp: StampAndLimits;
  readonly #alerts: Alerts;
  readonly #today: string;

  constructor(alerts: Alerts, stamp: StampAndLimits, today: string) {
    this.#today = today;
    this.#alerts = alerts.layer();
    this.#stamp = stamp;
  }

  /** @param now stock and catalogue as this draft leaves them */
  decide(
    commands: readonly AlertCommand[],
    actor: string | null,
    now: Pick<TurnFacts, 'stock' | 'catalogue'>,
  ): (AlertEvent | AlertRefusal)[] {
    return commands.map((command) => this.#decideOne(command, actor, now));
  }

  #decideOne(
    command: AlertCommand,
    actor: string | null,
    { stock, catalogue }: Pick<TurnFacts, 'stock' | 'catalogue'>,
  ): AlertEvent | AlertRefusal {
    const { productID } = command;
    const { now, turnMark, alertEventsLimit } = this.#stamp;
    if (command.kind !== 'handle') {
      // HTTP checks this, too, to name every fault. What is recorded is decided here, on the ledger in this turn.
      const fields = unknownFields(command, knownOf(command, stock, catalogue));
      if (fields.length > 0) return { refusal: 'not-in-ledger', productID, fields };
    }
    const latest = this.#alerts.ofProduct(productID);
    const at = { now, today: this.#today };
    const decision = decideAlert(latest, command, at, alertEventsLimit);
    if ('refusal' in decision || 'event' in decision) return decision;
    const event = (this.#alerts.last?.event ?? 0) + 1;
    const { of, ...said } = decision;
    const appended: AlertEvent = {
      ...said,
      event,
      alertID: of?.alertID ?? event,
      openedAt: of?.openedAt ?? now,
      recordedAt: now,
      actor,
      turnMark,
    };
    this.#alerts.fold([appended]);
    this.events.push(appended);
    const deliveries = command.kind === 'handle' ? [] : (command.deliveries ?? []);
    for (const [index, delivery] of deliveries.entries()) {
      this.deliveries.push(firstStep(appended, index + 1, delivery, now));
    }
    return appended;
  }
}
