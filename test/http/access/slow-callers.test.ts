import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { setStillLetIn } from '../../../app/http/access/caller';
import { sendParts } from '../../../app/http/answers/send-parts';
import { onEveryStore } from '../../stores';
import { bearer, makeKey, startBoth } from './keys-service';

onEveryStore((place) => {
  let both: Awaited<ReturnType<typeof startBoth>>;
  beforeEach(async () => {
    both = await startBoth(place());
  });
  afterEach(() => both.close());

  /** Begins a count, and waits until the service has let its caller in and asks for the body. @returns what sends the body */
  const beginCount = async (headers: Readonly<Record<string, string>>) => {
    const { port } = both.service;
    const body = JSON.stringify({ productID: 1, availableQuantity: 4 });
    const asked = request({
      host: '127.0.0.1',
      port,
      path: '/inventory',
      method: 'POST',
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': body.length,
        Expect: '100-continue',
      },
    });
    asked.flushHeaders();
    await once(asked, 'continue');
    return async () => {
      asked.end(body);
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
  };

  test('who is revoked while their body arrives changes nothing', async () => {
    const owner = await makeKey(both.open, 'owner', ['access:write', 'stock:count']);
    const leaked = await makeKey(both.open, 'leaked', ['stock:count']);
    const finish = await beginCount(bearer(leaked.key));
    await both.service.ask.delete(`/keys/${leaked.keyID}`).set(bearer(owner.key)).expect(204);
    expect(await finish()).toBe(401);
    expect((await both.open.ask.get('/records')).body).toEqual([]);
    const allowed = await beginCount(bearer(owner.key));
    expect(await allowed()).toBe(201);
  });

  test('whose role is changed while their body arrives may do what the new role may', async () => {
    const invited = await both.open.ask
      .post('/invitations')
      .send({ name: 'ann', role: 'clerk' })
      .expect(201);
    const signedIn = await both.service.ask
      .post('/sessions')
      .send({ invitation: invited.body.link.split('/').at(-1) })
      .expect(204);
    const [cookie = ''] = signedIn.headers['set-cookie'] as unknown as string[];
    const owner = await both.open.ask.post('/invitations').send({ name: 'olga', role: 'owner' });
    const olga = await both.service.ask
      .post('/sessions')
      .send({ invitation: owner.body.link.split('/').at(-1) })
      .expect(204);
    const finish = await beginCount({ Cookie: cookie.split(';')[0] as string });
    await both.service.ask
      .patch(`/people/${invited.body.personID}`)
      .set('Cookie', String(olga.headers['set-cookie']).split(';')[0] as string)
      .send({ role: 'viewer' })
      .expect(200);
    expect(await finish()).toBe(403);
    expect((await both.open.ask.get('/records')).body).toEqual([]);
  });
});

test('a download breaks off once its client is let in no more', async () => {
  async function* endless() {
    for (;;) yield 'x'.repeat(1_000);
  }
  let isLetIn = true;
  const app = express();
  app.get('/', async (_req, res) => {
    setStillLetIn(res, async () => isLetIn);
    await sendParts(res, {}, endless());
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  await once(answer, 'data');
  isLetIn = false;
  answer.resume();
  const [error] = await once(answer, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  server.close();
});
