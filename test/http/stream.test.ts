import { pino } from 'pino';
import { readConfig } from '../../app/config';
import { createService } from '../../app/service';
import { onEveryStore, sqlitePlace } from '../stores';
import { finding, report } from './alerts/shortages';
import { type EventStream, openStream } from './event-stream';
import { expectFaults, expectProblem } from './problem-answer';
import { listen, startService, useService } from './service';
import { send } from './wire';

const EVENTS = 'text/event-stream; charset=utf-8';
const STREAM = { Accept: 'text/event-stream' };

onEveryStore((place) => {
  let streams: EventStream[];
  beforeEach(() => {
    streams = [];
  });
  afterEach(() => {
    for (const stream of streams) stream.close();
  });
  const service = useService(place);

  const follow = async (path = '/records', headers: Record<string, string> = {}) => {
    const stream = await openStream(service.port, path, headers);
    streams.push(stream);
    return stream;
  };
  const receive = (count: number, { ask } = service) =>
    ask.post('/inventory/batch').send({
      changes: Array(count).fill({ productID: 1, quantityChange: 1, reason: 'receipt' }),
    });
  const ids = ({ events }: EventStream) => events.map(({ id }) => Number(id));
  const range = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);

  test('carries the records that there are, and then those that come', async () => {
    await receive(3);
    const stream = await follow();
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers).toMatchObject({
      'content-type': EVENTS,
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    });
    await stream.atLeast(3);
    await service.ask
      .post('/inventory')
      .send({ productID: 2, availableQuantity: 5, note: 'two\nlines: 日' });
    await stream.atLeast(4);
    const lines = (await service.ask.get('/records')).body;
    expect(stream.events).toEqual(
      lines.map((line: { record: number }) => ({
        id: String(line.record),
        event: 'record',
        data: JSON.stringify(line),
      })),
    );
  });

  test('carries what another service appends, and what is inserted by hand', async () => {
    const stream = await follow();
    const other = await startService(place().environment);
    await receive(2, other);
    await stream.atLeast(2);
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (9, 4)');
    await receive(1, other);
    await stream.atLeast(4);
    await other.close();
    expect(ids(stream)).toEqual(range(1, 4));
    expect(JSON.parse(stream.events[2]?.data as string)).toMatchObject({
      record: 3,
      productID: 9,
      reason: 'count',
      availableQuantity: 4,
    });
  });

  test('carries more than it reads at a time', async () => {
    await receive(1_300);
    const stream = await follow();
    await stream.atLeast(1_300);
    expect(ids(stream)).toEqual(range(1, 1_300));
  });

  test.each([
    ['/records?after=3', {}, 4],
    ['/records', { 'Last-Event-ID': '3' }, 4],
    // A client that lost its connection repeats the URL that it began with.
    ['/records?after=1', { 'Last-Event-ID': '4' }, 5],
    ['/records?after=4', { 'Last-Event-ID': '0' }, 1],
    ['/records?after=2', { 'Last-Event-ID': '' }, 3],
  ])('of %s with %j goes on from there', async (path, headers, first) => {
    await receive(5);
    const stream = await follow(path, headers as Record<string, string>);
    await stream.atLeast(5 - first + 1);
    await receive(2);
    await stream.atLeast(7 - first + 1);
    expect(ids(stream)).toEqual(range(first, 7));
  });

  test('waits for what is beyond the last record', async () => {
    await receive(1);
    const stream = await follow('/records', { 'Last-Event-ID': '2' });
    await receive(2);
    await stream.atLeast(1);
    expect(ids(stream)).toEqual([3]);
  });

  test('ends if the ledger has gone back, also before it has sent anything, and starts again from there', async () => {
    await receive(3);
    const [behind, atEnd] = await Promise.all([follow(), follow('/records?after=3')]);
    await behind.atLeast(3);
    await place().sql('DROP TRIGGER IF EXISTS inventory_is_never_deleted');
    await place().sql('DELETE FROM inventory WHERE record = 3');
    expect(await Promise.all([behind.ended(), atEnd.ended()])).toEqual([true, true]);
    expect(ids(behind)).toEqual(range(1, 3));
    const again = await follow('/records?after=1');
    await receive(1);
    await again.atLeast(2);
    expect(ids(again)).toEqual([2, 3]);
  });

  test('has no gap and no double for a client that reconnects while two services append', async () => {
    const other = await startService(place().environment);
    const seen: number[] = [];
    const look = async () => {
      const stream = await follow('/records', { 'Last-Event-ID': String(seen.at(-1) ?? 0) });
      await stream.atLeast(1);
      stream.close();
      await stream.ended();
      seen.push(...ids(stream));
    };
    const rounds = 6;
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all([look(), receive(5), receive(5, other), receive(5), receive(5, other)]);
    }
    const total = rounds * 20;
    while (seen.length < total) await look();
    await other.close();
    expect(seen).toEqual(range(1, total));
  });

  test('serves many clients alike', async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => follow()));
    await receive(4);
    for (const stream of many) {
      await stream.atLeast(4);
      expect(ids(stream)).toEqual(range(1, 4));
    }
  });

  describe('with revisions=true', () => {
    const rename = (name: string, { ask } = service) => ask.patch('/products/1').send({ name });
    const sent = ({ events }: EventStream) =>
      events.map(({ event, data, id }) =>
        event === 'revision' ? { id, ...JSON.parse(data) } : event,
      );
    const revision = (number: number) => ({ id: undefined, revision: number });

    test('sends the last revision at the start, after the existing records', async () => {
      const empty = await follow('/records?revisions=true');
      await empty.atLeast(1);
      expect(sent(empty)).toEqual([revision(0)]);
      await receive(2);
      await service.ask.post('/products').send({ productID: 1, name: 'Cup' });
      const stream = await follow('/records?revisions=true&after=1');
      await stream.atLeast(2);
      expect(sent(stream)).toEqual(['record', revision(1)]);
    });

    test('sends each new revision, by any process, beside the records', async () => {
      const other = await startService(place().environment);
      await service.ask.post('/products').send({ productID: 1, name: 'Cup' });
      const stream = await follow('/records?revisions=true');
      await stream.atLeast(1);
      await rename('Mug');
      await stream.atLeast(2);
      await receive(1);
      await stream.atLeast(3);
      await rename('Bowl', other);
      await stream.atLeast(4);
      expect(sent(stream)).toEqual([revision(1), revision(2), 'record', revision(3)]);
      await other.close();
    });

    test('sends nothing while there is no new revision', async () => {
      const stream = await follow('/records?revisions=true');
      await stream.atLeast(1);
      for (let round = 1; round <= 3; round += 1) {
        await receive(1);
        await stream.atLeast(1 + round);
      }
      expect(sent(stream)).toEqual([revision(0), 'record', 'record', 'record']);
    });
  });

  test.each(['/records', '/records?revisions=false'])('of %s sends no revision', async (path) => {
    await service.ask.post('/products').send({ productID: 1, name: 'Cup' });
    const stream = await follow(path);
    await service.ask.patch('/products/1').send({ name: 'Mug' });
    await receive(1);
    await stream.atLeast(1);
    await receive(1);
    await stream.atLeast(2);
    expect(stream.events.map(({ event }) => event)).toEqual(['record', 'record']);
  });

  test('with alerts=true sends the last event of alerts at the start, and each new one', async () => {
    const sent = ({ events }: EventStream) =>
      events.map(({ event, data }) => (event === 'alert' ? JSON.parse(data) : event));
    const other = await startService(place().environment);
    const stream = await follow('/records?alerts=true');
    await stream.atLeast(1);
    await receive(1);
    await stream.atLeast(2);
    await report(service, finding(1, { record: 1, revision: 0, availableQuantity: 1 }));
    await stream.atLeast(3);
    await other.ask.patch('/alerts/1').send({ status: 'acknowledged' }).expect(200);
    await stream.atLeast(4);
    await receive(1);
    await stream.atLeast(5);
    const [none, opened, seen] = [0, 1, 2].map((event) => ({ event }));
    expect(sent(stream)).toEqual([none, 'record', opened, seen, 'record']);
    const late = await follow('/records?alerts=true&after=2');
    await late.atLeast(1);
    expect(sent(late)).toEqual([seen]);
    await other.close();
  });

  test.each(['true', 'false'])(
    'alone takes revisions and alerts=%s, and no page does',
    async (flag) => {
      const query = { revisions: flag, alerts: flag };
      expectFaults(await service.ask.get('/records').query(query), 'revisions', 'alerts');
    },
  );

  test('ends properly when the service stops, and lets it close', async () => {
    const config = readConfig({ ...place().environment, LOG_LEVEL: 'silent' });
    const stopping = createService(config, pino({ level: 'silent' }));
    const { port, close } = await listen(stopping.app);
    const stream = await openStream(port, '/records');
    await receive(1);
    await stream.atLeast(1);
    stopping.stop();
    expect(await stream.ended()).toBe(true);
    await close();
    await stopping.close();
  });

  test.each(['*/*', 'application/json', 'text/html', 'text/event-stream;q=0.1, application/json'])(
    'is not the answer to Accept: %s',
    async (accept) => {
      const answer = await service.ask.get('/records').set('Accept', accept);
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(answer.body).toEqual([]);
    },
  );

  test('is the answer to a client that prefers it', async () => {
    const stream = await follow('/records', { Accept: 'text/event-stream, */*;q=0.1' });
    expect(stream.response.headers['content-type']).toBe(EVENTS);
  });

  test('is not the answer to a client that names no accepted type', async () => {
    const answer = await send(service.port, { method: 'GET', path: '/records' });
    expect(answer.text).toBe('[]');
  });

  test.each(['x', '-1', '1.5', '01', '"1"', '9007199254740992', '1, 2'])(
    'is refused with Last-Event-ID: %s',
    async (id) => {
      const answer = await service.ask.get('/records').set(STREAM).set('Last-Event-ID', id);
      expectFaults(answer, 'Last-Event-ID');
    },
  );

  test('is refused for a faulty query, before it begins', async () => {
    const answer = await service.ask.get('/records?after=x&limit=x&revisions=x').set(STREAM);
    expectFaults(answer, 'after', 'limit', 'revisions');
  });

  test('has headers alone for HEAD, and an end', async () => {
    await receive(1);
    const answer = await service.ask.head('/records').set(STREAM);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(EVENTS);
  });
});

test('there are a thousand streams at most, and room again once one hangs up', async () => {
  const place = await sqlitePlace();
  // All of them come from one address here.
  const service = await startService(place.environment, { ADDRESS_SHARE_PERCENT: '100' });
  const streams = await Promise.all(
    Array.from({ length: 1_000 }, () => openStream(service.port, '/records')),
  );
  const refused = await service.ask.get('/records').set(STREAM);
  expectProblem(refused, 'overloaded');
  expect(refused.headers['retry-after']).toBe('5');
  // Pages are answered as ever.
  expect((await service.ask.get('/records')).status).toBe(200);

  await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 1 });
  await Promise.all(streams.map((stream) => stream.atLeast(1)));
  streams.pop()?.close();
  let next = await openStream(service.port, '/records');
  // The service hears of it in its own time.
  while (next.response.statusCode === 503) next = await openStream(service.port, '/records');
  await next.atLeast(1);
  for (const stream of [...streams, next]) stream.close();
  await service.close();
  await place.remove();
});
