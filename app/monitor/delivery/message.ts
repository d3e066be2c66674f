import type { Delivery } from '../../wire/deliveries';

/** Deliveries in one message, at most: the others come with the next. */
const DELIVERIES_MAX = 500;

/** Deliveries that go in one message. */
export interface Message {
  readonly channel: Delivery['channel'];
  readonly target: string;
  /** The message's name, where it was tried before; it keeps it. */
  readonly messageID: string | null;
  readonly deliveries: readonly Delivery[];
}

/**
 * The messages that are due. One that was tried before is the same again. Of the others each webhook goes alone;
 * the mails to one address that are due go together, since a digest is what came due at its moment, but for those
 * that were due as soon as they were made, which are urgent and go alone.
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
