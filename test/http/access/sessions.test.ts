import { request } from 'node:http';
import { newSecret } from '../../../app/http/access/secret';
import { eventually } from '../../browser/eventually';
import { onEveryStore } from '../../stores';
import { expectProblem } from '../problem-answer';
import { startService, type TestService } from '../service';
import { bearer, makeKey, startBoth } from './keys-service';

/** What a cookie is called by a service that people reach at this address. */
const PLAIN = 'inventory-session-5000';
const SECURE_URL = 'https://shop.example';
const SECURE = '__Host-inventory-session';

/** What names another address: the service believes it of nobody. */
const FORWARDED = {
  Forwarded: 'host=evil.example;proto=https',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': 'https',
  'X-Original-URL': 'https://evil.example/',
};

onEveryStore((place) => {
  let both: Awaited<ReturnType<typeof startBoth>>;
  beforeEach(async () => {
    both = await startBoth(place());
  });
  afterEach(() => both.close());

  const invite = async (name: string) => {
    const sent = both.open.ask.post('/invitations').send({ name, role: 'clerk' });
    return (await sent.expect(201)).body.link.split('/').at(-1) as string;
  };
  /** Signs in. @returns the secret in the cookie, and the whole cookie */
  const signIn = async (name: string, had = '', service: TestService = both.service) => {
    const asked = service.ask.post('/sessions').set('Cookie', had).set(FORWARDED);
    const answer = await asked.send({ invitation: await invite(name) }).expect(204);
    const cookies = answer.headers['set-cookie'] as unknown as string[];
    expect(cookies).toHaveLength(1);
    const [cookie = ''] = cookies;
    return { cookie, secret: /=([\w-]{43});/.exec(cookie)?.[1] as string };
  };
  const me = (secret: string, service: TestService = both.service, name = PLAIN) =>
    service.ask.get('/me').set('Cookie', `${name}=${secret}`);

  test('a session that was there before is never taken over', async () => {
    const eve = await signIn('eve');
    const unused = newSecret();
    for (const had of [eve.secret, unused, `${unused}; ${PLAIN}=${eve.secret}`]) {
      const ann = await signIn('ann', `${PLAIN}=${had}`);
      expect([eve.secret, unused]).not.toContain(ann.secret);
      expect((await me(ann.secret)).body.actor).toBe('person:ann');
    }
    expect((await me(eve.secret)).body.actor).toBe('person:eve');
    expectProblem(await me(unused), 'sign-in-required');
  });

  test('a secret is taken from the cookie alone, and a key from the header alone', async () => {
    const { secret } = await signIn('ann');
    const { key } = await makeKey(both.open, 'till-7', ['stock:read']);
    expectProblem(await both.service.ask.get('/me').set(bearer(secret)), 'sign-in-required');
    expectProblem(await me(key), 'sign-in-required');
    for (const path of [`/me?session=${secret}`, `/me?${PLAIN}=${secret}`, `/me?key=${key}`]) {
      expect((await both.service.ask.get(path)).status).toBe(401);
    }
    for (const name of ['inventory-session', SECURE, 'inventory-session-5001', 'session']) {
      expectProblem(await me(secret, both.service, name), 'sign-in-required');
    }
  });

  test.each([
    ['http://localhost:5000', PLAIN, ''],
    [SECURE_URL, SECURE, ' Secure;'],
    [`${SECURE_URL}/inventory`, SECURE, ' Secure;'],
  ])(
    'at %s the cookie is %s, when it is set and when it is cleared',
    async (PUBLIC_URL, name, secure) => {
      const service = await startService(place().environment, { ACCESS: 'keys', PUBLIC_URL });
      const { cookie, secret } = await signIn('ann', '', service);
      const [pair, ...attributes] = cookie.split('; ');
      expect(pair).toBe(`${name}=${secret}`);
      const flags = [...secure.trim().split(';').filter(Boolean), 'SameSite=Strict'];
      const expected = ['Path=/', expect.stringMatching(/^Expires=/), 'HttpOnly', ...flags];
      expect(attributes).toEqual(expected);
      const { sessionID } = (await me(secret, service, name).expect(200)).body;
      // A name that other hosts of the domain could have set is not taken.
      if (name === SECURE) expectProblem(await me(secret, service, PLAIN), 'sign-in-required');
      const left = service.ask.delete(`/sessions/${sessionID}`).set('Cookie', `${name}=${secret}`);
      const [cleared = ''] = (await left.expect(204)).headers['set-cookie'] as unknown as string[];
      expect(cleared.split('; ')).toEqual([`${name}=`, ...expected]);
      expect(cleared).toContain('Expires=Thu, 01 Jan 1970');
      await service.close();
    },
  );

  test('one of two sessions of a person is signed out: its cookie is worth nothing anywhere, the other goes on', async () => {
    const other = await startService(place().environment, { ACCESS: 'keys' });
    const till = await signIn('ann');
    const phone = await signIn('ann');
    expect(phone.secret).not.toBe(till.secret);
    const { sessionID, personID } = (await me(till.secret).expect(200)).body;
    expect((await me(phone.secret, other).expect(200)).body).toMatchObject({ personID });
    await me(till.secret, other).expect(200);
    const stream = streamOf(both.service.port, till.secret);
    await stream.opened;

    const asTill = { Cookie: `${PLAIN}=${till.secret}` };
    await both.service.ask.delete(`/sessions/${sessionID}`).set(asTill).expect(204);
    const count = { productID: 1, availableQuantity: 4 };
    for (const asked of [
      me(till.secret),
      both.service.ask.get('/inventory').set(asTill),
      both.service.ask.post('/inventory').set(asTill).send(count),
      both.service.ask.delete(`/sessions/${sessionID}`).set(asTill),
      both.service.ask.post('/passkeys/options').set(asTill),
    ]) {
      expectProblem(await asked, 'sign-in-required');
    }
    await stream.ended;
    await eventually(async () => expectProblem(await me(till.secret, other), 'sign-in-required'));
    await me(phone.secret).expect(200);
    await me(phone.secret, other).expect(200);
    expect((await both.open.ask.get('/readyz')).body.record).toBe(0);
    await other.close();
  });

  test('a host that is not ours gets nothing, whoever asks and whatever proxies say', async () => {
    const behind = await startService(place().environment, {
      ACCESS: 'keys',
      TRUST_PROXY: '127.0.0.1',
    });
    const { secret } = await signIn('ann');
    const { key } = await makeKey(both.open, 'till-7', ['stock:read']);
    const ours = { 'X-Forwarded-Host': 'localhost', Forwarded: 'host=localhost' };
    for (const service of [both.service, behind]) {
      for (const shown of [{ Cookie: `${PLAIN}=${secret}` }, bearer(key), {}]) {
        for (const Host of [
          'evil.example',
          'evil.example:5000',
          'localhost.evil.example',
          '127.1',
        ]) {
          const asked = service.ask.get('/me').set({ ...shown, ...ours, Host });
          expectProblem(await asked, 'misdirected-request');
          const left = service.ask.post('/sessions').set({ ...shown, ...ours, Host });
          const refused = await left.send({ invitation: await invite('eve') });
          expectProblem(refused, 'misdirected-request');
          expect(refused.headers).not.toHaveProperty('set-cookie');
        }
      }
      // What they say does not make a host of ours another one.
      const asked = service.ask.get('/me').set('Cookie', `${PLAIN}=${secret}`);
      await asked.set({ ...FORWARDED, Host: 'localhost:5000' }).expect(200);
    }
    await behind.close();
  });
});

/** A live stream of records, as the page has it. */
function streamOf(port: number, secret: string) {
  const headers = { Accept: 'text/event-stream', Cookie: `${PLAIN}=${secret}` };
  const asked = request({ host: '127.0.0.1', port, path: '/records', headers }).end();
  let opened = () => {};
  const isOpen = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    asked.once('response', (answer) => {
      expect(answer.statusCode).toBe(200);
      opened();
      answer.resume().once('close', resolve);
    });
  });
  return { opened: isOpen, ended };
}
