import type { AlertEvent } from '../../app/ledger/alert';
import { subjectKey } from '../../app/ledger/alert-subject';
import type { LedgerStore } from '../../app/ledger/store';
import { alertEvent } from '../ledger/alerts';
import { onEveryStore } from '../stores';
import { loaded } from './loaded';
import { append, turnEntries } from './turn-entries';

const alerting = (...alerts: AlertEvent[]) => turnEntries([], { alerts });
const numbers = (events: readonly AlertEvent[]) => events.map(({ event }) => event);

/** Six events: alert 1 of product 1 and alert 2 of product 2, both over; alert 5 of product 1, which is not. */
const HISTORY = [
  alertEvent(1),
  alertEvent(2, { productID: 2, kind: 'out' }),
  alertEvent(3, { alertID: 2, productID: 2, kind: 'out', status: 'resolved' }),
  alertEvent(4, { alertID: 1, status: 'resolved' }),
  alertEvent(5),
  alertEvent(6, { alertID: 5, status: 'acknowledged' }),
];

onEveryStore((place, name) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  test('an event is read as it was appended, all of it known or nothing', async () => {
    const fullest = alertEvent(1, {
      productID: 4_294_967_295,
      status: 'snoozed',
      kind: 'cover',
      record: 2 ** 53 - 1,
      revision: 2 ** 53 - 1,
      availableQuantity: 2_147_483_647,
      threshold: 2_147_483_647,
      daysOfCover: 123_456_789.012_345_6,
      until: new Date('9999-12-31T23:59:59.999Z'),
      due: '9999-12-31',
      handledBy: '𝄞'.repeat(100),
      note: `"'\\ é ✂\n${'𝄞'.repeat(240)}`,
      openedAt: new Date('2026-01-01T00:00:00.001Z'),
      turnMark: 2 ** 48 - 2,
    });
    const barest = alertEvent(2, { turnMark: null });
    await append(store, alerting(fullest, barest));
    expect(await store.alerts.from(1, 10)).toEqual([fullest, barest]);
    expect(await store.alertLife(1)).toEqual([fullest]);
    expect(await loaded(store.alerts)).toEqual(expect.arrayContaining([fullest, barest]));
  });

  test('the latest event about each product is loaded, whichever alert it is of', async () => {
    expect(await loaded(store.alerts)).toEqual([]);
    await append(store, alerting(...HISTORY.slice(0, 5)));
    expect(numbers(await loaded(store.alerts)).sort()).toEqual([3, 5]);
    await append(store, alerting(...HISTORY.slice(5)));
    expect(numbers(await loaded(store.alerts)).sort()).toEqual([3, 6]);
  });

  test('the latest event about each product, each location of it and each transfer is loaded', async () => {
    const transfer = { productID: 0, transferID: 2 ** 53 - 1, kind: 'overdue-transfer' } as const;
    await append(
      store,
      alerting(
        alertEvent(1),
        alertEvent(2, { locationID: 4_294_967_294 }),
        alertEvent(3, { locationID: 2 }),
        alertEvent(4, transfer),
        alertEvent(5, { ...transfer, transferID: 1 }),
        alertEvent(6, { alertID: 3, locationID: 2, status: 'resolved' }),
        alertEvent(7, { alertID: 4, ...transfer, status: 'acknowledged' }),
      ),
    );
    const found = await loaded(store.alerts);
    expect(numbers(found).sort()).toEqual([1, 2, 5, 6, 7]);
    expect(found).toContainEqual(
      alertEvent(7, { alertID: 4, ...transfer, status: 'acknowledged' }),
    );
  });

  test('all of them are loaded, however many there are', async () => {
    const subjects = Array.from({ length: 1_203 }, (_, index) => ({
      productID: index % 3 === 2 ? 0 : 1 + (index % 7),
      locationID: index % 3 === 1 ? index : 0,
      transferID: index % 3 === 2 ? index : 0,
    }));
    const events = subjects.map((subject, index) => alertEvent(index + 1, subject));
    await append(store, alerting(...events));
    const latest = new Map(events.map((event) => [subjectKey(event), event.event]));
    const found = numbers(await loaded(store.alerts)).sort((a, b) => a - b);
    expect(found).toEqual([...latest.values()].sort((a, b) => a - b));
  });

  test('events are read in order, from one on, no more than the limit', async () => {
    await append(store, alerting(...HISTORY));
    expect(numbers(await store.alerts.from(2, 3))).toEqual([2, 3, 4]);
    expect(numbers(await store.alerts.from(6, 3))).toEqual([6]);
    expect(numbers(await store.alerts.from(7, 3))).toEqual([]);
  });

  test('the life of an alert is its own events in order, and none if no alert has that number', async () => {
    await append(store, alerting(...HISTORY));
    expect(numbers(await store.alertLife(1))).toEqual([1, 4]);
    expect(numbers(await store.alertLife(5))).toEqual([5, 6]);
    expect(await store.alertLife(4)).toEqual([]);
    expect(await store.alertLife(99)).toEqual([]);
  });

  test('alerts that are over are listed by their end, newest first, page by page', async () => {
    await append(store, alerting(...HISTORY));
    await append(store, alerting(alertEvent(7, { alertID: 5, status: 'resolved' })));
    expect(await store.resolvedAlerts({ limit: 10 })).toMatchObject([
      { event: 7, alertID: 5 },
      { event: 4, alertID: 1 },
      { event: 3, alertID: 2 },
    ]);
    expect(numbers(await store.resolvedAlerts({ limit: 2 }))).toEqual([7, 4]);
    expect(numbers(await store.resolvedAlerts({ before: 4, limit: 2 }))).toEqual([3]);
    expect(numbers(await store.resolvedAlerts({ before: 3, limit: 2 }))).toEqual([]);
  });

  test('alerts that are over are found by product and by kind', async () => {
    await append(store, alerting(...HISTORY));
    const found = async (query: object) =>
      numbers(await store.resolvedAlerts({ limit: 10, ...query }));
    expect(await found({ productID: 1 })).toEqual([4]);
    expect(await found({ productID: 3 })).toEqual([]);
    const at = { locationID: 2, status: 'resolved' } as const;
    const of = { productID: 0, transferID: 9, status: 'resolved' } as const;
    await append(store, alerting(alertEvent(7, at), alertEvent(8, of)));
    expect(await found({ productID: 1 })).toEqual([7, 4]);
    expect(await found({ productID: 1, locationID: 2 })).toEqual([7]);
    expect(await found({ transferID: 9 })).toEqual([8]);
    expect(await found({ kind: 'out' })).toEqual([3]);
    expect(await found({ kind: 'low', productID: 2 })).toEqual([]);
    expect(await found({ kind: 'low', productID: 1, before: 4 })).toEqual([]);
  });

  test('only the turn itself sees what it appends before its commit', async () => {
    const other = place().open();
    const turn = await store.takeTurn();
    await turn.append(alerting(alertEvent(1)));
    expect(numbers(await turn.alerts.from(1, 10))).toEqual([1]);
    expect(numbers(await loaded(turn.alerts))).toEqual([1]);
    expect(await loaded(store.alerts)).toEqual([]);
    expect(await store.alertLife(1)).toEqual([]);
    await turn.commit();
    expect(numbers(await other.alerts.from(1, 10))).toEqual([1]);
    await other.close();
  });

  test('an event number that is taken cannot be appended again', async () => {
    await append(store, alerting(alertEvent(1)));
    const turn = await store.takeTurn();
    await expect(turn.append(alerting(alertEvent(1, { productID: 2 })))).rejects.toThrow();
    await turn.abandon();
    expect(await store.alerts.from(1, 10)).toEqual([alertEvent(1)]);
  });

  test('its events alone show whether an earlier turn was committed', async () => {
    const mine = { ...alerting(alertEvent(1, { turnMark: 99 })), turnMark: 99 };
    const before = await store.takeTurn();
    expect(await before.holds(mine)).toBe(false);
    await before.append(mine);
    await before.commit();
    const after = await store.takeTurn();
    expect(await after.holds(mine)).toBe(true);
    expect(await after.holds({ ...mine, turnMark: 98 })).toBe(false);
    await after.abandon();
  });

  test('the latest checkpoint is the last that was kept, whether or not it is farther', async () => {
    expect(await store.latestCheckpoint()).toBeUndefined();
    const other = place().open();
    for (const record of [2 ** 53 - 1, 7, 0]) {
      // As of one moment: the order in which they were kept decides.
      await store.appendCheckpoint(record, new Date('2026-11-24T12:00:00.000Z'));
      expect(await other.latestCheckpoint()).toBe(record);
    }
    await other.close();
    expect(await place().sql('SELECT * FROM alert_checkpoints')).toHaveLength(3);
  });

  if (name === 'SQLite') {
    test('no event and no checkpoint is ever updated or deleted', async () => {
      await append(store, alerting(alertEvent(1)));
      await store.appendCheckpoint(1, new Date());
      for (const table of ['alerts', 'alert_checkpoints']) {
        await expect(place().sql(`UPDATE ${table} SET record = 0`)).rejects.toThrow('append-only');
        await expect(place().sql(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
      }
    });
  }
});
