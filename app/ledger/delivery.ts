/** The ways by which somebody is told. */
export const CHANNELS = ['mail', 'webhook'] as const;

export type Channel = (typeof CHANNELS)[number];

/** The states of a delivery; `delivered` and `dead` are for good. */
export const DELIVERY_STATUSES = ['pending', 'sending', 'failed', 'delivered', 'dead'] as const;

export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Somebody who is to be told of an event, not before a moment. */
export interface NewDelivery {
  readonly channel: Channel;
  /** A mail address, or the label of a webhook. Rows of earlier versions have its whole URL. */
  readonly target: string;
  /** Null for at once. */
  readonly notBefore: Date | null;
}

/**
 * One step of a delivery. It is appended with the event that it tells of, in the same transaction; each
 * try appends a claim and an outcome. The latest step is what holds, and none is ever changed.
 */
export interface DeliveryStep extends Pick<NewDelivery, 'channel' | 'target'> {
  /** The event that is told, its alert, and which of those told of it this is: 1, 2, 3, … */
  readonly event: number;
  readonly alertID: number;
  readonly line: number;
  /** 1 for the first step, which is pending. */
  readonly step: number;
  readonly status: DeliveryStatus;
  /** Tries begun so far. */
  readonly tries: number;
  /** The message that tells it, once there is one; the same in every try. */
  readonly messageID: string | null;
  /** The random mark of the try: a secret of who makes it, told to nobody. */
  readonly claim: string | null;
  /** Pending or failed: no try before this. Sending: the try is given up then. Null at its end. */
  readonly notBefore: Date | null;
  /** Why the last try failed, in one line. */
  readonly error: string | null;
  readonly recordedAt: Date;
}

/** What names a delivery. */
export type DeliveryName = Pick<DeliveryStep, 'event' | 'line'>;

/** "I am about to send these, in one message." */
export interface Claim {
  readonly deliveries: readonly DeliveryName[];
  readonly messageID: string;
  readonly claim: string;
  /** When others may take it that nothing has come of it. */
  readonly until: Date;
}

/** What came of a try. */
export interface DeliveryOutcome {
  readonly deliveries: readonly DeliveryName[];
  readonly claim: string;
  readonly status: 'delivered' | 'failed' | 'dead';
  /** Failed: no other try before this. */
  readonly retryAt: Date | null;
  readonly error: string | null;
}

/** The step by which a delivery begins, with the event that it tells of. */
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

/** Whether nothing more comes of a delivery. */
export function isFinished({ status }: Pick<DeliveryStep, 'status'>): boolean {
  return status === 'delivered' || status === 'dead';
}

/**
 * The steps that a claim appends: of the deliveries that are due, unfinished, and not part of another message.
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

/** Whether a delivery is a claim's already: the answer to it was lost, and it is asked again. */
export function isHeld(step: DeliveryStep, { claim, messageID }: Claim, now: Date): boolean {
  const isIts = step.claim === claim && step.messageID === messageID;
  return isIts && step.status === 'sending' && step.notBefore !== null && step.notBefore > now;
}

/**
 * The steps that an outcome appends: of the deliveries that are the claim's. Nobody else knows what came of the try. One
 * that has run out is its own still until another takes the delivery: what was sent late was sent.
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
