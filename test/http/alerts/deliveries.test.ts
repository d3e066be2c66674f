import { until } from '../../faults/until';
import { onEveryStore } from '../../stores';
import { startService, useService } from '../service';
import { finding, report, TELL_ANN } from './shortages';

/** What is asked of a delivery here. */
interface Delivery {
  readonly delivery: string;
  readonly status: string;
  readonly tries: number;
  readonly notBefore: string | null;
}

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    const bob = { ...TELL_ANN, target: 'bob@shop.example' };
    const later = { ...TELL_ANN, notBefore: '2036-12-01T00:00:00.000Z' };
    await report(
      service,
      finding(1, { deliveries: [TELL_ANN, bob] }),
      finding(2, { deliveries: [TELL_ANN, later] }),
    );
  });

  const names = (deliveries: readonly Delivery[]) => deliveries.map(({ delivery }) => delivery);
  const unfinished = async (query = ''): Promise<Delivery[]> =>
    (await service.ask.get(`/alerts/deliveries${query}`).expect(200)).body;
  const claim = async (deliveries: string[], mark: string, changes = {}): Promise<Delivery[]> => {
    const sent = { deliveries, messageID: 'm1', claim: mark, leaseSeconds: 60, ...changes };
    return (await service.ask.post('/alerts/deliveries/claims').send(sent).expect(200)).body
      .claimed;
  };
  const settle = async (deliveries: string[], mark: string, status: string, more = {}) => {
    const sent = { deliveries, claim: mark, status, ...more };
    const answer = await service.ask.post('/alerts/deliveries/outcomes').send(sent).expect(200);
    return answer.body.settled as Delivery[];
  };
  const metric = async (name: string) => {
    const { text } = await service.ask.get('/metrics');
    return text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1];
  };

  test('unfinished deliveries are listed by event, after a given one, up to a limit', async () => {
    expect(names(await unfinished())).toEqual(['1.1', '1.2', '2.1', '2.2']);
    expect(names(await unfinished('?limit=3'))).toEqual(['1.1', '1.2', '2.1']);
    expect(names(await unfinished('?after=1'))).toEqual(['2.1', '2.2']);
    expect(await unfinished('?after=2')).toEqual([]);
  });

  test('a claim takes what is due and exists, and the next claim gets none of it', async () => {
    const before = Date.now();
    const claimed = await claim(['1.1', '1.1', '2.1', '2.2', '9.1', '1.3'], 'c1');
    expect(claimed).toMatchObject([
      { delivery: '1.1', status: 'sending', tries: 1, messageID: 'm1', target: TELL_ANN.target },
      { delivery: '2.1', status: 'sending', tries: 1, messageID: 'm1', target: TELL_ANN.target },
    ]);
    for (const { notBefore } of claimed) {
      expect(Date.parse(notBefore ?? '')).toBeGreaterThanOrEqual(before + 60_000);
      expect(Date.parse(notBefore ?? '')).toBeLessThanOrEqual(Date.now() + 60_000);
    }
    expect(await claim(['1.1', '2.1'], 'c2')).toEqual([]);
    expect(await claim(['1.1', '2.1'], 'c1')).toEqual(claimed);
    expect(names(await claim(['1.1', '1.2'], 'c2', { messageID: 'm2' }))).toEqual(['1.2']);
  });

  test('of ten simultaneous claims of one delivery, one succeeds', async () => {
    const marks = Array.from({ length: 10 }, (_, index) => `c${index}`);
    const claims = await Promise.all(marks.map((mark) => claim(['1.1', '1.2'], mark)));
    expect(names(claims.flat()).sort()).toEqual(['1.1', '1.2']);
  });

  test('a failure is reported with its reason, and tried again as the same message, not before its time', async () => {
    await claim(['1.1', '1.2'], 'c1');
    const failed = { error: '451 later', retryAt: '2036-12-01T00:00:00.000Z' };
    const settled = await settle(['1.1'], 'c1', 'failed', failed);
    expect(settled).toMatchObject([
      { delivery: '1.1', status: 'failed', error: '451 later', notBefore: failed.retryAt },
    ]);
    expect(await claim(['1.1'], 'c2')).toEqual([]);
    await settle(['1.2'], 'c1', 'failed');
    expect(await claim(['1.2'], 'c2', { messageID: 'm2' })).toEqual([]);
    expect(await claim(['1.2'], 'c2')).toMatchObject([{ delivery: '1.2', tries: 2, error: null }]);
  });

  test('a dead letter is seen at its alert and in the metrics, and is not tried again', async () => {
    expect(await metric('inventory_alert_dead_letters')).toBe('0');
    await claim(['1.1', '1.2'], 'c1');
    await settle(['1.1'], 'c1', 'dead', { error: '550 no such <user>' });
    await settle(['1.2'], 'c1', 'delivered');
    for (const path of ['/alerts', '/alerts/1']) {
      const { body } = await service.ask.get(path);
      const { deliveries } = Array.isArray(body) ? body[0] : body;
      expect(deliveries).toMatchObject([
        { delivery: '1.1', status: 'dead', error: '550 no such <user>', notBefore: null },
        { delivery: '1.2', status: 'delivered', error: null, notBefore: null },
      ]);
    }
    expect(await metric('inventory_alert_dead_letters')).toBe('1');
    const counted = (status: string) =>
      metric(`inventory_alert_deliveries_total{channel="mail",status="${status}"}`);
    expect([await counted('dead'), await counted('delivered')]).toEqual(['1', '1']);
    expect(names(await unfinished())).toEqual(['2.1', '2.2']);
    expect(await claim(['1.1', '1.2'], 'c2')).toEqual([]);
    // Another process counts what is in the ledger, not what it was asked.
    const other = await startService(place().environment);
    try {
      // The first scrape leaves out a figure that is not counted within a second.
      await until('the dead letters are counted', async () => {
        const { text } = await other.ask.get('/metrics');
        return text.includes('\ninventory_alert_dead_letters 1\n');
      });
    } finally {
      await other.close();
    }
  });

  test('only the claimant of a delivery reports its outcome, and nothing changes after an end', async () => {
    const all = names(await unfinished());
    expect(await settle(all, '2f1c7a52-0000-4000-8000-000000000000', 'delivered')).toEqual([]);
    await claim(['1.1', '1.2'], 'c1');
    for (const status of ['delivered', 'failed', 'dead']) {
      expect(await settle(all, 'c2', status)).toEqual([]);
    }
    expect(names(await unfinished())).toEqual(all);
    expect(names(await settle(all, 'c1', 'delivered'))).toEqual(['1.1', '1.2']);
    expect(await settle(['1.1'], 'c1', 'dead')).toEqual([]);
    expect(await settle(['9.9'], 'c1', 'delivered')).toEqual([]);
  });

  test('no answer reveals the mark under which a delivery is claimed', async () => {
    const mark = 'a-mark-that-only-its-maker-knows';
    const { text } = await service.ask
      .post('/alerts/deliveries/claims')
      .send({ deliveries: ['1.1'], messageID: 'm1', claim: mark, leaseSeconds: 60 })
      .expect(200);
    const others = ['/alerts/deliveries', '/alerts', '/alerts/1'].map((path) =>
      service.ask.get(path).expect(200),
    );
    for (const answer of await Promise.all(others)) expect(answer.text).not.toContain(mark);
    expect(text).not.toContain(mark);
  });

  test('how far the monitor has come is kept, the last word counts', async () => {
    const checkpoint = async () => (await service.ask.get('/alerts/checkpoint').expect(200)).body;
    expect(await checkpoint()).toEqual({ record: null });
    for (const record of [20, 7, 0]) {
      const answer = await service.ask.post('/alerts/checkpoint').send({ record });
      expect([answer.status, answer.body]).toEqual([201, { record }]);
      expect(await checkpoint()).toEqual({ record });
    }
  });

  test('a checkpoint beyond the ledger is refused: what comes would never be looked at', async () => {
    const { body } = await service.ask.get('/readyz');
    for (const record of [body.record + 1, Number.MAX_SAFE_INTEGER]) {
      const answer = await service.ask.post('/alerts/checkpoint').send({ record });
      expect(answer.status).toBe(409);
      expect(answer.body.type).toBe('/problems/not-in-ledger');
      expect(answer.body.errors).toEqual([
        { field: 'record', detail: `is beyond the ledger, whose last record is ${body.record}` },
      ]);
    }
    expect((await service.ask.get('/alerts/checkpoint')).body).toEqual({ record: null });
  });
});
