import { UTC } from '../../app/ledger/calendar';
import { Ledger } from '../../app/ledger/ledger';
import type { LedgerRecord } from '../../app/ledger/record';
import type { LedgerStore } from '../../app/ledger/store';
import { record, sale } from '../ledger/records';
import { onEveryStore } from '../stores';
import { appendRecords } from './turn-entries';

const LIMITS = {
  writer: { queueLimit: 100, groupLimit: 100, timeoutMs: 10_000 },
  reads: { timeoutMs: 5_000, tries: 10 },
};

let marks = 0;

onEveryStore((place) => {
  let stores: LedgerStore[] = [];
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
  });

  const openStore = () => {
    const store = place().open();
    stores.push(store);
    return store;
  };

  /** A process that wants a time zone, with a clock of its own. */
  const open = (timeZone?: string) => {
    const clock = { now: '2026-03-28T12:00:00.000Z' };
    const ledger = new Ledger(
      openStore(),
      {
        now: () => new Date(clock.now),
        timeZone,
        drawTurnMark: () => {
          marks += 1;
          return marks;
        },
        onRewound: () => {
          throw new Error('nothing here goes back');
        },
      },
      LIMITS,
    );
    const submit = async (command: object) => {
      const commands = [{ productID: 1, ...command }] as never;
      const answer = await ledger.submit({ kind: 'stock', mode: 'each', commands });
      expect(answer).toMatchObject({ outcomes: [{ record: expect.any(Number) }] });
    };
    return {
      ledger,
      zone: async () => (await ledger.calendar()).timeZone,
      keepZone: async () => (await ledger.keepZone()).timeZone,
      count: (availableQuantity = 100) => submit({ kind: 'count', availableQuantity }),
      /** Sells some units at a time. */
      sell: (now: string, quantity: number) => {
        clock.now = now;
        return submit({ kind: 'sale', quantity, unitPrice: 10_000 });
      },
      cancel: (saleRecord: number) => submit({ kind: 'cancellation', saleRecord }),
      giveBack: (saleRecord: number, quantityChange: number) =>
        submit({ kind: 'movement', reason: 'return', saleRecord, quantityChange }),
      at: (now: string) => {
        clock.now = now;
      },
      byDay: async () => {
        const { rows } = await ledger.sales.byDay({});
        return rows.map(({ day, unitsSold, revenue }) => [
          day,
          unitsSold,
          Number(revenue) / 10_000,
        ]);
      },
    };
  };
  const kept = () => place().sql('SELECT entry, timeZone FROM ledger_zone');

  test('a new ledger gets the wanted zone once, and keeps it', async () => {
    const berlin = open('Europe/Berlin');
    expect(await berlin.zone()).toBe('Europe/Berlin');
    expect(await kept()).toEqual([]);
    expect(await berlin.keepZone()).toBe('Europe/Berlin');
    expect(await berlin.keepZone()).toBe('Europe/Berlin');
    for (const later of [open('America/New_York'), open(), open('UTC')]) {
      expect(await later.zone()).toBe('Europe/Berlin');
      expect(await later.keepZone()).toBe('Europe/Berlin');
      await later.count();
    }
    expect(await kept()).toEqual([{ entry: 1, timeZone: 'Europe/Berlin' }]);
  });

  test('without a wanted zone it gets UTC', async () => {
    expect(await open().keepZone()).toBe('UTC');
    expect(await open('Europe/Berlin').keepZone()).toBe('UTC');
  });

  test('the first change makes it keep the zone, if nothing has before', async () => {
    await open('Asia/Kolkata').count();
    expect(await kept()).toEqual([{ entry: 1, timeZone: 'Asia/Kolkata' }]);
  });

  test('of two processes that begin at once with different zones, both get the same', async () => {
    const zones = ['Europe/Berlin', 'America/New_York'].map((timeZone) => open(timeZone));
    const [one, other] = await Promise.all(zones.map((each) => each.keepZone()));
    expect(one).toBe(other);
    expect(await kept()).toEqual([{ entry: 1, timeZone: one }]);
  });

  test('a ledger from before there was a choice is in UTC', async () => {
    const late = sale(2, 1, 3, { recordedAt: new Date('2026-03-27T23:30:00.000Z'), unitPrice: 1 });
    await appendRecords(openStore(), record(1), late);
    const berlin = open('Europe/Berlin');
    expect(await berlin.zone()).toBe('UTC');
    expect(await berlin.keepZone()).toBe('UTC');
    await berlin.sell('2026-03-28T23:30:00.000Z', 2);
    expect(await berlin.byDay()).toMatchObject([
      ['2026-03-27', 3, expect.anything()],
      ['2026-03-28', 2, 2],
    ]);
    expect(await kept()).toEqual([{ entry: 1, timeZone: 'UTC' }]);
  });

  test('the sales of a seed move to the days of the zone', async () => {
    const byHand: Partial<LedgerRecord> = { turnMark: null };
    await appendRecords(
      openStore(),
      record(1, byHand),
      sale(2, 1, 3, { ...byHand, recordedAt: new Date('2026-03-26T12:00:00.000Z'), unitPrice: 5 }),
      sale(3, 1, 4, { ...byHand, recordedAt: new Date('2026-03-26T23:30:00.000Z'), unitPrice: 5 }),
    );
    const berlin = open('Europe/Berlin');
    expect(await berlin.keepZone()).toBe('Europe/Berlin');
    expect(await berlin.byDay()).toMatchObject([
      ['2026-03-26', 3, 15 / 10_000],
      ['2026-03-27', 4, 20 / 10_000],
    ]);
  });

  test('sales are told by the days of the shop, over a change of the clock and in another process', async () => {
    const shop = open('Europe/Berlin');
    await shop.count();
    await shop.sell('2026-03-28T22:59:59.999Z', 1);
    // 29 March has 23 hours there.
    await shop.sell('2026-03-28T23:00:00.000Z', 2);
    await shop.sell('2026-03-29T21:59:59.999Z', 4);
    const other = open();
    await other.sell('2026-03-29T22:00:00.000Z', 8);
    const days = [
      ['2026-03-28', 1, 1],
      ['2026-03-29', 6, 6],
      ['2026-03-30', 8, 8],
    ];
    expect(await other.byDay()).toEqual(days);
    expect(await shop.byDay()).toEqual(days);
    shop.at('2026-03-29T22:00:00.000Z');
    const recent = await shop.ledger.sales.recent();
    expect(recent).toMatchObject({ today: '2026-03-30', timeZone: 'Europe/Berlin' });
    expect(recent.of(1).slice(-3)).toEqual([1, 6, 8]);
    const { rows } = await shop.ledger.sales.top({
      by: 'unitsSold',
      limit: 5,
      from: '2026-03-29',
      to: '2026-03-29',
    });
    expect(rows).toMatchObject([{ productID: 1, unitsSold: 6 }]);
  });

  test('a cancellation takes the sale out of its own day of the shop, and a return is of its own day', async () => {
    const shop = open('Europe/Berlin');
    await shop.count();
    await shop.sell('2026-03-28T22:59:00.000Z', 3);
    await shop.sell('2026-03-28T23:01:00.000Z', 5);
    await shop.sell('2026-03-29T21:59:00.000Z', 7);
    const other = open();
    expect((await other.ledger.sales.recent()).of(1).slice(-2)).toEqual([0, 3]);
    other.at('2026-03-30T10:00:00.000Z');
    expect((await other.ledger.sales.recent()).of(1).slice(-3)).toEqual([3, 12, 0]);
    shop.at('2026-03-30T10:00:00.000Z');
    await shop.cancel(2);
    await shop.giveBack(3, 2);
    expect(await other.byDay()).toEqual([
      ['2026-03-28', 0, 0],
      ['2026-03-29', 12, 12],
      ['2026-03-30', -2, -2],
    ]);
    expect((await other.ledger.sales.recent()).of(1).slice(-3)).toEqual([0, 12, -2]);
    // In a full turn, since this process does not know the sale.
    await other.cancel(4);
    expect((await shop.ledger.sales.recent()).of(1).slice(-3)).toEqual([0, 5, -2]);
    const { days } = await openStore().audit();
    expect(days.quick).toEqual(days.plain);
    expect(days.plain).toMatchObject([
      { day: '2026-03-29', unitsSold: 5 },
      { day: '2026-03-30', unitsSold: -2 },
    ]);
  });

  test('the plain sums of each day find what the daily sales have in excess', async () => {
    const shop = open('Asia/Kolkata');
    await shop.count();
    await shop.sell('2026-03-28T18:29:59.999Z', 3);
    await shop.sell('2026-03-28T18:30:00.000Z', 5);
    const before = (await openStore().audit()).days;
    expect(before.quick).toEqual(before.plain);
    await place().sql("UPDATE sales_daily SET unitsSold = unitsSold + 1 WHERE day = '2026-03-29'");
    const { quick, plain } = (await openStore().audit()).days;
    expect(plain).toMatchObject([
      { day: '2026-03-28', unitsSold: 3 },
      { day: '2026-03-29', unitsSold: 5 },
    ]);
    expect(quick).toMatchObject([{ unitsSold: 3 }, { unitsSold: 6 }]);
  });

  test('a store that cannot be written is read as of its zone, or of UTC', async () => {
    await appendRecords(openStore(), record(1));
    const store = openStore();
    const takeTurn = async () => {
      throw new Error('it cannot be written');
    };
    const reading = Object.assign(Object.create(store) as LedgerStore, { takeTurn });
    const surroundings = {
      now: () => new Date(),
      drawTurnMark: () => 1,
      onRewound: () => {},
      timeZone: 'Europe/Berlin',
    };
    const ledger = new Ledger(reading, surroundings, LIMITS);
    expect((await ledger.calendar()).timeZone).toBe(UTC.timeZone);
  });
});
