import { isIP } from 'node:net';
import { Problem } from '../problems/problem';

/** The site that passkeys of this service belong to. */
export interface PasskeySite {
  /** The host that a passkey is bound to (https://www.w3.org/TR/webauthn-3/#relying-party-identifier). */
  readonly rpID: string;
  /** Where the page is that asks for it. */
  readonly origin: string;
}

/**
 * The site of passkeys, by where people reach the service. Browsers have passkeys by HTTPS only, or on localhost, and never for
 * an IP address: undefined there.
 */
export function passkeySite(publicUrl: string | undefined): PasskeySite | undefined {
  if (publicUrl === undefined) return undefined;
  const { protocol, hostname, origin } = new URL(publicUrl);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (isAddress || (protocol !== 'https:' && !isLocal)) return undefined;
  return { rpID: hostname, origin };
}

/** What to do where there are none. */
export const NO_PASSKEY_SITE =
  'Passkeys need a PUBLIC_URL that begins with https:// and has a name, not an IP address; http://localhost will do on one machine.';

/** The site that passkeys belong to. @throws Problem `no-passkeys` */
export function requireSite(site: PasskeySite | undefined): PasskeySite {
  if (site) return site;
  throw new Problem('no-passkeys', `${NO_PASSKEY_SITE} They also need ACCESS=keys.`);
}
