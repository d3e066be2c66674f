import { pino } from 'pino';
import { readConfig } from '../../../app/config';
import { CHALLENGE_MS, Challenges } from '../../../app/http/access/challenges';
import { createService } from '../../../app/service';
import { eventually } from '../../browser/eventually';
import { onEveryStore } from '../../stores';
import { expectFaults, expectProblem } from '../problem-answer';
import { startService, type TestService } from '../service';
import { Authenticator, type Said } from './authenticator';
import { bearer, makeKey, startBoth } from './keys-service';

onEveryStore((place) => {
  let both: Awaited<ReturnType<typeof startBoth>>;
  let other: TestService;
  beforeEach(async () => {
    both = await startBoth(place());
    other = await startService(place().environment, { ACCESS: 'keys' });
  });
  afterEach(async () => {
    await other.close();
    await both.close();
  });

  /** Signs a person in by an invitation. @returns the cookie to send, and the person */
  const signedIn = async (name: string, role = 'clerk') => {
    const { body } = await both.open.ask.post('/invitations').send({ name, role }).expect(201);
    const sent = { invitation: body.link.split('/').at(-1) };
    const { headers } = await both.service.ask.post('/sessions').send(sent).expect(204);
    const [cookie = ''] = headers['set-cookie'] as unknown as string[];
    return { cookie: cookie.split(';')[0] as string, personID: body.personID as number };
  };
  const as = (cookie: string, service = both.service) => ({
    post: (path: string, body: object = {}) =>
      service.ask.post(path).set('Cookie', cookie).send(body),
    delete: (path: string) => service.ask.delete(path).set('Cookie', cookie),
    get: (path: string) => service.ask.get(path).set('Cookie', cookie),
  });
  /** A person with a passkey, the device that has it, and its number. */
  const withPasskey = async (name: string, role?: string) => {
    const { cookie, personID } = await signedIn(name, role);
    const device = new Authenticator();
    const { body: options } = await as(cookie).post('/passkeys/options').expect(200);
    const made = { name: 'Phone', ...device.make(options.challenge) };
    const { body } = await as(cookie).post('/passkeys', made).expect(201);
    return { cookie, personID, device, handle: options.user.id, made, passkeyID: body.passkeyID };
  };
  type Holder = Awaited<ReturnType<typeof withPasskey>>;
  const challenge = async (service = both.service): Promise<string> =>
    (await service.ask.post('/sign-in/passkey/options').expect(200)).body.challenge;
  /** Shows a passkey. */
  const show = async (
    { device, handle }: Pick<Holder, 'device' | 'handle'>,
    said: Said = {},
    { given, service = both.service }: { given?: string; service?: TestService } = {},
  ) => {
    const asked = given ?? (await challenge(service));
    const shown = device.show({ challenge: asked, userHandle: handle }, said);
    return service.ask.post('/sign-in/passkey').send({ device: 'The till', ...shown });
  };
  const entries = async () => (await place().sql('SELECT entry FROM access_journal')).length;

  test('who has added a passkey signs in with it, without a name, on any process', async () => {
    const ann = await withPasskey('ann');
    const { body: options } = await both.service.ask.post('/sign-in/passkey/options');
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{75}$/),
      rpId: 'localhost',
      timeout: CHALLENGE_MS,
      userVerification: 'required',
    });
    const { body: ways } = await both.service.ask.get('/sign-in').expect(200);
    expect(ways).toEqual({ passkeys: 'http://localhost:5000' });
    const answer = await show(ann, {}, { service: other, given: options.challenge });
    expect(answer.status).toBe(204);
    const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/=[\w-]{43}; Path=\/; Expires=.+; HttpOnly; SameSite=Strict$/);
    const signed = as(cookie.split(';')[0] as string, other);
    const { body: me } = await signed.get('/me').expect(200);
    expect(me).toMatchObject({ actor: 'person:ann', role: 'clerk' });
    const { body: person } = await signed.get(`/people/${ann.personID}`).expect(200);
    expect(person.sessions).toHaveLength(2);
    expect(person.passkeys).toEqual([
      {
        passkeyID: ann.passkeyID,
        name: 'Phone',
        madeAt: expect.any(String),
        usedAt: expect.any(String),
      },
    ]);
  });

  test('a passkey is made for the person who is signed in, and found without a name', async () => {
    const { cookie } = await signedIn('ann');
    const { body: options } = await as(cookie).post('/passkeys/options').expect(200);
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Inventory' },
      user: { name: 'ann', displayName: 'ann' },
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    });
    const device = new Authenticator();
    await as(cookie).post('/passkeys', device.make(options.challenge)).expect(201);
    const { body: again } = await as(cookie).post('/passkeys/options').expect(200);
    expect(again.user.id).toBe(options.user.id);
    expect(again.excludeCredentials).toEqual([
      { id: device.id, type: 'public-key', transports: ['internal', 'hybrid'] },
    ]);
    // The challenge of one person, or of signing in, is none for another.
    const bob = await signedIn('bob');
    const third = new Authenticator();
    for (const given of [again.challenge, await challenge()]) {
      expectProblem(await as(bob.cookie).post('/passkeys', third.make(given)), 'not-added');
    }
  });

  test('no key is a person, and no program gets a passkey', async () => {
    const { key } = await makeKey(both.open, 'till', ['access:write']);
    const asked = both.service.ask.post('/passkeys/options').set(bearer(key));
    expectProblem(await asked, 'not-a-person');
    expectProblem(await both.service.ask.post('/passkeys/options'), 'sign-in-required');
    const made = new Authenticator().make(await challenge());
    expectProblem(
      await both.service.ask.post('/passkeys').set(bearer(key)).send(made),
      'not-a-person',
    );
  });

  test.each<[string, Said]>([
    ['from another origin', { origin: 'http://localhost:5001' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['of another rpID', { rpID: 'evil.example' }],
    ['by somebody whom the device did not check', { isVerified: false }],
    ['of another kind', { type: 'payment.get' }],
  ])('an answer %s neither adds a passkey nor signs in', async (_name, said) => {
    const { cookie, ...ann } = await withPasskey('ann');
    const before = await entries();
    const { body: options } = await as(cookie).post('/passkeys/options').expect(200);
    const made = new Authenticator().make(options.challenge, said);
    expectProblem(await as(cookie).post('/passkeys', made), 'not-added');
    expectProblem(await show(ann, said), 'not-signed-in');
    expect(await entries()).toBe(before);
    expect((await show(ann)).status).toBe(204);
  });

  test('a challenge is ours, for its use, unchanged and not too old', async () => {
    const { cookie, ...ann } = await withPasskey('ann');
    const refused = async (given: string) => {
      expectProblem(await show(ann, {}, { given }), 'not-signed-in');
    };
    await refused('AAAA');
    await refused(Buffer.alloc(56).toString('base64url'));
    const { body: options } = await as(cookie).post('/passkeys/options').expect(200);
    await refused(options.challenge);
    const good = await challenge();
    const bytes = Buffer.from(good, 'base64url');
    bytes[20] = (bytes[20] as number) ^ 1;
    await refused(bytes.toString('base64url'));
    await refused(`${good}=`);
    await refused(`${good} `);
    // One that was made too long ago, by a process of this ledger.
    const config = readConfig({ ...place().environment, LOG_LEVEL: 'silent' });
    const service = createService(config, pino({ level: 'silent' }));
    const madeAgo = (ms: number) =>
      new Challenges(service.ledger, () => Date.now() - ms).make('sign-in');
    await refused(await madeAgo(CHALLENGE_MS));
    expect((await show(ann, {}, { given: await madeAgo(CHALLENGE_MS - 60_000) })).status).toBe(204);
    await service.close();
  });

  test('an answer signs in once, on whichever process, and a passkey is added once', async () => {
    const ann = await withPasskey('ann');
    const given = await challenge();
    const shown = { ...ann.device.show({ challenge: given, userHandle: ann.handle }) };
    await both.service.ask.post('/sign-in/passkey').send(shown).expect(204);
    const before = await entries();
    for (const service of [both.service, other]) {
      expectProblem(await service.ask.post('/sign-in/passkey').send(shown), 'not-signed-in');
    }
    expect(await entries()).toBe(before);
    // At the same time on both, too.
    const second = ann.device.show({ challenge: await challenge(), userHandle: ann.handle });
    const answers = await Promise.all(
      [both.service, other].map(({ ask }) => ask.post('/sign-in/passkey').send(second)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 403]);
    expectProblem(await as(ann.cookie).post('/passkeys', ann.made), 'not-added');
    await as(ann.cookie).delete(`/passkeys/${ann.passkeyID}`).expect(204);
    expectProblem(await as(ann.cookie).post('/passkeys', ann.made), 'not-added');
  });

  test('a changed answer, another device or another person signs nobody in', async () => {
    const ann = await withPasskey('ann');
    const bob = await withPasskey('bob');
    const given = await challenge();
    const shown = ann.device.show({ challenge: given, userHandle: ann.handle });
    const byBob = bob.device.show({ challenge: given, userHandle: ann.handle });
    const other = { challenge: given, userHandle: ann.handle };
    const counted = ann.device.show(other, { counter: 9 });
    // Another key under ann's ID, another person's handle, other data, another signature, an unknown ID.
    for (const sent of [
      { ...byBob, id: ann.device.id },
      { ...shown, userHandle: bob.handle },
      { ...shown, authenticatorData: counted.authenticatorData },
      { ...shown, signature: byBob.signature },
      { ...shown, id: new Authenticator().id },
    ]) {
      expectProblem(await both.service.ask.post('/sign-in/passkey').send(sent), 'not-signed-in');
    }
    await both.service.ask.post('/sign-in/passkey').send(shown).expect(204);
    expectFaults(
      await both.service.ask.post('/sign-in/passkey').send({ ...shown, signature: 'no!' }),
      'signature',
    );
  });

  test('a counter that goes back is refused', async () => {
    const ann = await withPasskey('ann');
    const after = async (counter: number, service?: TestService) =>
      (await show(ann, { counter }, service && { service })).status;
    expect(await after(7)).toBe(204);
    expect(await after(7, other)).toBe(403);
    expect(await after(3)).toBe(403);
    expect(await after(0)).toBe(403);
    expect(await after(8, other)).toBe(204);
  });

  test('a passkey that was removed signs nobody in, and those who are signed in stay so', async () => {
    const ann = await withPasskey('ann');
    const bob = await signedIn('bob');
    const olga = await signedIn('olga', 'owner');
    const path = `/passkeys/${ann.passkeyID}`;
    expectProblem(await as(bob.cookie).delete(path), 'missing-scope', { scopes: ['access:write'] });
    await as(ann.cookie).delete(path).expect(204);
    await eventually(async () =>
      expectProblem(await show(ann, {}, { service: other }), 'not-signed-in'),
    );
    expectProblem(await show(ann), 'not-signed-in');
    await as(ann.cookie).get('/me').expect(200);
    expectProblem(await as(ann.cookie).delete(path), 'unknown-passkey');
    const second = await withPasskey('eve');
    await as(olga.cookie).delete(`/passkeys/${second.passkeyID}`).expect(204);
    expectProblem(await show(second), 'not-signed-in');
    expectProblem(await as(olga.cookie).delete(`/passkeys/${bob.personID}`), 'unknown-passkey');
  });

  test('who is revoked signs in no more, and whose session has ended adds no passkey', async () => {
    const ann = await withPasskey('ann');
    await both.open.ask.delete(`/people/${ann.personID}`).expect(204);
    expectProblem(await show(ann), 'not-signed-in');
    const made = new Authenticator().make('AAAA');
    await eventually(async () =>
      expectProblem(await as(ann.cookie).post('/passkeys', made), 'sign-in-required'),
    );
  });

  test('what everybody may call appends nothing but the key of all challenges, once', async () => {
    await signedIn('ann');
    const before = await entries();
    await Promise.all([challenge(), challenge(other), challenge(), challenge(other)]);
    expect(await entries()).toBe(before + 1);
    const device = new Authenticator();
    expectProblem(await show({ device, handle: 'AAAA' }), 'not-signed-in');
    expect(await entries()).toBe(before + 1);
  });

  test('a passkey is never taken for a key or a session', async () => {
    const ann = await withPasskey('ann');
    for (const secret of [ann.device.id, ann.handle]) {
      const answer = await as(`inventory-session=${secret}`).get('/me');
      expectProblem(answer, 'sign-in-required');
      const known = both.service.ask.get('/me').set(bearer(secret));
      expectProblem(await known, 'sign-in-required');
    }
  });

  test('the names of a person’s passkeys differ', async () => {
    const { cookie, personID } = await signedIn('ann');
    const add = async (name?: string) => {
      const { body: options } = await as(cookie).post('/passkeys/options').expect(200);
      const made = { name, ...new Authenticator().make(options.challenge) };
      return (await as(cookie).post('/passkeys', made).expect(201)).body;
    };
    const long = 'x'.repeat(100);
    const { passkeyID } = await add();
    for (const [given, name] of [
      [undefined, 'Passkey 2'],
      ['Passkey 2', 'Passkey 2 2'],
      [undefined, 'Passkey 3'],
      [long, long],
      [long, `${'x'.repeat(98)} 2`],
    ]) {
      expect(await add(given)).toMatchObject({ name });
    }
    await as(cookie).delete(`/passkeys/${passkeyID}`).expect(204);
    expect(await add()).toMatchObject({ name: 'Passkey' });
    const { body } = await as(cookie).get(`/people/${personID}`).expect(200);
    expect(body.passkeys).toHaveLength(6);
  });

  test('a person may have 20', async () => {
    const { cookie } = await signedIn('ann');
    for (let i = 0; i <= 20; i++) {
      const { body: options } = await as(cookie).post('/passkeys/options').expect(200);
      const answer = await as(cookie).post(
        '/passkeys',
        new Authenticator().make(options.challenge),
      );
      if (i < 20) expect(answer.status).toBe(201);
      else expectProblem(answer, 'not-added');
    }
  });
});
