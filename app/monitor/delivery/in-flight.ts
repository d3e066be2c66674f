import { hostOfLabel, webhookLabel } from '../../wire/delivery-target';
import type { Message } from './message';

/** Mails that are sent at a time, all by the one mail server; one to each address. */
const MAILS_AT_ONCE = 8;

/**
 * Webhooks that are sent at a time to one host. A host that hangs delays only its own webhooks. The settings name at most
 * RECIPIENTS_MAX hosts, so the total needs no limit.
 */
const WEBHOOKS_AT_ONCE = 2;

/** The messages that are being sent. It limits how many go to one target and to one place at a time. */
export class InFlight {
  /** A target has one message at a time, so that a slow one delays no other. */
  readonly #targets = new Set<string>();
  /** How many messages go to each place. */
  readonly #places = new Map<string, number>();

  /** Counts a message as being sent, if there is room for it. @returns whether there is */
  begin(message: Message): boolean {
    const { channel, target } = message;
    const place = placeOf(message);
    const count = this.#places.get(place) ?? 0;
    const atOnce = channel === 'mail' ? MAILS_AT_ONCE : WEBHOOKS_AT_ONCE;
    if (count >= atOnce || this.#targets.has(target)) return false;
    this.#targets.add(target);
    this.#places.set(place, count + 1);
    return true;
  }

  /** The message is sent, or has failed. */
  end(message: Message): void {
    const place = placeOf(message);
    this.#targets.delete(message.target);
    const left = (this.#places.get(place) ?? 1) - 1;
    if (left > 0) this.#places.set(place, left);
    else this.#places.delete(place);
  }
}

/** The server that messages share: the mail server, or the host of a webhook. */
function placeOf({ channel, target }: Message): string {
  return channel === 'mail' ? 'the mail server' : hostOfLabel(webhookLabel(target));
}
