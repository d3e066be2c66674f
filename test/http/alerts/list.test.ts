import { DUE } from '../../due';
import { onEveryStore } from '../../stores';
import { linkedPages } from '../linked-pages';
import { expectFaults, expectProblem } from '../problem-answer';
import { useService } from '../service';
import { finding, inShort, listed, NEXT_MONTH, report, TELL_ANN, TIME } from './shortages';

onEveryStore((place) => {
  const service = useService(place);

  const found = (...shortages: [productID: number, kind: string][]) =>
    report(service, ...shortages.map(([productID, kind]) => finding(productID, { kind })));
  const handle = (alertID: number, fields: object) =>
    service.ask.patch(`/alerts/${alertID}`).send(fields).expect(200);
  const nextPath = (answer: { headers: Record<string, string> }) =>
    /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1] as string;

  test('without a shortage there is no alert', async () => {
    const answer = await service.ask.get('/alerts');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.body).toEqual([]);
    expect(await listed(service, '?status=resolved')).toEqual([]);
  });

  test('alerts are listed with their products and recipients, the loudest first', async () => {
    await service.ask.post('/products').send({ productID: 2, name: 'Cup' }).expect(201);
    await found([1, 'cover'], [2, 'low'], [3, 'out'], [4, 'cover'], [5, 'out']);
    await report(service, finding(6, { kind: 'none' }), finding(7, { deliveries: [TELL_ANN] }));
    expect(await listed(service)).toEqual([
      '3 out open',
      '5 out open',
      '2 low open',
      '6 low open',
      '1 cover open',
      '4 cover open',
    ]);
    const { body } = await service.ask.get('/alerts');
    expect(body[2]).toEqual({
      event: 2,
      mark: expect.any(String),
      alertID: 2,
      productID: 2,
      name: 'Cup',
      status: 'open',
      kind: 'low',
      record: 20,
      revision: 3,
      availableQuantity: 4,
      threshold: 5,
      daysOfCover: 2.5,
      until: null,
      due: null,
      handledBy: null,
      note: null,
      openedAt: TIME,
      recordedAt: TIME,
      actor: 'open',
      deliveries: [],
    });
    expect(body[3]).toMatchObject({
      name: null,
      deliveries: [{ ...TELL_ANN, delivery: '6.1', status: 'pending', tries: 0 }],
    });
  });

  test('alerts are found by status, kind and product', async () => {
    await found([1, 'low'], [2, 'out'], [3, 'low'], [4, 'cover'], [5, 'low'], [6, 'out']);
    await handle(1, { status: 'acknowledged' });
    await handle(2, { status: 'ordered', due: DUE });
    await handle(4, { status: 'snoozed', until: NEXT_MONTH });
    await found([5, 'none'], [6, 'none']);
    expect(await listed(service, '?status=open')).toEqual(['3 low open']);
    expect(await listed(service, '?status=acknowledged')).toEqual(['1 low acknowledged']);
    expect(await listed(service, '?status=ordered')).toEqual(['2 out ordered']);
    expect(await listed(service, '?status=snoozed')).toEqual(['4 cover snoozed']);
    expect(await listed(service, '?kind=low')).toEqual(['1 low acknowledged', '3 low open']);
    expect(await listed(service, '?kind=low&status=open')).toEqual(['3 low open']);
    expect(await listed(service, '?productID=2')).toEqual(['2 out ordered']);
    expect(await listed(service, '?productID=2&kind=low')).toEqual([]);
    expect(await listed(service, '?productID=5')).toEqual([]);
    expect(await listed(service, '?status=resolved')).toEqual(['6 out resolved', '5 low resolved']);
    expect(await listed(service, '?status=resolved&kind=low')).toEqual(['5 low resolved']);
    expect(await listed(service, '?status=resolved&productID=6')).toEqual(['6 out resolved']);
    expect(await listed(service, '?status=resolved&productID=6&kind=low')).toEqual([]);
  });

  test('those that somebody sees to are listed together, and a part of a list is asked for by its place', async () => {
    await found([1, 'low'], [2, 'out'], [3, 'low'], [4, 'cover'], [5, 'low'], [6, 'low']);
    await handle(1, { status: 'acknowledged' });
    await handle(2, { status: 'ordered', due: DUE });
    await handle(4, { status: 'snoozed', until: NEXT_MONTH });
    await found([6, 'none']);
    const handled = ['2 out ordered', '1 low acknowledged', '4 cover snoozed'];
    expect(await listed(service, '?status=handled')).toEqual(handled);
    expect(await listed(service, '?status=handled&kind=low')).toEqual(['1 low acknowledged']);
    const all = await listed(service);
    expect(await listed(service, '?offset=0')).toEqual(all);
    expect(await listed(service, '?offset=2&limit=2')).toEqual(all.slice(2, 4));
    expect(await listed(service, '?offset=4&limit=2')).toEqual(all.slice(4));
    expect(await listed(service, '?offset=5')).toEqual([]);
    const part = await service.ask.get('/alerts?offset=1&limit=2');
    expect((await service.ask.get(nextPath(part))).body.map(inShort)).toEqual(all.slice(3));
  });

  test('the summary has how many there are of each status and kind, without those that are over', async () => {
    const none = { cover: 0, low: 0, 'overdue-transfer': 0, out: 0 };
    const quiet = { open: none, acknowledged: none, snoozed: none, ordered: none };
    expect((await service.ask.get('/alerts/summary')).body).toEqual({ event: 0, ...quiet });
    await found([1, 'low'], [2, 'out'], [3, 'low'], [4, 'cover'], [5, 'low']);
    await handle(2, { status: 'ordered', due: DUE });
    await found([5, 'none']);
    const answer = await service.ask.get('/alerts/summary');
    expect(answer.body).toEqual({
      event: 7,
      ...quiet,
      open: { ...none, cover: 1, low: 2 },
      ordered: { ...none, out: 1 },
    });
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  test.each(['/alerts', '/alerts/summary'])(
    '%s is 304 until it says something new',
    async (path) => {
      await found([1, 'low']);
      const { etag } = (await service.ask.get(path)).headers;
      expect(etag).toMatch(/^W\/"[\w-]+"$/);
      const known = { 'If-None-Match': etag as string };
      const { headers } = await service.ask.get(path).set(known).expect(304);
      expect(headers).toMatchObject({ etag, vary: 'Accept-Encoding' });
      await handle(1, { status: 'acknowledged' });
      await service.ask.get(path).set(known).expect(200);
    },
  );

  test('a list of alerts comes compressed', async () => {
    await found(...Array.from({ length: 12 }, (_, at): [number, string] => [at + 1, 'low']));
    const { headers } = await service.ask.get('/alerts').set('Accept-Encoding', 'gzip');
    expect(headers['content-encoding']).toBe('gzip');
  });

  test('pages follow one another by Link, each alert on one of them', async () => {
    await found([1, 'low'], [2, 'out'], [3, 'cover'], [4, 'low'], [5, 'out'], [6, 'out']);
    const all = await listed(service);
    for (const limit of [1, 2, 4, 6, 7]) {
      const pages = await linkedPages<Record<string, unknown>>(service, `/alerts?limit=${limit}`);
      expect(
        pages
          .map(({ length }) => length)
          .slice(0, -1)
          .every((length) => length === limit),
      ).toBe(true);
      expect(pages).toHaveLength(Math.ceil(6 / limit));
      expect(pages.flat().map(inShort)).toEqual(all);
    }
    const lows = await linkedPages<Record<string, unknown>>(service, '/alerts?kind=low&limit=1');
    expect(lows.map((page) => page.map(inShort))).toEqual([['1 low open'], ['4 low open']]);
  });

  test.each(['out', 'low', 'cover'])(
    'the next page goes on where the one before ended, though its last alert, %s, is over',
    async (kind) => {
      await found([1, kind], [2, kind], [3, kind], [4, kind]);
      const first = await service.ask.get('/alerts?limit=2');
      await found([1, 'none'], [2, 'none']);
      const second = await service.ask.get(nextPath(first));
      expect(second.body.map(inShort)).toEqual([`3 ${kind} open`, `4 ${kind} open`]);
      expect(second.headers.link).toBeUndefined();
      await found([3, 'none'], [4, 'none']);
      expect((await service.ask.get(nextPath(first))).body).toEqual([]);
    },
  );

  test('a change while pages are read puts no alert on two of them', async () => {
    await found([1, 'low'], [2, 'low'], [3, 'cover'], [4, 'cover']);
    const first = await service.ask.get('/alerts?limit=2');
    // One that was listed grows louder, is seen to, and another opens on either side.
    await found([1, 'out'], [5, 'out'], [6, 'low'], [7, 'cover']);
    await handle(2, { status: 'acknowledged' });
    const second = await service.ask.get(nextPath(first));
    expect(second.body.map(inShort)).toEqual(['7 low open', '3 cover open']);
    const third = await service.ask.get(nextPath(second));
    expect(third.body.map(inShort)).toEqual(['4 cover open', '8 cover open']);
  });

  test('alerts that are over are paged, the latest end first', async () => {
    for (const productID of [1, 2, 3, 4, 5]) await found([productID, 'low']);
    for (const productID of [2, 5, 1, 4]) await found([productID, 'none']);
    const path = '/alerts?status=resolved&limit=2';
    const pages = await linkedPages<{ productID: number }>(service, path);
    expect(pages.map((page) => page.map(({ productID }) => productID))).toEqual([
      [4, 1],
      [5, 2],
    ]);
    const first = await service.ask.get(path);
    await found([3, 'none']);
    const second = await service.ask.get(nextPath(first));
    expect(second.body.map(({ productID }: { productID: number }) => productID)).toEqual([5, 2]);
  });

  test('an alert is answered with its whole history', async () => {
    const [opened] = await report(service, finding(1, { deliveries: [TELL_ANN, TELL_ANN] }));
    await found([2, 'out']);
    await handle(1, { status: 'acknowledged', handledBy: 'Ann', note: 'called them' });
    const [louder] = await report(service, finding(1, { kind: 'out', deliveries: [TELL_ANN] }));
    await found([1, 'none']);
    const answer = await service.ask.get('/alerts/1');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-cache');
    const { life, deliveries, name, ...latest } = answer.body;
    expect(
      life.map(({ status, kind, handledBy, note }: Record<string, unknown>) => [
        status,
        kind,
        handledBy,
        note,
      ]),
    ).toEqual([
      ['open', 'low', null, null],
      ['acknowledged', 'low', 'Ann', 'called them'],
      ['open', 'out', null, null],
      ['resolved', 'out', null, null],
    ]);
    expect(life[0]).toEqual(opened);
    expect(life[2]).toEqual(louder);
    expect(latest).toEqual(life[3]);
    expect(name).toBeNull();
    expect(deliveries.map(({ delivery }: { delivery: string }) => delivery)).toEqual([
      '1.1',
      '1.2',
      '4.1',
    ]);
  });

  test('an alert has the number of the event that opened it, and nothing else is one', async () => {
    await found([1, 'low'], [1, 'out']);
    for (const path of ['/alerts/2', '/alerts/99', '/alerts/9007199254740991']) {
      expectProblem(await service.ask.get(path), 'unknown-alert');
    }
    for (const path of ['0', '-1', '01', '1.0', 'x', '9007199254740993']) {
      expectFaults(await service.ask.get(`/alerts/${path}`), 'alertID');
    }
    expectFaults(await service.ask.get('/alerts/1?life=true'), 'life');
  });
});
