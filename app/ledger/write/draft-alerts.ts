import type { AlertEvent } from '../alert';
import type { AlertCommand, AlertRefusal } from '../alert-command';
import { subjectOf } from '../alert-subject';
import type { Alerts } from '../alerts';
import { decideAlert } from '../decide-alert';
import { type DeliveryStep, firstStep } from '../delivery';
import { type FindingFacts, knownOf, unknownFields } from '../finding';
import type { StampAndLimits } from './turn-facts';

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

  /** @param facts stock, catalogue and locations as this draft leaves them */
  decide(
    commands: readonly AlertCommand[],
    actor: string | null,
    facts: FindingFacts,
  ): (AlertEvent | AlertRefusal)[] {
    return commands.map((command) => this.#decideOne(command, actor, facts));
  }

  #decideOne(
    command: AlertCommand,
    actor: string | null,
    facts: FindingFacts,
  ): AlertEvent | AlertRefusal {
    const { now, turnMark, alertEventsLimit } = this.#stamp;
    if (command.kind !== 'handle') {
      // HTTP checks this, too, to name every fault. What is recorded is decided here, on the ledger in this turn.
      const fields = unknownFields(command, knownOf(command, facts));
      if (fields.length > 0) return { refusal: 'not-in-ledger', ...subjectOf(command), fields };
    }
    const latest = this.#alerts.of(command);
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
