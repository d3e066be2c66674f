import { z } from 'zod';
import { type Environment, setting, signingSecret, text } from './setting-table';

const ISSUER_EXPECTED =
  'must be the https URL of the provider as it names itself, such as https://accounts.example.com';

/** Hosts of this machine, of which no request leaves it: there http will do. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An issuer (OpenID Connect Discovery 1.0, section 3). It is compared as it stands, so a slash at its end stays. */
const issuer = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(value);
  const isPlain = `${search}${hash}${username}${password}` === '';
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)));
}, ISSUER_EXPECTED);

/** The settings that name a provider with which people sign in: all of them, or none. */
export const PROVIDER_SETTINGS = {
  oidcIssuer: setting(
    'OIDC_ISSUER',
    issuer.optional(),
    undefined,
    'OpenID provider with which people may sign in on the page, by its URL. It needs OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL and ACCESS=keys.',
  ),
  oidcClientID: setting(
    'OIDC_CLIENT_ID',
    text.optional(),
    undefined,
    'The name under which the provider knows the service.',
  ),
  oidcClientSecret: setting(
    'OIDC_CLIENT_SECRET',
    signingSecret.optional(),
    undefined,
    'The secret that the provider gave with that name. It also protects the cookie that waits while somebody is at the provider.',
    { isSecret: true },
  ),
} as const;

/** What they must fit. */
interface ProviderConfig {
  readonly access: 'open' | 'keys';
  readonly oidcIssuer?: string | undefined;
  readonly oidcClientID?: string | undefined;
  readonly oidcClientSecret?: string | undefined;
}

/** Faults of these settings together, in one line. PUBLIC_URL has a default, and the provider has to know the real one. */
export function providerMisfits(config: ProviderConfig, env: Environment): string[] {
  const { access, oidcIssuer, oidcClientID, oidcClientSecret } = config;
  const needed = [
    ['OIDC_ISSUER', oidcIssuer],
    ['OIDC_CLIENT_ID', oidcClientID],
    ['OIDC_CLIENT_SECRET', oidcClientSecret],
    ['PUBLIC_URL', env.PUBLIC_URL],
    ['ACCESS=keys', access === 'keys'],
  ] as const;
  if (!oidcIssuer && !oidcClientID && !oidcClientSecret) return [];
  const missing = needed.filter(([, value]) => !value).map(([name]) => name);
  if (missing.length === 0) return [];
  return [
    `To sign in with an OpenID provider, ${missing.join(' and ')} must be set, too; without a provider leave OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET out`,
  ];
}
