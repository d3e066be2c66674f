import { eventually } from '../../browser/eventually';
import { freePort } from '../../servers/free-port';
import { OpenIDProvider } from '../../servers/openid-provider';
import { type LedgerPlace, onEveryStore } from '../../stores';
import { expectProblem } from '../problem-answer';
import { startService, type TestService } from '../service';
import { bearer, makeKey } from './keys-service';

const PUBLIC_URL = 'http://localhost:5000';
const SECURE_URL = 'https://shop.example/inventory';

let provider: OpenIDProvider;
beforeAll(async () => {
  provider = await OpenIDProvider.start([PUBLIC_URL, SECURE_URL]);
});
afterAll(() => provider.stop());
afterEach(() => provider.forge({}));

/** The cookies that an answer sets, without their attributes. */
function cookiesOf({ headers }: { headers: Record<string, unknown> }): string[] {
  return ((headers['set-cookie'] ?? []) as string[]).map((cookie) => cookie.split(';')[0] ?? '');
}

onEveryStore((place) => {
  let open: TestService;
  let service: TestService;
  const start = (at: LedgerPlace, more = {}) =>
    startService(at.environment, { ...provider.settings(PUBLIC_URL), ...more });
  beforeEach(async () => {
    open = await startService(place().environment);
    service = await start(place());
  });
  afterEach(async () => {
    await service.close();
    await open.close();
  });

  const invite = async (name: string, role = 'clerk') => {
    const { body } = await open.ask.post('/invitations').send({ name, role }).expect(201);
    return { personID: body.personID, invitation: body.link.split('/').at(-1) as string };
  };

  /** Begins. @returns where the service sends the browser, and the cookies that it has then */
  const begin = async (fields: object = {}, cookies: string[] = []) => {
    const asked = service.ask.post('/sign-in/provider').set('Cookie', cookies.join('; '));
    const answer = await asked.send({ device: 'The till', ...fields }).expect(200);
    return { url: answer.body.url as string, cookies: [...cookies, ...cookiesOf(answer)], answer };
  };

  /** The browser comes back. @returns where the service sends it, and its session if there is one */
  const comeBack = async (at: URL, cookies: readonly string[], to = service) => {
    const answer = await to.ask
      .get(`${at.pathname}${at.search}`)
      .set('Cookie', cookies.join('; '))
      .expect(303);
    const session = cookiesOf(answer).find((cookie) => /^inventory-session-5000=./.test(cookie));
    return { place: answer.headers.location as string, session, answer };
  };

  const signIn = async (account: string, fields: object = {}, to = service) => {
    const { url, cookies } = await begin(fields);
    return comeBack(await provider.signIn(url, account), cookies, to);
  };

  const me = async (session: string | undefined) =>
    (await service.ask.get('/me').set('Cookie', session ?? '')).body;

  /** A person with a session, whose account is bound. */
  const bound = async (name: string, account = `${name}-at-provider`) => {
    const { personID, invitation } = await invite(name);
    const { session } = await signIn(account, { invitation });
    return { personID, session: session as string, account };
  };

  const journal = async () => JSON.stringify(await place().sql('SELECT * FROM access_journal'));

  describe('a sign-in', () => {
    test('with an invitation uses it up and binds the account, which signs in from then on', async () => {
      const { invitation } = await invite('ann');
      const first = await signIn('ann-7', { invitation });
      expect(first.place).toBe('/#/');
      expect(await me(first.session)).toMatchObject({ actor: 'person:ann', role: 'clerk' });
      const again = await service.ask.post('/sign-in/provider').send({ invitation });
      expectProblem(again, 'bad-invitation');
      const second = await signIn('ann-7');
      expect(second.place).toBe('/#/');
      expect(second.session).not.toBe(first.session);
      expect(await me(second.session)).toMatchObject({ actor: 'person:ann' });
      const { body: people } = await open.ask.get('/people');
      expect(people[0].sessions).toMatchObject([{ device: 'The till' }, { device: 'The till' }]);
      const { body: events } = await open.ask.get('/access');
      for (const [kind, event] of [
        ['identity', 'made'],
        ['identity', 'used'],
        ['session', 'made'],
      ]) {
        const found = expect.objectContaining({ kind, event, actor: 'person:ann' });
        expect(events).toEqual(expect.arrayContaining([found]));
      }
      expect(await journal()).not.toContain(first.session?.split('=')[1]);
    });

    test('asks for a code with PKCE, state and nonce, and for the account alone', async () => {
      const { url } = await begin();
      const asked = new URL(url).searchParams;
      expect(new URL(url).origin).toBe(provider.issuer);
      expect(Object.fromEntries(asked)).toEqual({
        client_id: 'shop',
        response_type: 'code',
        scope: 'openid',
        redirect_uri: `${PUBLIC_URL}/sign-in/provider/callback`,
        code_challenge_method: 'S256',
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
        state: expect.stringMatching(/^[\w-]{43}$/),
        nonce: expect.stringMatching(/^[\w-]{43}$/),
      });
      const [other] = [new URL((await begin()).url).searchParams];
      for (const name of ['state', 'nonce', 'code_challenge']) {
        expect(other?.get(name)).not.toBe(asked.get(name));
      }
    });

    test('waits in a cookie of its own that no script and no other site has, and nobody can read', async () => {
      const { invitation } = await invite('ann');
      const { answer, url } = await begin({ invitation });
      const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
      expect(cookie).toMatch(
        /^inventory-flow-[\w-]{16}=[\w.-]+; Max-Age=600; Path=\/sign-in\/provider; Expires=.+; HttpOnly; SameSite=Lax$/,
      );
      const back = await provider.signIn(url, 'ann');
      const { answer: arrived } = await comeBack(back, cookiesOf(answer));
      const [cleared = '', session = ''] = arrived.headers['set-cookie'] as unknown as string[];
      expect(cleared).toMatch(/^inventory-flow-[\w-]{16}=; Path=\/sign-in\/provider; .*1970/);
      expect(session).toMatch(/^inventory-session-5000=[\w-]{43}; .*HttpOnly; SameSite=Strict$/);
    });

    test('by HTTPS and below a path: the cookie is of this host alone, and the page is found', async () => {
      await service.close();
      service = await start(place(), { PUBLIC_URL: SECURE_URL, BASE_PATH: '/inventory' });
      const { invitation } = await invite('ann');
      const begun = await service.ask
        .post('/inventory/sign-in/provider')
        .send({ invitation })
        .expect(200);
      const [cookie = ''] = begun.headers['set-cookie'] as unknown as string[];
      expect(cookie).toMatch(
        /^__Host-inventory-flow-.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
      );
      const back = await provider.signIn(begun.body.url, 'ann');
      expect(back.href).toMatch(
        /^https:\/\/shop\.example\/inventory\/sign-in\/provider\/callback\?/,
      );
      const { place: page, answer } = await comeBack(back, cookiesOf(begun));
      expect(page).toBe('/inventory/#/');
      expect(cookiesOf(answer)[1]).toMatch(/^__Host-inventory-session(-\d+)?=[\w-]{43}$/);
    });

    test('in two tabs at once: neither breaks the other', async () => {
      const { session: first } = await bound('ann', 'ann-7');
      expect(first).toBeDefined();
      const one = await begin();
      const two = await begin({}, one.cookies);
      const backOne = await provider.signIn(one.url, 'ann-7');
      const backTwo = await provider.signIn(two.url, 'ann-7');
      expect((await comeBack(backTwo, two.cookies)).place).toBe('/#/');
      expect((await comeBack(backOne, two.cookies)).place).toBe('/#/');
    });

    test('that is begun again and again does not fill the headers of the browser', async () => {
      let jar: string[] = [];
      for (let time = 0; time < 7; time += 1) {
        const { answer } = await begin({ device: 'x'.repeat(100) }, jar);
        for (const cookie of cookiesOf(answer)) {
          const [name] = cookie.split('=');
          jar = jar.filter((each) => !each.startsWith(`${name}=`));
          if (!cookie.endsWith('=')) jar.push(cookie);
        }
      }
      expect(jar).toHaveLength(4);
      expect(jar.join('; ').length).toBeLessThan(8_000);
    });

    test('in a browser in which others have set cookies of the same beginning', async () => {
      const made = Array.from({ length: 6 }, (_, index) => `inventory-flow-${index} of another=1`);
      await begin({}, made);
    });

    test('that ends on another process than it began on', async () => {
      await bound('ann', 'ann-7');
      const other = await start(place());
      const { place: page, session } = await signIn('ann-7', {}, other);
      expect(page).toBe('/#/');
      expect(await me(session)).toMatchObject({ actor: 'person:ann' });
      await other.close();
    });
  });

  describe('nobody is signed in', () => {
    test('by an account that nobody has bound, whatever it is called', async () => {
      await bound('ann', 'ann-7');
      for (const account of ['ann', 'person:ann', 'ANN-7', 'ann-7 ']) {
        const before = await journal();
        expect(await signIn(account)).toMatchObject({
          place: '/#/not-signed-in/unknown-account',
          session: undefined,
        });
        expect(await journal()).toBe(before);
      }
    });

    test.each([
      ['a forged nonce', { nonce: 'another' }],
      ['no nonce', { nonce: null }],
      ['another issuer', { iss: 'https://evil.example' }],
      ['another audience', { aud: 'another-shop' }],
      ['more audiences, and another party', { aud: ['shop', 'evil'], azp: 'evil' }],
      ['an ID token that has expired', { exp: Math.floor(Date.now() / 1_000) - 600 }],
      ['an ID token of the future', { nbf: Math.floor(Date.now() / 1_000) + 600 }],
      ['a signature by another key', { otherKey: true }],
    ])('with %s', async (_name, claims) => {
      await bound('ann', 'ann-7');
      const { url, cookies } = await begin();
      const back = await provider.signIn(url, 'ann-7');
      await provider.forge(claims);
      const before = await journal();
      expect(await comeBack(back, cookies)).toMatchObject({
        place: '/#/not-signed-in/bad-answer',
        session: undefined,
      });
      expect(await journal()).toBe(before);
    });

    test('with a state of one’s own, of another flow, or none', async () => {
      await bound('ann', 'ann-7');
      const { url, cookies } = await begin();
      const other = await begin();
      const back = await provider.signIn(url, 'ann-7');
      const state = back.searchParams.get('state') as string;
      const otherState = new URL(other.url).searchParams.get('state') as string;
      // The cookie is found by the beginning of the state: all of it has to be right.
      for (const [wrong, failure] of [
        ['', 'not-begun'],
        ['x'.repeat(43), 'not-begun'],
        [otherState, 'not-begun'],
        [`${state.slice(0, 42)}${state.endsWith('A') ? 'B' : 'A'}`, 'bad-answer'],
      ]) {
        const at = new URL(back);
        at.searchParams.set('state', wrong as string);
        expect(await comeBack(at, cookies)).toMatchObject({
          place: `/#/not-signed-in/${failure}`,
          session: undefined,
        });
      }
      back.searchParams.delete('state');
      expect((await comeBack(back, cookies)).place).toBe('/#/not-signed-in/not-begun');
    });

    test('with the issuer of another provider, or the code of another flow', async () => {
      await bound('ann', 'ann-7');
      const { url, cookies } = await begin();
      const back = await provider.signIn(url, 'ann-7');
      const other = await begin();
      const otherBack = await provider.signIn(other.url, 'ann-7');
      const mixed = new URL(back);
      mixed.searchParams.set('iss', 'https://evil.example');
      expect((await comeBack(mixed, cookies)).place).toBe('/#/not-signed-in/bad-answer');
      // Without the verifier of its own flow a code is worth nothing (RFC 7636).
      otherBack.searchParams.set('state', back.searchParams.get('state') as string);
      expect((await comeBack(otherBack, cookies)).place).toBe('/#/not-signed-in/bad-answer');
    });

    test('by a callback that comes twice, here or on another process', async () => {
      await bound('ann', 'ann-7');
      const other = await start(place());
      const { url, cookies } = await begin();
      const back = await provider.signIn(url, 'ann-7');
      expect((await comeBack(back, cookies)).place).toBe('/#/');
      // A browser has no cookie any more; who kept it finds the code used.
      expect((await comeBack(back, [])).place).toBe('/#/not-signed-in/not-begun');
      for (const to of [service, other]) {
        expect((await comeBack(back, cookies, to)).place).toBe('/#/not-signed-in/bad-answer');
      }
      await other.close();
    });

    test('in a browser that has not begun, or with a cookie that was made or changed elsewhere', async () => {
      await bound('ann', 'ann-7');
      const { url, cookies } = await begin();
      const back = await provider.signIn(url, 'ann-7');
      const [name = '', sealed = ''] = (cookies[0] as string).split('=');
      const foreign = await startService(place().environment, {
        ...provider.settings(PUBLIC_URL),
        OIDC_CLIENT_SECRET: 'another secret of another shop',
      });
      const begun = await foreign.ask.post('/sign-in/provider').send({}).expect(200);
      const [, elsewhere = ''] = (cookiesOf(begun)[0] as string).split('=');
      await foreign.close();
      const changed = `${sealed.slice(0, -8)}${sealed.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA'}`;
      for (const jar of [[], [`${name}=${changed}`], [`${name}=${elsewhere}`], [`${name}=`]]) {
        expect(await comeBack(back, jar)).toMatchObject({
          place: '/#/not-signed-in/not-begun',
          session: undefined,
        });
      }
      expect((await comeBack(back, cookies)).place).toBe('/#/');
    });

    test('if the provider says no: its words are not shown', async () => {
      const { url, cookies } = await begin();
      const state = new URL(url).searchParams.get('state') as string;
      const at = new URL(`${PUBLIC_URL}/sign-in/provider/callback`);
      at.searchParams.set('state', state);
      at.searchParams.set('iss', provider.issuer);
      at.searchParams.set('error', 'access_denied');
      at.searchParams.set('error_description', '<b>Call 555 0100</b>');
      const { place: page, answer } = await comeBack(at, cookies);
      expect(page).toBe('/#/not-signed-in/provider-refused');
      expect(JSON.stringify([answer.headers, answer.text])).not.toMatch(/555|access_denied/);
    });

    test('whose person was revoked, or whose account was removed', async () => {
      const ann = await bound('ann');
      const bob = await bound('bob');
      await open.ask.delete(`/people/${ann.personID}`).expect(204);
      const { body: people } = await open.ask.get('/people');
      const [{ identityID }] = people.find(
        ({ name }: { name: string }) => name === 'bob',
      ).identities;
      await open.ask.delete(`/identities/${identityID}`).expect(204);
      expectProblem(await open.ask.delete(`/identities/${identityID}`), 'unknown-identity');
      for (const { account } of [ann, bob]) {
        expect((await signIn(account)).place).toBe('/#/not-signed-in/unknown-account');
      }
      // A session that it has begun goes on; whoever is revoked is out.
      expect(await me(bob.session)).toMatchObject({ actor: 'person:bob' });
      await eventually(async () => expect((await me(ann.session)).status).toBe(401));
    });

    test('by an invitation that was used or revoked while its person was at the provider', async () => {
      const { invitation } = await invite('ann');
      const one = await begin({ invitation });
      const two = await begin({ invitation });
      const [backOne, backTwo] = [
        await provider.signIn(one.url, 'ann-7'),
        await provider.signIn(two.url, 'ann-8'),
      ];
      expect((await comeBack(backOne, one.cookies)).place).toBe('/#/');
      expect(await comeBack(backTwo, two.cookies)).toMatchObject({
        place: '/#/not-signed-in/bad-invitation',
        session: undefined,
      });
      // Nor was the second account bound.
      expect((await signIn('ann-8')).place).toBe('/#/not-signed-in/unknown-account');
    });
  });

  test('the callback leads to our own page, whatever the request says', async () => {
    const { url, cookies } = await begin();
    const state = new URL(url).searchParams.get('state') as string;
    for (const query of [
      '?next=https://evil.example&return_to=//evil.example&redirect_uri=https://evil.example',
      `?state=${state}&code=x&next=https://evil.example`,
      `?state=${state}/../../evil&code=//evil.example`,
      '?state[]=a&state[]=b',
      '?%00',
    ]) {
      const answer = await service.ask
        .get(`/sign-in/provider/callback${query}`)
        .set('Cookie', cookies.join('; '))
        .set('X-Forwarded-Host', 'evil.example')
        .set('Referer', 'https://evil.example/');
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toMatch(/^\/#\/not-signed-in\/[a-z-]+$/);
    }
    const elsewhere = await service.ask
      .get('/sign-in/provider/callback')
      .set('Host', 'evil.example');
    expectProblem(elsewhere, 'misdirected-request');
  });

  test('whoever comes back in vain again and again is soon refused without a question to the provider', async () => {
    const { invitation } = await invite('ann');
    const { url, cookies } = await begin({ invitation });
    const back = await provider.signIn(url, 'ann-7');
    const wrong = new URL(back);
    wrong.searchParams.set('code', 'another');
    const inVain = async () => (await comeBack(wrong, cookies)).place;
    // No time passes, in which tries would be given back: on a busy machine, one between two requests.
    const stopped = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    let tries = 0;
    for (let said = ''; said !== '/#/not-signed-in/too-many-tries'; tries += 1) {
      said = await inVain();
      expect(said).toMatch(/bad-answer|too-many-tries/);
      expect(tries).toBeLessThan(3_000);
    }
    expect(tries).toBeGreaterThan(90);
    const after = await comeBack(back, cookies);
    expect(after).toMatchObject({ place: '/#/not-signed-in/too-many-tries', session: undefined });
    expect(cookiesOf(after.answer)).toEqual([]);
    stopped.mockRestore();
    // Who has a key is not affected, and the code was not used: it signs in a moment later.
    const { key } = await makeKey(open, 'till-7', ['stock:read']);
    await service.ask.get('/inventory').set(bearer(key)).expect(200);
    await eventually(async () => expect((await comeBack(back, cookies)).place).toBe('/#/'));
  });

  test('an account that nobody has bound, and a used invitation, do not wait for a turn', async () => {
    const { invitation } = await invite('ann');
    const one = await begin({ invitation });
    const backOne = await provider.signIn(one.url, 'ann-7');
    const two = await begin();
    const backTwo = await provider.signIn(two.url, 'ann-8');
    await service.ask.post('/sessions').send({ invitation }).expect(204);
    // From now on nothing gets a turn any more.
    await service.drain();
    for (const [back, cookies, failure] of [
      [backOne, one.cookies, 'bad-invitation'],
      [backTwo, two.cookies, 'unknown-account'],
    ] as const) {
      expect((await comeBack(back, cookies)).place).toBe(`/#/not-signed-in/${failure}`);
    }
  });

  describe('somebody who is signed in', () => {
    const bind = async (session: string, account: string) => {
      const begun = await service.ask
        .post('/sign-in/provider/account')
        .set('Cookie', session)
        .expect(200);
      const back = await provider.signIn(begun.body.url, account);
      // The cookie of the session is Strict: it does not come from another site.
      return comeBack(back, cookiesOf(begun));
    };
    const withSession = async (name: string) => {
      const { invitation } = await invite(name);
      const answer = await service.ask.post('/sessions').send({ invitation }).expect(204);
      return cookiesOf(answer)[0] as string;
    };

    test('binds an account, sees it, and removes it', async () => {
      const ann = await withSession('ann');
      expect(await bind(ann, 'ann-7')).toMatchObject({ place: '/#/you', session: undefined });
      expect(await me((await signIn('ann-7')).session)).toMatchObject({ actor: 'person:ann' });
      const { personID } = await me(ann);
      const person = service.ask.get(`/people/${personID}`).set('Cookie', ann);
      const { body: own } = await person.expect(200);
      const [identity] = own.identities;
      expect(identity).toMatchObject({ provider: new URL(provider.issuer).host });
      const path = `/identities/${identity.identityID}`;
      const bob = await withSession('bob');
      expectProblem(await service.ask.delete(path).set('Cookie', bob), 'missing-scope', {
        scopes: ['access:write'],
      });
      await service.ask.delete(path).set('Cookie', ann).expect(204);
      expect((await signIn('ann-7')).place).toBe('/#/not-signed-in/unknown-account');
      // It can be bound again, to whomever it belongs.
      expect((await bind(bob, 'ann-7')).place).toBe('/#/you');
      expect(await me((await signIn('ann-7')).session)).toMatchObject({ actor: 'person:bob' });
    });

    test('cannot bind what is another’s', async () => {
      await bound('ann', 'ann-7');
      const bob = await withSession('bob');
      expect((await bind(bob, 'ann-7')).place).toBe('/#/not-signed-in/account-taken');
      const { invitation } = await invite('cy');
      expect((await signIn('ann-7', { invitation })).place).toBe('/#/not-signed-in/account-taken');
      // The invitation is not used up.
      await service.ask.post('/sessions').send({ invitation }).expect(204);
      expect(await me((await signIn('ann-7')).session)).toMatchObject({ actor: 'person:ann' });
    });

    test('binds nothing once the session has ended', async () => {
      const ann = await withSession('ann');
      const begun = await service.ask.post('/sign-in/provider/account').set('Cookie', ann);
      const back = await provider.signIn(begun.body.url, 'ann-7');
      const { sessionID } = await me(ann);
      await service.ask.delete(`/sessions/${sessionID}`).set('Cookie', ann).expect(204);
      const { place: page } = await comeBack(back, cookiesOf(begun));
      expect(page).toBe('/#/not-signed-in/signed-out');
      expect((await signIn('ann-7')).place).toBe('/#/not-signed-in/unknown-account');
    });

    test('is a person: neither a key nor a stranger binds an account', async () => {
      const { key } = await makeKey(open, 'till-7', ['access:write']);
      const asked = service.ask.post('/sign-in/provider/account').set(bearer(key));
      expectProblem(await asked, 'not-a-person');
      expectProblem(await service.ask.post('/sign-in/provider/account'), 'sign-in-required');
    });
  });

  test('the provider is down: the service works, and says so until it answers', async () => {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    await service.close();
    service = await start(place(), { OIDC_ISSUER: issuer });
    const { body } = await service.ask.get('/sign-in').expect(200);
    expect(body).toMatchObject({ provider: `127.0.0.1:${port}` });
    const { invitation } = await invite('ann');
    const down = await service.ask.post('/sign-in/provider').send({ invitation });
    expectProblem(down, 'provider-unavailable');
    expect(down.body.detail).toMatch(/^127\.0\.0\.1:\d+ does not answer/);
    expect(down.headers['retry-after']).toBe('1');
    const late = await OpenIDProvider.start([PUBLIC_URL], port);
    const { url, cookies } = await begin({ invitation });
    const back = await late.signIn(url, 'ann-7');
    await late.stop();
    expect(await comeBack(back, cookies)).toMatchObject({
      place: '/#/not-signed-in/provider-down',
      session: undefined,
    });
    // Nothing is used up: the invitation still signs in.
    await service.ask.post('/sessions').send({ invitation }).expect(204);
  });

  test('a service without a provider says so', async () => {
    const without = await startService(place().environment, { ACCESS: 'keys' });
    expect((await without.ask.get('/sign-in').expect(200)).body.provider).toBeUndefined();
    expectProblem(await without.ask.post('/sign-in/provider').send({}), 'no-provider');
    const answer = await without.ask.get('/sign-in/provider/callback?state=a&code=b').expect(303);
    expect(answer.headers.location).toBe('/#/not-signed-in/not-begun');
    await without.close();
  });

  test('a page of another site can begin nothing', async () => {
    for (const path of ['/sign-in/provider', '/sign-in/provider/account']) {
      const asked = service.ask.post(path).set('Sec-Fetch-Site', 'cross-site').send({});
      expectProblem(await asked, 'cross-site');
    }
  });
});
