import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The service reserves a place for its own monitor, and accepts findings and outcomes of deliveries from nobody else. The
 * monitor sends a pass in MONITOR_PASS_HEADER: a time, in seconds since the epoch, and its HMAC with LINK_SECRET, which
 * both know. Without that secret there is no pass, and the service requires none.
 */

/** How long a pass holds, before and after its time, since the clocks of two machines differ. */
export const PASS_VALID_SECONDS = 300;

export function monitorPass(secret: string, now: Date): string {
  const moment = Math.floor(now.getTime() / 1_000);
  return `${moment}.${signature(secret, moment)}`;
}

/** Whether a pass was made with this secret, a short while ago. Compared in constant time. */
export function isMonitorPass(secret: string, pass: string, now: Date): boolean {
  const [, digits = '', given = ''] = /^([0-9]{1,12})\.([\w-]{1,100})$/.exec(pass) ?? [];
  const moment = Number(digits);
  if (digits === '' || Math.abs(now.getTime() / 1_000 - moment) > PASS_VALID_SECONDS) return false;
  const [expected, found] = [Buffer.from(signature(secret, moment)), Buffer.from(given)];
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/** HMAC-SHA256 (RFC 2104), in base64url, of a text that no link of a mail has. */
function signature(secret: string, moment: number): string {
  return createHmac('sha256', secret).update(`monitor pass ${moment}`).digest('base64url');
}
