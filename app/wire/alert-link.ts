import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link in a mail does to an alert. */
export const LINK_ACTIONS = ['acknowledge', 'order', 'snooze'] as const;

export type LinkAction = (typeof LINK_ACTIONS)[number];

/** What a link says: which alert, what to do about it, who got it, and until when it can be used. */
export interface AlertLink {
  readonly alertID: number;
  readonly action: LinkAction;
  /** The mail address that it was sent to. */
  readonly by: string;
  /** Seconds since the epoch. */
  readonly expires: number;
}

/** A link to a page that does something about an alert, signed so that nobody can alter or guess it. */
export function alertLink(publicUrl: string, secret: string, link: AlertLink): string {
  const { alertID, action, by, expires } = link;
  const query = new URLSearchParams({ do: action, by, expires: String(expires) });
  return `${publicUrl}/alerts/${alertID}/act?${query}&signature=${signature(secret, link)}`;
}

/** Whether a link was made with this secret as it is. Compared in constant time. */
export function isSigned(secret: string, link: AlertLink, given: string): boolean {
  const expected = Buffer.from(signature(secret, link));
  const found = Buffer.from(given);
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/** HMAC-SHA256 (RFC 2104), in base64url. */
function signature(secret: string, { alertID, action, by, expires }: AlertLink): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([alertID, action, expires, by]))
    .digest('base64url');
}
