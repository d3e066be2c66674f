import { webhookLabel } from '../wire/delivery-target';
import type { MonitorSettings } from './settings';

/** A text this short occurs in many words. It is no secret, and removing it would garble messages. */
const SECRET_MIN = 4;

type SecretSettings = Pick<
  MonitorSettings,
  'smtpUrl' | 'webhookUrls' | 'webhookSecret' | 'linkSecret' | 'monitorKey'
>;

/**
 * The texts that no log and no error may contain. A server may repeat what it was sent, and a library may name what it
 * failed at. The longest come first, so that a whole URL is removed before its path.
 */
export function secretsOf(settings: SecretSettings): string[] {
  const { smtpUrl, webhookUrls, webhookSecret, linkSecret, monitorKey } = settings;
  const secrets = [webhookSecret, linkSecret, monitorKey, ...webhookUrls.flatMap(partsOfWebhook)];
  if (smtpUrl !== undefined) secrets.push(...partsOfMailServer(smtpUrl));
  return asLogged(secrets);
}

/** Secrets in the forms in which a log line may have them, the longest first. */
export function asLogged(secrets: readonly (string | undefined)[]): string[] {
  return (
    [...new Set(secrets)]
      .filter((secret): secret is string => secret !== undefined && secret.length >= SECRET_MIN)
      // A log line is JSON, in which some characters are escaped.
      .flatMap((secret) => [...new Set([secret, JSON.stringify(secret).slice(1, -1)])])
      .sort((a, b) => b.length - a.length)
  );
}

/** A text without the secrets. Not even a part of a webhook's URL remains. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

function partsOfWebhook(url: string): string[] {
  const { href, pathname, search, username, password } = new URL(url);
  const path = pathname === '/' ? '' : pathname;
  return [url, href, path + search, path, search, username, password].filter(
    (part) => part !== '' && part !== webhookLabel(url),
  );
}

/** A password as in the URL, in plain text, and as SMTP sends it (RFC 4616, and AUTH LOGIN). */
function partsOfMailServer(url: string): string[] {
  const { href, username, password } = new URL(url);
  if (password === '') return [];
  const [user, plain] = [decodeURIComponent(username), decodeURIComponent(password)];
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return [url, href, password, plain, base64(plain), base64(`\0${user}\0${plain}`)];
}
