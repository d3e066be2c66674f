import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { newApiKey } from '../../../app/http/access/api-key';
import { Provider } from '../../../app/http/access/provider/provider';
import { CLIENT_SECRET, OpenIDProvider } from '../../servers/openid-provider';
import { type LedgerPlace, sqlitePlace, usePlace } from '../../stores';
import { expectProblem } from '../problem-answer';
import { startService, type TestService } from '../service';

const PUBLIC_URL = 'http://localhost:5000';

const place: () => LedgerPlace = usePlace(sqlitePlace);
let lines: string[];
let services: TestService[];
beforeEach(() => {
  lines = [];
  services = [];
});
afterEach(() => Promise.all(services.map((service) => service.close())));

/** A service that signs in with this provider, and whose log is kept. */
async function startWith(issuer: string): Promise<TestService> {
  const log = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const settings = {
    ACCESS: 'keys',
    PUBLIC_URL,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'shop',
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
  };
  const service = await startService(place().environment, settings, pino({ level: 'trace' }, log));
  services.push(service);
  return service;
}

describe('a provider that does not answer as one does', () => {
  let server: Server;
  let answer: RequestListener;
  let issuer: string;
  let closed: Promise<void>;
  beforeEach(async () => {
    server = createServer((req, res) => {
      closed = new Promise((resolve) => res.on('close', resolve));
      answer(req, res);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const json = { 'Content-Type': 'application/json' };
  const cases: [string, string, RequestListener][] = [
    [
      'sends without end',
      'AnswerTooLong',
      (_req, res) => {
        res.writeHead(200, json);
        const more = () => {
          while (!res.destroyed && res.write(' '.repeat(65_536)));
        };
        res.on('drain', more);
        more();
      },
    ],
    ['never answers', 'OAUTH_TIMEOUT', () => {}],
    [
      'never ends its answer',
      'OAUTH_TIMEOUT',
      (_req, res) => {
        res.writeHead(200, json).write('{');
      },
    ],
    [
      'sends the browser elsewhere',
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
      (_req, res) => {
        res.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end();
      },
    ],
    [
      'sends no JSON',
      'OAUTH_RESPONSE_IS_NOT_JSON',
      (_req, res) => {
        res.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Hello');
      },
    ],
    [
      'says that it is another',
      'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
      (_req, res) => {
        res.writeHead(200, json).end(JSON.stringify({ issuer: 'https://evil.example' }));
      },
    ],
  ];

  test.each(cases)(
    'that %s: it is said, and the connection ends',
    async (_name, reason, listener) => {
      answer = listener;
      const service = await startWith(issuer);
      const refused = await service.ask.post('/sign-in/provider').send({});
      expectProblem(refused, 'provider-unavailable');
      await closed;
      expect(lines.map((line) => JSON.parse(line))).toContainEqual(
        expect.objectContaining({ kind: 'provider-down', reason }),
      );
    },
  );

  test('all who wait for it wait for one answer, and the next one asks again', async () => {
    let asked = 0;
    answer = (_req, res) => {
      asked += 1;
      res.writeHead(500).end();
    };
    const names = { issuer, clientID: 'shop', clientSecret: CLIENT_SECRET };
    const provider = new Provider(names, () => {});
    const begin = () => provider.begin(`${PUBLIC_URL}/sign-in/provider/callback`);
    const several = Array.from({ length: 5 }, () =>
      expect(begin()).rejects.toThrow('provider-down'),
    );
    await Promise.all(several);
    expect(asked).toBe(1);
    await expect(begin()).rejects.toThrow('provider-down');
    expect(asked).toBe(2);
  });
});

test('the log has neither a code, nor a state, nor a token, nor the secret', async () => {
  const provider = await OpenIDProvider.start([PUBLIC_URL]);
  const service = await startWith(provider.issuer);
  const begun = await service.ask.post('/sign-in/provider').send({});
  const back = await provider.signIn(begun.body.url, 'ann-7');
  const cookie = String(begun.headers['set-cookie']).split(';')[0] as string;
  for (const expected of ['unknown-account', 'bad-answer']) {
    const answer = await service.ask.get(back.pathname + back.search).set('Cookie', cookie);
    expect(answer.headers.location).toBe(`/#/not-signed-in/${expected}`);
  }
  // Not even if somebody, or a proxy, writes the URL in another way.
  await service.ask.get(`${back.pathname}/${back.search}`).set('Cookie', cookie);
  const key = newApiKey();
  await service.ask.get(`/me?access_token=${key}`).expect(401);
  await service.ask.get(`/sign-in/${back.searchParams.get('state')}`).expect(404);
  const log = lines.join('');
  expect(log).toContain('"url":"/sign-in/provider/callback?…"');
  expect(log).toContain('"url":"/me?access_token=…"');
  expect(log).toContain('"reason":"OAUTH_RESPONSE_BODY_ERROR invalid_grant"');
  const secrets = [
    CLIENT_SECRET,
    back.searchParams.get('code') as string,
    back.searchParams.get('state') as string,
    cookie.split('=')[1] as string,
    'ann-7',
    key,
  ];
  for (const secret of secrets) expect(log).not.toContain(secret);
  await provider.stop();
});
