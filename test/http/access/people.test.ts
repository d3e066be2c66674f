import { eventually } from '../../browser/eventually';
import { onEveryStore } from '../../stores';
import { expectFaults, expectProblem } from '../problem-answer';
import type { TestService } from '../service';
import { startService } from '../service';
import { startBoth } from './keys-service';

/** The secret in the link of an invitation. */
const secretIn = (link: string) => link.split('/').at(-1) as string;

onEveryStore((place) => {
  let both: Awaited<ReturnType<typeof startBoth>>;
  beforeEach(async () => {
    both = await startBoth(place());
  });
  afterEach(() => both.close());

  const invite = async (name: string, role?: string) => {
    const { body } = await both.open.ask.post('/invitations').send({ name, role }).expect(201);
    return { ...body, secret: secretIn(body.link) };
  };
  /** Signs in, and gives the cookie. */
  const signIn = async (secret: string, service: TestService = both.service) => {
    const sent = { invitation: secret, device: 'The till' };
    const answer = await service.ask.post('/sessions').send(sent).expect(204);
    const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
    return cookie;
  };
  const as = (cookie: string) => ({
    get: (path: string) => both.service.ask.get(path).set('Cookie', cookie.split(';')[0] as string),
    post: (path: string, body: object) =>
      both.service.ask
        .post(path)
        .set('Cookie', cookie.split(';')[0] as string)
        .send(body),
    patch: (path: string, body: object) =>
      both.service.ask
        .patch(path)
        .set('Cookie', cookie.split(';')[0] as string)
        .send(body),
    delete: (path: string) =>
      both.service.ask.delete(path).set('Cookie', cookie.split(';')[0] as string),
  });

  test('an invitation signs in one device, once; what is done there has the person’s name', async () => {
    const { secret, link, personID } = await invite('ann', 'clerk');
    expect(link).toMatch(/^http:\/\/localhost:5000\/#\/sign-in\/[\w-]{43}$/);
    const cookie = await signIn(secret);
    expect(cookie).toMatch(
      /^inventory-session-5000=[\w-]{43}; Path=\/; Expires=.+; HttpOnly; SameSite=Strict$/,
    );
    // Each use lengthens the session, and the cookie must not end before it.
    const [, expires = ''] = /Expires=([^;]+)/.exec(cookie) ?? [];
    expect(Date.parse(expires) - Date.now()).toBeGreaterThan(179 * 86_400_000);
    const { body: me } = await as(cookie).get('/me').expect(200);
    expect(me).toMatchObject({ actor: 'person:ann', role: 'clerk' });
    expect(me.scopes).not.toContain('access:write');
    await as(cookie).post('/inventory', { productID: 1, availableQuantity: 4 }).expect(201);
    expect((await as(cookie).get('/records')).body).toMatchObject([{ actor: 'person:ann' }]);
    const again = await both.service.ask.post('/sessions').send({ invitation: secret });
    expectProblem(again, 'bad-invitation');
    const { body: people } = await both.open.ask.get('/people').expect(200);
    expect(people).toMatchObject([
      { personID, name: 'ann', role: 'clerk', sessions: [{ device: 'The till' }] },
    ]);
    const rows = JSON.stringify(await place().sql('SELECT * FROM access_journal'));
    expect(rows).not.toContain(secret);
    expect(rows).not.toContain(/=([\w-]+);/.exec(cookie)?.[1]);
  });

  test('a session made up by somebody else is nobody’s', async () => {
    const answer = await as('inventory-session-5000=made-up').get('/me');
    expectProblem(answer, 'sign-in-required');
    const { secret } = await invite('ann', 'clerk');
    const sent = both.service.ask.post('/sessions').send({ invitation: secret });
    const { headers } = await sent.set('Cookie', 'inventory-session-5000=chosen').expect(204);
    expect(String(headers['set-cookie'])).not.toContain('chosen');
    expectProblem(await as('inventory-session-5000=chosen').get('/me'), 'sign-in-required');
  });

  test('a cookie is Secure, and of this host alone, where people come by HTTPS', async () => {
    const secure = await startService(place().environment, {
      ACCESS: 'keys',
      PUBLIC_URL: 'https://shop.example',
    });
    const { secret } = await invite('ann', 'clerk');
    const cookie = await signIn(secret, secure);
    expect(cookie).toMatch(/^__Host-inventory-session=.+; Secure; SameSite=Strict$/);
    await secure.close();
  });

  test('services on two ports of a host sign nobody out of each other', async () => {
    const name = async (PUBLIC_URL: string) => {
      const beside = await startService(place().environment, { ACCESS: 'keys', PUBLIC_URL });
      const { secret } = await invite('ann', 'clerk');
      const cookie = await signIn(secret, beside);
      await beside.close();
      return cookie.split('=')[0];
    };
    expect(await name('http://shop.local:5001')).toBe('inventory-session-5001');
    expect(await name('https://shop.local:8443')).toBe('__Host-inventory-session-8443');
  });

  test('a person has a role: it can be changed, and holds on the device at once', async () => {
    const owner = await signIn((await invite('olga', 'owner')).secret);
    const { secret, personID } = await invite('ann', 'viewer');
    const ann = await signIn(secret);
    const count = { productID: 1, availableQuantity: 4 };
    expectProblem(await as(ann).post('/inventory', count), 'missing-scope', {
      scopes: expect.any(Array),
    });
    const changed = await as(owner).patch(`/people/${personID}`, { role: 'clerk' }).expect(200);
    expect(changed.body).toMatchObject({ name: 'ann', role: 'clerk' });
    await as(ann).post('/inventory', count).expect(201);
    expectProblem(await as(ann).patch(`/people/${personID}`, { role: 'owner' }), 'missing-scope', {
      scopes: ['access:write'],
    });
    expectFaults(await as(owner).patch(`/people/${personID}`, { role: 'king' }), 'role');
  });

  test('who is revoked is signed out on every device, and cannot come back', async () => {
    const { secret, personID } = await invite('ann', 'clerk');
    const till = await signIn(secret);
    const phone = await signIn((await invite('ann')).secret);
    const unused = await invite('ann');
    await signIn((await invite('olga', 'owner')).secret);
    await both.open.ask.delete(`/people/${personID}`).expect(204);
    const refused = await both.service.ask.post('/sessions').send({ invitation: unused.secret });
    expectProblem(refused, 'bad-invitation');
    for (const cookie of [till, phone]) {
      await eventually(async () => expectProblem(await as(cookie).get('/me'), 'sign-in-required'));
    }
    expectProblem(await both.open.ask.delete(`/people/${personID}`), 'unknown-person');
  });

  test('people sign out on their own devices; others need to be let', async () => {
    const ann = await signIn((await invite('ann', 'clerk')).secret);
    const bob = await signIn((await invite('bob', 'clerk')).secret);
    const { body: people } = await both.open.ask.get('/people');
    const [annsID, bobsID] = people.map(
      ({ sessions: [session] }: { sessions: { sessionID: number }[] }) => session?.sessionID,
    );
    const refused = await as(ann).delete(`/sessions/${bobsID}`);
    expectProblem(refused, 'missing-scope', { scopes: ['access:write'] });
    // A person has no key to ask for.
    expect(refused.body.detail).toMatch(/Ask an owner for a role that has it\.$/);
    const left = await as(ann).delete(`/sessions/${annsID}`).expect(204);
    expect(String(left.headers['set-cookie'])).toMatch(/^inventory-session-5000=; .*1970/);
    expectProblem(await as(ann).get('/me'), 'sign-in-required');
    await as(bob).get('/me').expect(200);
    await both.open.ask.delete(`/sessions/${bobsID}`).expect(204);
    expectProblem(await both.open.ask.delete(`/sessions/${bobsID}`), 'unknown-session');
  });

  test('people sign out everywhere, on the device that asks, too; others need to be let', async () => {
    const annsID = (await invite('ann', 'clerk')).personID;
    const till = await signIn((await invite('ann')).secret);
    const phone = await signIn((await invite('ann')).secret);
    const bob = await invite('bob', 'clerk');
    const bobs = await signIn(bob.secret);
    const everywhere = (personID: number) => `/people/${personID}/sessions`;
    expectProblem(await as(till).delete(everywhere(bob.personID)), 'missing-scope', {
      scopes: ['access:write'],
    });
    expectProblem(await as(till).get(`/people/${bob.personID}`), 'missing-scope', {
      scopes: ['access:read'],
    });
    const { body: me } = await as(till).get('/me').expect(200);
    expect(me.personID).toBe(annsID);
    const { body: own } = await as(till).get(`/people/${annsID}`).expect(200);
    expect(own.sessions).toMatchObject([{ isOwn: true }, { device: 'The till' }]);
    const left = await as(till).delete(everywhere(annsID)).expect(204);
    expect(String(left.headers['set-cookie'])).toMatch(/^inventory-session-5000=; .*1970/);
    for (const cookie of [till, phone]) {
      expectProblem(await as(cookie).get('/me'), 'sign-in-required');
    }
    await as(bobs).get('/me').expect(200);
    const owner = await signIn((await invite('olga', 'owner')).secret);
    const kept = await as(owner).delete(everywhere(bob.personID)).expect(204);
    expect(kept.headers['set-cookie']).toBeUndefined();
    expectProblem(await as(bobs).get('/me'), 'sign-in-required');
    await as(owner).get('/me').expect(200);
    expectProblem(await as(owner).delete(everywhere(999)), 'unknown-person');
    expectProblem(await as(owner).get('/people/999'), 'unknown-person');
  });

  test('somebody has to be the owner', async () => {
    const { personID } = await invite('olga', 'owner');
    expectProblem(await both.open.ask.delete(`/people/${personID}`), 'last-owner');
    const demoted = both.open.ask.patch(`/people/${personID}`).send({ role: 'clerk' });
    expectProblem(await demoted, 'last-owner');
    await invite('paul', 'owner');
    await both.open.ask.delete(`/people/${personID}`).expect(204);
  });

  test('who is invited for the first time needs a role, and may not do more than who invites', async () => {
    expectProblem(await both.open.ask.post('/invitations').send({ name: 'ann' }), 'unknown-person');
    expectFaults(
      await both.open.ask.post('/invitations').send({ name: 'Ann B', role: 'x' }),
      'name',
      'role',
    );
    await invite('olga', 'owner');
    // Its link would let a new clerk in as an owner.
    const asClerk = await both.open.ask.post('/invitations').send({ name: 'olga', role: 'clerk' });
    expectProblem(asClerk, 'name-taken', { name: 'olga' });
    expect(asClerk.body.detail).toContain('whose role is owner');
    const manager = await both.open.ask
      .post('/keys')
      .send({ name: 'm', scopes: 'access:write stock:read records:read' })
      .expect(201);
    const answer = await both.service.ask
      .post('/invitations')
      .set('Authorization', `Bearer ${manager.body.key}`)
      .send({ name: 'eve', role: 'owner' });
    expectProblem(answer, 'missing-scope', { scopes: expect.arrayContaining(['stock:sell']) });
  });
});
