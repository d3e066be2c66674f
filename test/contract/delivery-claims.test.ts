import type { Claim, DeliveryOutcome, DeliveryStep } from '../../app/ledger/delivery';
import { Ledger } from '../../app/ledger/ledger';
import type { LedgerStore } from '../../app/ledger/store';
import { alertEvent, MADE_AT, pending } from '../ledger/alerts';
import { onEveryStore } from '../stores';
import { append, turnEntries } from './turn-entries';

const LINES = [1, 2, 3, 4, 5];
const NAMES = LINES.map((line) => ({ event: 1, line }));

/** So long a claim lasts here. */
const LEASE_MS = 60_000;

const LIMITS = {
  writer: { queueLimit: 10, groupLimit: 10, timeoutMs: 10_000 },
  reads: { tries: 100, timeoutMs: 10_000 },
};

onEveryStore((place) => {
  let stores: LedgerStore[];
  let ledgers: [Ledger, Ledger];
  let now: Date;

  beforeEach(async () => {
    now = MADE_AT;
    stores = [place().open(), place().open()];
    ledgers = stores.map(
      (store) =>
        new Ledger(store, { now: () => now, drawTurnMark: () => 7, onRewound: () => {} }, LIMITS),
    ) as [Ledger, Ledger];
    const deliveries = LINES.map((line) => pending(1, line));
    await append(
      stores[0] as LedgerStore,
      turnEntries([], { alerts: [alertEvent(1)], deliveries }),
    );
  });
  afterEach(async () => {
    for (const ledger of ledgers) await ledger.close();
    for (const store of stores) await store.close();
  });

  const pass = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const claim = (ledger: Ledger, mark: string, changes: Partial<Claim> = {}) =>
    ledger.deliveries.claim({
      deliveries: NAMES,
      messageID: 'm1',
      claim: mark,
      until: new Date(now.getTime() + LEASE_MS),
      ...changes,
    });
  const settle = (mark: string, status: DeliveryOutcome['status'], retryAt: Date | null = null) =>
    ledgers[1].deliveries.settle({
      deliveries: NAMES,
      claim: mark,
      status,
      retryAt,
      error: status === 'delivered' ? null : '451 later',
    });
  const lines = (steps: readonly DeliveryStep[]) => steps.map(({ line }) => line);
  const statuses = async () =>
    new Set((await ledgers[0].ask.deliveriesOf([1])).map(({ status }) => status));
  const rows = () => place().sql('SELECT * FROM alert_deliveries ORDER BY recordedAt, step, line');

  test('each delivery goes to one of several simultaneous claims', async () => {
    const marks = LINES.map((line) => `c${line}`);
    const taken = await Promise.all(
      marks.map((mark, index) =>
        claim(ledgers[(index % 2) as 0 | 1], mark, { messageID: `m-${mark}` }),
      ),
    );
    expect(lines(taken.flat()).sort()).toEqual(LINES);
    for (const [index, steps] of taken.entries()) {
      for (const step of steps) expect(step.claim).toBe(marks[index]);
    }
    // One try each was begun.
    expect(await rows()).toHaveLength(2 * LINES.length);
  });

  test('of two overlapping claims, one gets what the other has left', async () => {
    const [first, second] = await Promise.all([
      claim(ledgers[0], 'c1', { deliveries: NAMES.slice(0, 3) }),
      claim(ledgers[1], 'c2', { deliveries: NAMES.slice(2) }),
    ]);
    expect([...lines(first), ...lines(second)].sort()).toEqual(LINES);
  });

  test('a claim that is asked for again is the same claim, as long as it lasts', async () => {
    const taken = await claim(ledgers[0], 'c1');
    expect(await claim(ledgers[1], 'c1')).toEqual(taken);
    expect(await claim(ledgers[1], 'c1', { messageID: 'm2' })).toEqual([]);
    expect(await claim(ledgers[1], 'c2')).toEqual([]);
    expect(await rows()).toHaveLength(2 * LINES.length);
  });

  test.each(['c1', 'c2'])(
    'a claim that has run out is taken again as %s, of the same message only',
    async (mark) => {
      await claim(ledgers[0], 'c1');
      pass(LEASE_MS - 1);
      expect(await claim(ledgers[1], 'c2')).toEqual([]);
      pass(1);
      expect(await claim(ledgers[1], mark, { messageID: 'm2' })).toEqual([]);
      const again = await claim(ledgers[1], mark);
      expect(lines(again)).toEqual(LINES);
      for (const step of again) expect(step).toMatchObject({ tries: 2, messageID: 'm1' });
    },
  );

  test('none is taken before it is due', async () => {
    await claim(ledgers[0], 'c1');
    await settle('c1', 'failed', new Date(now.getTime() + 5_000));
    pass(4_999);
    expect(await claim(ledgers[0], 'c2')).toEqual([]);
    pass(1);
    expect(lines(await claim(ledgers[0], 'c2'))).toEqual(LINES);
  });

  test('that it was delivered holds of a try that has run out, until another has begun', async () => {
    await claim(ledgers[0], 'c1', { deliveries: NAMES.slice(0, 3) });
    pass(LEASE_MS);
    await claim(ledgers[0], 'c2', { deliveries: NAMES.slice(1, 3) });
    expect(lines(await settle('c1', 'delivered'))).toEqual([1]);
    expect(lines(await settle('c2', 'delivered'))).toEqual([2, 3]);
  });

  test.each(['delivered', 'failed', 'dead'] as const)(
    'that it is %s holds of the try that lasts, and of no other',
    async (status) => {
      expect(await settle('c1', status)).toEqual([]);
      await claim(ledgers[0], 'c1');
      pass(LEASE_MS);
      await claim(ledgers[0], 'c2');
      expect(await settle('c1', status)).toEqual([]);
      expect(await statuses()).toEqual(new Set(['sending']));
      expect(lines(await settle('c2', status))).toEqual(LINES);
      expect(await statuses()).toEqual(new Set([status]));
    },
  );

  test.each(['delivered', 'dead'] as const)(
    'after %s there is no further step, and to say so again is answered alike',
    async (end) => {
      await claim(ledgers[0], 'c1');
      const settled = await settle('c1', end);
      expect(lines(settled)).toEqual(LINES);
      const kept = await rows();
      pass(10 * LEASE_MS);
      expect(await settle('c1', end)).toEqual(settled);
      for (const other of ['delivered', 'failed', 'dead'] as const) {
        if (other !== end) expect(await settle('c1', other)).toEqual([]);
      }
      expect(await claim(ledgers[0], 'c2')).toEqual([]);
      expect(await rows()).toEqual(kept);
      expect(await ledgers[0].ask.unfinishedDeliveries(0, 10)).toEqual([]);
    },
  );

  test('only one of several outcomes reported at once is kept', async () => {
    await claim(ledgers[0], 'c1');
    const outcomes = ['delivered', 'failed', 'dead', 'delivered'] as const;
    await Promise.all(outcomes.map((status) => settle('c1', status)));
    const ends = (await ledgers[0].ask.deliveriesOf([1])).map(({ status, step }) => [status, step]);
    expect(ends).toHaveLength(LINES.length);
    for (const [status, step] of ends) {
      expect(outcomes).toContain(status);
      expect(step).toBe(3);
    }
  });

  test('a life of tries only ever adds rows', async () => {
    const seen: unknown[][] = [await rows()];
    const steps = [
      () => claim(ledgers[0], 'c1'),
      () => settle('c1', 'failed'),
      () => claim(ledgers[1], 'c2'),
      () => settle('c2', 'dead'),
    ];
    for (const step of steps) {
      pass(1_000);
      await step();
      seen.push(await rows());
    }
    for (const [index, before] of seen.slice(0, -1).entries()) {
      const after = seen[index + 1] as unknown[];
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after).toHaveLength(before.length + LINES.length);
    }
    expect(await ledgers[0].ask.deadLetters()).toBe(LINES.length);
  });
});
