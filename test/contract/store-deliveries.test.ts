import type { DeliveryStep } from '../../app/ledger/delivery';
import type { LedgerStore } from '../../app/ledger/store';
import { StoreUnavailable } from '../../app/ledger/store-failure';
import { alertEvent, MADE_AT, pending } from '../ledger/alerts';
import { onEveryStore } from '../stores';
import { append, turnEntries } from './turn-entries';

const telling = (...deliveries: DeliveryStep[]) =>
  turnEntries([], { alerts: [alertEvent(deliveries[0]?.event ?? 1)], deliveries });
const names = (steps: readonly DeliveryStep[]) =>
  steps.map(({ event, line, step }) => `${event}.${line} ${step}`);

/** A later step of a delivery. */
const later = (first: DeliveryStep, step: number, changes: Partial<DeliveryStep> = {}) => ({
  ...first,
  step,
  status: 'sending' as const,
  tries: 1,
  messageID: 'm1',
  claim: 'c1',
  ...changes,
});

onEveryStore((place, name) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  test('a step is read as it was appended, all of it known or nothing', async () => {
    const barest = pending(1, 1, { notBefore: null });
    const fullest: DeliveryStep = {
      event: 1,
      alertID: 1,
      line: 2,
      step: 1,
      status: 'failed',
      channel: 'webhook',
      target: '𝄞'.repeat(250),
      tries: 1_000_000,
      messageID: 'm'.repeat(64),
      claim: '~'.repeat(64),
      notBefore: new Date('9999-12-31T23:59:59.999Z'),
      error: `"'\\ é ✂ ${'𝄞'.repeat(240)}`,
      recordedAt: new Date('2026-01-01T00:00:00.001Z'),
    };
    await append(store, telling(barest, fullest));
    expect(await store.deliveriesOf([1])).toEqual([barest, fullest]);
    expect(await store.unfinishedDeliveries(0, 10)).toEqual([barest, fullest]);
    expect(await store.deliveries([fullest])).toEqual([fullest]);
  });

  test('a delivery is stored with its event, and not if that is abandoned', async () => {
    const turn = await store.takeTurn();
    await turn.append(telling(pending(1)));
    expect(await store.deliveries([{ event: 1, line: 1 }])).toEqual([]);
    expect(await store.unfinishedDeliveries(0, 10)).toEqual([]);
    await turn.abandon();
    expect(await store.deliveriesOf([1])).toEqual([]);
    await append(store, telling(pending(1)));
    expect(names(await store.unfinishedDeliveries(0, 10))).toEqual(['1.1 1']);
    expect(await store.alertLife(1)).toHaveLength(1);
  });

  test('the latest step of a delivery holds, and one that is not there is left out', async () => {
    const [one, two] = [pending(1, 1), pending(1, 2)];
    const other = pending(2);
    await append(store, telling(one, two));
    await append(store, telling(other));
    await store.appendDeliverySteps([later(one, 2), later(other, 2)]);
    await store.appendDeliverySteps([later(one, 3, { status: 'failed' })]);
    const asked = [other, { event: 9, line: 9 }, one, one, { event: 2, line: 2 }];
    expect(names(await store.deliveries(asked))).toEqual(['1.1 3', '2.1 2']);
    expect(names(await store.deliveriesOf([2, 1, 9]))).toEqual(['1.1 3', '1.2 1', '2.1 2']);
    expect(names(await store.deliveriesOf([2]))).toEqual(['2.1 2']);
    expect(await store.deliveries([])).toEqual([]);
    expect(await store.deliveriesOf([])).toEqual([]);
  });

  test('a delivery of a later event of an alert is listed with that alert', async () => {
    await append(store, telling(pending(1)));
    await append(
      store,
      turnEntries([], {
        alerts: [alertEvent(2, { alertID: 1, kind: 'out' })],
        deliveries: [pending(2, 1, { alertID: 1 })],
      }),
    );
    expect(names(await store.deliveriesOf([1]))).toEqual(['1.1 1', '2.1 1']);
    expect(names(await store.deliveriesOf([2]))).toEqual([]);
  });

  test('the unfinished are paged by event and line, without those that are at their end', async () => {
    const first = [1, 2, 3, 4].map((event) => [pending(event, 1), pending(event, 2)]);
    for (const deliveries of first) await append(store, telling(...deliveries));
    const [[delivered, failed] = [], [dead, sending] = []] = first;
    await store.appendDeliverySteps([
      later(delivered as DeliveryStep, 2, { status: 'delivered' }),
      later(failed as DeliveryStep, 2, { status: 'failed' }),
      later(dead as DeliveryStep, 2, { status: 'dead' }),
      later(sending as DeliveryStep, 2),
    ]);
    const unfinished = async (after: number, limit: number) =>
      names(await store.unfinishedDeliveries(after, limit));
    expect(await unfinished(0, 10)).toEqual(['1.2 2', '2.2 2', '3.1 1', '3.2 1', '4.1 1', '4.2 1']);
    expect(await unfinished(0, 3)).toEqual(['1.2 2', '2.2 2', '3.1 1']);
    expect(await unfinished(2, 3)).toEqual(['3.1 1', '3.2 1', '4.1 1']);
    expect(await unfinished(4, 3)).toEqual([]);
  });

  test('steps are appended all or none, and the second caller has to look again', async () => {
    const deliveries = [pending(1, 1), pending(1, 2), pending(1, 3)] as const;
    await append(store, telling(...deliveries));
    const other = place().open();
    await other.appendDeliverySteps([later(deliveries[1], 2, { claim: 'theirs' })]);
    const mine = deliveries.map((delivery) => later(delivery, 2, { claim: 'mine' }));
    await expect(store.appendDeliverySteps(mine)).rejects.toThrow(StoreUnavailable);
    const claims = (await store.deliveriesOf([1])).map(({ claim }) => claim);
    expect(claims).toEqual([null, 'theirs', null]);
    await store.appendDeliverySteps([mine[0], mine[2]] as DeliveryStep[]);
    await store.appendDeliverySteps([]);
    expect((await other.deliveriesOf([1])).map(({ claim }) => claim)).toEqual([
      'mine',
      'theirs',
      'mine',
    ]);
    await other.close();
  });

  test('dead letters are counted, and nothing else is', async () => {
    const deliveries = [1, 2, 3].map((line) => pending(1, line));
    await append(store, telling(...deliveries));
    expect(await store.deadLetters()).toBe(0);
    const end = (line: number, status: DeliveryStep['status']) =>
      later(pending(1, line), 2, { status, recordedAt: MADE_AT });
    await store.appendDeliverySteps([end(1, 'dead'), end(2, 'delivered'), end(3, 'dead')]);
    expect(await store.deadLetters()).toBe(2);
  });

  if (name === 'SQLite') {
    test('no step is ever updated or deleted', async () => {
      await append(store, telling(pending(1)));
      const update = "UPDATE alert_deliveries SET status = 'delivered'";
      await expect(place().sql(update)).rejects.toThrow('append-only');
      await expect(place().sql('DELETE FROM alert_deliveries')).rejects.toThrow('append-only');
    });
  }
});
