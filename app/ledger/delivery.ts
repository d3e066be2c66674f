/** The ways to notify somebody. */
export const CHANNELS = ['mail', 'webhook'] as const;

type Channel = (typeof CHANNELS)[number];

/** The states of a delivery. `delivered` and `dead` are final. */
export const DELIVERY_STATUSES = ['pending', 'sending', 'failed', 'delivered', 'dead'] as const;

type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** A recipient to notify about an event. */
export interface NewDelivery {
  readonly channel: Channel;
  /** A mail address, or the label of a webhook. Rows of earlier versions have its whole URL. */
  readonly target: string;
  /** When to send it, at the earliest; null for at once. */
  readonly notBefore: Date | null;
}

/**
 * One step of a delivery. The first step is appended in one transaction with its event. Each try appends
 * two more: a claim and an outcome. The latest step is what holds. No step is ever changed.
 */
export interface DeliveryStep extends Pick<NewDelivery, 'channel' | 'target'> {
  /** The event, its alert, and the number of this delivery among those of the event: 1, 2, 3, … */
  readonly event: number;
  readonly alertID: number;
  readonly line: number;
  /** 1 for the first step, which is pending. */
  readonly step: number;
  readonly status: DeliveryStatus;
  /** Tries that were begun. */
  readonly tries: number;
  /** The message that carries it, the same in every try; null before the first try. */
  readonly messageID: string | null;
  /** The random mark of the try, known only to the process that makes it. */
  readonly claim: string | null;
  /** Pending or failed: no try before this. Sending: the claim ends then. Null once it is finished. */
  readonly notBefore: Date | null;
  /** Why the last try failed, in one line. */
  readonly error: string | null;
  readonly recordedAt: Date;
}

/** What names a delivery. */
export type DeliveryName = Pick<DeliveryStep, 'event' | 'line'>;

/** "I am about to send these deliveries, in one message." */
export interface Claim {
  readonly deliveries: readonly DeliveryName[];
  /** The message's name, the same in every try. */
  readonly messageID: string;
  /** The name of this try. */
  readonly claim: string;
  /** When the claim ends, and others may try. */
  readonly until: Date;
}

/** The outcome of a try. */
export interface DeliveryOutcome {
  readonly deliveries: readonly DeliveryName[];
  readonly claim: string;
  readonly status: 'delivered' | 'failed' | 'dead';
  /** Failed: no other try before this. */
  readonly retryAt: Date | null;
  readonly error: string | null;
}

/** The first step of a delivery. */
export function firstStep(
  { event, alertID }: Pick<DeliveryStep, 'event' | 'alertID'>,
  line: number,
  { channel, target, notBefore }: NewDelivery,
  recordedAt: Date,
): DeliveryStep {
  const untried = { tries: 0, messageID: null, claim: null, error: null } as const;
  return {
    event,
    alertID,
    line,
    step: 1,
    status: 'pending',
    channel,
    target,
    ...untried,
    notBefore,
    recordedAt,
  };
}

/** Whether a delivery is in a final state. */
function isFinished({ status }: Pick<DeliveryStep, 'status'>): boolean {
  return status === 'delivered' || status === 'dead';
}

/**
 * The steps that a claim appends: one for each delivery that is due, unfinished, and not part of another message.
 *
 * @param latest the latest step of each delivery that it names
 */
export function claimSteps(
  latest: readonly DeliveryStep[],
  { messageID, claim, until }: Claim,
  now: Date,
): DeliveryStep[] {
  return latest
    .filter(
      (step) =>
        !isFinished(step) &&
        (step.notBefore === null || step.notBefore <= now) &&
        (step.messageID === null || step.messageID === messageID),
    )
    .map((step) => ({
      ...next(step, now),
      status: 'sending',
      tries: step.tries + 1,
      messageID,
      claim,
      notBefore: until,
      error: null,
    }));
}

/** Whether a claim holds a delivery already: its answer was lost, and it is asked again. */
export function isHeld(step: DeliveryStep, { claim, messageID }: Claim, now: Date): boolean {
  const isIts = step.claim === claim && step.messageID === messageID;
  return isIts && step.status === 'sending' && step.notBefore !== null && step.notBefore > now;
}

/**
 * The steps that an outcome appends: one for each delivery that the claim holds. A claim that has ended still holds a
 * delivery until another claim takes it, because a message that was sent late was sent.
 */
export function outcomeSteps(
  latest: readonly DeliveryStep[],
  { claim, status, retryAt, error }: DeliveryOutcome,
  now: Date,
): DeliveryStep[] {
  return latest
    .filter((step) => step.status === 'sending' && step.claim === claim)
    .map((step) => ({
      ...next(step, now),
      status,
      notBefore: status === 'failed' ? retryAt : null,
      error,
    }));
}

function next(step: DeliveryStep, now: Date): DeliveryStep {
  return { ...step, step: step.step + 1, recordedAt: now };
}
