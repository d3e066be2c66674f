import type { Delivery } from '../../wire/deliveries';

/** Deliveries in one message, at most. The others are in the next one. */
const DELIVERIES_MAX = 500;

/** Deliveries that go in one message. */
export interface Message {
  readonly channel: Delivery['channel'];
  readonly target: string;
  /** The message's name, if it was tried before. It keeps the name. */
  readonly messageID: string | null;
  readonly deliveries: readonly Delivery[];
}

/**
 * The messages that are due. A message that was tried before stays the same. Otherwise each webhook is a message of its
 * own. Due mails to one address form one message, the digest. Mails that were due as soon as they were made are urgent, and
 * are sent alone.
 */
export function dueMessages(unfinished: readonly Delivery[], now: Date): Message[] {
  const due = unfinished.filter(
    ({ notBefore }) => notBefore === null || Date.parse(notBefore) <= now.getTime(),
  );
  const groups = new Map<string, Delivery[]>();
  for (const delivery of due) {
    const group = groups.get(groupOf(delivery));
    if (group) group.push(delivery);
    else groups.set(groupOf(delivery), [delivery]);
  }
  return [...groups.values()].map((group) => {
    const deliveries = group.slice(0, DELIVERIES_MAX);
    const [{ channel, target, messageID }] = deliveries as [Delivery, ...Delivery[]];
    return { channel, target, messageID, deliveries };
  });
}

function groupOf({ delivery, channel, target, messageID, notBefore }: Delivery): string {
  if (messageID !== null) return `again ${messageID}`;
  const isDigest = channel === 'mail' && notBefore !== null;
  return isDigest ? `digest ${target}` : `alone ${delivery}`;
}
