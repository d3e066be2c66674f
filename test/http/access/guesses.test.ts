import { newApiKey } from '../../../app/http/access/api-key';
import { newSecret } from '../../../app/http/access/secret';
import { eventually } from '../../browser/eventually';
import { onEveryStore } from '../../stores';
import { expectProblem } from '../problem-answer';
import { startService } from '../service';
import { Authenticator } from './authenticator';
import { bearer, makeKey, startBoth } from './keys-service';

/** What one address may show at once, and how many more a second: half of what all may. */
const BURST = 100;
const PER_SECOND = 5;

/** By then the share is used up even on a busy machine. */
const TRIES_MAX = 3_000;

/** A provider that nobody gets to: what is sent to begin with it is looked at first. */
const PROVIDER = {
  PUBLIC_URL: 'http://localhost:5000',
  OIDC_ISSUER: 'http://127.0.0.1:1',
  OIDC_CLIENT_ID: 'shop',
  OIDC_CLIENT_SECRET: 'the secret of the shop',
};

onEveryStore((place) => {
  let challenge: string;
  let both: Awaited<ReturnType<typeof startBoth>>;
  beforeEach(async () => {
    both = await startBoth(place(), PROVIDER);
    challenge = (await both.service.ask.post('/sign-in/passkey/options').expect(200)).body
      .challenge;
  });
  afterEach(() => both.close());

  const asks = {
    key: () => both.service.ask.get('/inventory').set(bearer(newApiKey())),
    session: () => both.service.ask.get('/inventory').set(cookie(newSecret())),
    invitation: () => both.service.ask.post('/sessions').send({ invitation: newSecret() }),
    'invitation at the provider': () =>
      both.service.ask.post('/sign-in/provider').send({ invitation: newSecret() }),
    passkey: () => show(new Authenticator(), challenge),
    'challenge of a passkey': () => show(new Authenticator(), newSecret()),
  };
  const show = (device: Authenticator, given: string, userHandle = 'AAAA', counter = 0) =>
    both.service.ask
      .post('/sign-in/passkey')
      .send(device.show({ challenge: given, userHandle }, { counter }));
  const cookie = (secret: string) => ({ Cookie: `inventory-session-5000=${secret}` });
  const invite = async () => {
    const { body } = await both.open.ask
      .post('/invitations')
      .send({ name: 'ann', role: 'clerk' })
      .expect(201);
    return body.link.split('/').at(-1) as string;
  };
  const signIn = async () => {
    const answer = await both.service.ask.post('/sessions').send({ invitation: await invite() });
    return /=([\w-]+);/.exec(String(answer.headers['set-cookie']))?.[1] as string;
  };
  /** Shows unknown secrets until they are refused without being looked up. @returns how many were looked up */
  const useUpShare = async (guess: () => ReturnType<(typeof asks)['key']>) => {
    for (let lookedUp = 0; ; lookedUp += 1) {
      const answer = await guess();
      if (answer.status === 429) {
        expectProblem(answer, 'rate-limited');
        expect(answer.headers['retry-after']).toBe('1');
        return lookedUp;
      }
      expect([401, 403]).toContain(answer.status);
      expect(lookedUp).toBeLessThan(TRIES_MAX);
    }
  };

  test.each(Object.entries(asks))(
    'whoever tries one unknown %s after another is soon refused, and keeps nobody out who is known',
    async (_name, guess) => {
      const till = await makeKey(both.open, 'till-7', ['stock:read']);
      const session = await signIn();
      await both.service.ask.get('/inventory').set(bearer(till.key)).expect(200);
      const begun = performance.now();
      const lookedUp = await useUpShare(guess);
      const seconds = (performance.now() - begun) / 1_000;
      expect(lookedUp).toBeGreaterThanOrEqual(BURST - 2);
      expect(lookedUp).toBeLessThanOrEqual(BURST + PER_SECOND * seconds);
      await both.service.ask.get('/inventory').set(bearer(till.key)).expect(200);
      await both.service.ask.get('/me').set(cookie(session)).expect(200);
      expectProblem(await both.service.ask.get('/inventory'), 'sign-in-required');
    },
  );

  /** Somebody who has signed in with a passkey. @returns how they sign in, and with what they did */
  const withPasskey = async () => {
    const session = cookie(await signIn());
    const device = new Authenticator();
    const asked = both.service.ask.post('/passkeys/options').set(session);
    const { body } = await asked.expect(200);
    const made = device.make(body.challenge);
    await both.service.ask.post('/passkeys').set(session).send(made).expect(201);
    await show(device, challenge, body.user.id, 7).expect(204);
    const answer = await both.service.ask.post('/sign-in/passkey/options').expect(200);
    const unused: string = answer.body.challenge;
    return { device, handle: body.user.id as string, used: challenge, unused };
  };

  test('whoever shows the passkey of another without its device is soon refused, and its holder is not', async () => {
    const { device, handle, unused } = await withPasskey();
    const forged = new Authenticator().show({ challenge: unused, userHandle: handle });
    await useUpShare(() =>
      both.service.ask.post('/sign-in/passkey').send({ ...forged, id: device.id }),
    );
    await show(device, unused, handle, 8).expect(204);
  });

  test('an answer that was used, and a counter that goes back, do not wait for a turn and are counted', async () => {
    const { device, handle, used, unused } = await withPasskey();
    // From now on nothing gets a turn any more.
    await both.service.drain();
    expectProblem(await show(device, used, handle, 8), 'not-signed-in');
    expectProblem(await show(device, unused, handle, 7), 'not-signed-in');
    expectProblem(await show(device, unused, handle, 8), 'shutting-down');
    await useUpShare(() => show(device, used, handle, 8));
  });

  test('a key or an invitation that another process made soon lets in, whatever else is tried from there', async () => {
    await useUpShare(asks.key);
    const till = await makeKey(both.open, 'till-7', ['stock:read']);
    const invitation = await invite();
    await eventually(async () => {
      expect((await asks.key()).status).toBe(429);
      await both.service.ask.get('/inventory').set(bearer(till.key)).expect(200);
    });
    await both.service.ask.post('/sessions').send({ invitation }).expect(204);
  });

  test('what everybody may call works with a cookie that cannot be looked up', async () => {
    await useUpShare(asks.session);
    for (const path of ['/', '/healthz', '/docs', '/openapi.json']) {
      await both.service.ask.get(path).set(cookie(newSecret())).expect(200);
    }
    const invitation = await invite();
    await eventually(() =>
      both.service.ask.post('/sessions').set(cookie(newSecret())).send({ invitation }).expect(204),
    );
  });

  test('an invitation that is unknown or used up does not wait for a turn', async () => {
    const used = await invite();
    await both.service.ask.post('/sessions').send({ invitation: used }).expect(204);
    const unused = await invite();
    // From now on nothing gets a turn any more.
    await both.service.drain();
    for (const invitation of [newSecret(), used]) {
      for (const path of ['/sessions', '/sign-in/provider']) {
        const answer = await both.service.ask.post(path).send({ invitation });
        expectProblem(answer, 'bad-invitation');
      }
    }
    const answer = await both.service.ask.post('/sessions').send({ invitation: unused });
    expectProblem(answer, 'shutting-down');
  });

  test('each secret lets in only as what it is', async () => {
    const till = await makeKey(both.open, 'till-7', ['stock:read']);
    const session = await signIn();
    const invitation = await invite();
    await both.service.ask.get('/inventory').set(bearer(till.key)).expect(200);
    await both.service.ask.get('/inventory').set(cookie(session)).expect(200);
    for (const headers of [
      cookie(till.key),
      cookie(invitation),
      bearer(session),
      bearer(invitation),
      // A key that lets nobody in is not made up for by a session.
      { ...bearer(newApiKey()), ...cookie(session) },
    ]) {
      const answer = await both.service.ask.get('/inventory').set(headers);
      expectProblem(answer, 'sign-in-required');
    }
    for (const wrong of [till.key, session]) {
      const answer = await both.service.ask.post('/sessions').send({ invitation: wrong });
      expectProblem(answer, 'bad-invitation');
    }
  });
});

test('what everybody may call works with a cookie while the database is out of reach', async () => {
  const service = await startService(
    { DB_HOST: '127.0.0.1', DB_PORT: '1' },
    { ACCESS: 'keys', READ_TIMEOUT_MS: '100' },
  );
  const cookie = { Cookie: `inventory-session-5000=${newSecret()}` };
  await service.ask.get('/healthz').set(cookie).expect(200);
  await service.ask.get('/').set(cookie).expect(200);
  expectProblem(await service.ask.get('/inventory').set(cookie), 'store-unavailable');
  await service.close();
});
