import { createHash } from 'node:crypto';

/**
 * How the ledger, answers and logs name a target: a mail address, or the label of a webhook. The URL of a webhook is a
 * secret, because anybody who has it can post there. Only the monitor's settings contain it.
 */

/** A text that every mail program takes for exactly one address. */
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,135}$/;

export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** A host, with its port if it has one, and the mark that tells its webhooks apart. */
const LABEL = /^[^\s/@?#]{1,300}#[0-9a-f]{12}$/;

/** Hexadecimal digits of the mark: far too few to guess a URL by, enough for any number of webhooks. */
const MARK_DIGITS = 12;

/** Whether a text is the label of a webhook. */
export function isWebhookLabel(text: string): boolean {
  return LABEL.test(text);
}

/**
 * The label of a webhook, such as `hooks.example#1f0c9a7be254`: the host of its URL, and a mark made from the whole URL.
 * A label stays as it is. So rows that were written with whole URLs mean the same webhook.
 */
export function webhookLabel(target: string): string {
  if (isWebhookLabel(target)) return target;
  const host = URL.canParse(target) ? new URL(target).host.slice(0, 300) : '';
  const mark = createHash('sha256').update(target).digest('hex').slice(0, MARK_DIGITS);
  return `${host || 'webhook'}#${mark}`;
}

/** The host of a webhook, from its label: targets of one host share its limit. */
export function hostOfLabel(label: string): string {
  return label.split('#')[0] ?? label;
}
