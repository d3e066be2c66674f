import { secretsOf, withoutSecrets } from '../../app/monitor/secrets';
import { webhookLabel } from '../../app/wire/delivery-target';

const HOOK = 'https://user:pa55word@hooks.example:8443/services/T0/s3cret?token=hush';

const secrets = secretsOf({
  smtpUrl: 'smtp://shop:p%25ss%22word@mail.example:587',
  webhookUrls: [HOOK, 'https://plain.example/'],
  webhookSecret: 'whsec_c2VjcmV0',
  linkSecret: 'a secret of links',
  monitorKey: '0123456789abcdef0123456789abcdef',
});

test.each([
  [`no answer from ${HOOK}`, 'no answer from ***'],
  ['404 at /services/T0/s3cret?token=hush', '404 at ***'],
  ['cannot route /services/T0/s3cret', 'cannot route ***'],
  ['535 shop with p%ss"word', '535 shop with ***'],
  ['535 shop with p%25ss%22word', '535 shop with ***'],
  [JSON.stringify({ said: 'p%ss"word' }), '{"said":"***"}'],
  [`535 ${Buffer.from('\0shop\0p%ss"word').toString('base64')}`, '535 ***'],
  ['signed by whsec_c2VjcmV0', 'signed by ***'],
  ['a link by a secret of links', 'a link by ***'],
  ['Bearer 0123456789abcdef0123456789abcdef', 'Bearer ***'],
  [
    `getaddrinfo ENOTFOUND hooks.example, ${webhookLabel(HOOK)}`,
    `getaddrinfo ENOTFOUND hooks.example, ${webhookLabel(HOOK)}`,
  ],
])('%j is shown as %j', (said, shown) => {
  expect(withoutSecrets(said, secrets)).toBe(shown);
});

test('a label names the host, and differs from others of the host', () => {
  const label = webhookLabel(HOOK);
  expect(label).toMatch(/^hooks\.example:8443#[0-9a-f]{12}$/);
  expect(webhookLabel(label)).toBe(label);
  expect(webhookLabel(`${HOOK}2`)).not.toBe(label);
});
