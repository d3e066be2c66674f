import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Configuration, JWKS } from 'oidc-provider';

/**
 * A process that is a real OpenID provider, with one client. `node openid-provider-host.ts PORT CLIENT_SECRET REDIRECT_URI…`
 * prints its port, and ends when its standard input does. Everybody signs in there with any name, and no question of consent.
 * `POST /test/forge` with claims as JSON puts these into the ID tokens from then on; the claim `otherKey` has them signed by a
 * key that the provider does not publish.
 */
const [port = '0', clientSecret = '', ...redirectURIs] = process.argv.slice(2);

async function main(): Promise<void> {
  const { Provider } = await import('oidc-provider');
  const [own, other] = await Promise.all([newKey(), newKey()]);
  let forged: Record<string, unknown> | undefined;
  const server = createServer((req, res) => {
    if (req.url !== '/test/forge') return void answer(req, res);
    void json(req).then((claims) => {
      forged = claims as typeof forged;
      res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
  const taken = (server.address() as AddressInfo).port;
  const issuer = `http://127.0.0.1:${taken}`;
  const jwks = { keys: [{ ...(await exportJWK(own.privateKey)), ...own.names }] } as JWKS;
  const provider = new Provider(issuer, configuration(jwks));
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if (forged === undefined || body?.id_token === undefined) return;
    const { otherKey, ...claims } = forged;
    const key = otherKey ? other : own;
    body.id_token = await new SignJWT({ ...decodeJwt(body.id_token), ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: own.names.kid })
      .sign(key.privateKey);
  });
  const answer = provider.callback();
  console.log(taken);
}

async function newKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, names: { alg: 'RS256', use: 'sig', kid: 'the-key' } };
}

function configuration(jwks: JWKS): Configuration {
  return {
    jwks,
    clients: [
      {
        client_id: 'shop',
        client_secret: clientSecret,
        redirect_uris: redirectURIs,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['for tests'] },
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      const grant = new provider.Grant({
        clientId: client?.clientId as string,
        accountId: session?.accountId as string,
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  };
}

process.stdin.resume().on('end', () => process.exit());
void main();
