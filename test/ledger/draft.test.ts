import { isDeepStrictEqual } from 'node:util';
import type { NamedSale } from '../../app/ledger/facts';
import { onStock } from '../../app/ledger/memories';
import type { LedgerRecord } from '../../app/ledger/record';
import { onceAround, Slices } from '../../app/ledger/slice';
import { Stock } from '../../app/ledger/stock';
import type { Submission } from '../../app/ledger/submission';
import { draft, drafting } from '../../app/ledger/write/draft';
import { isEmpty } from '../../app/ledger/write/turn-entries';
import type { TurnFacts } from '../../app/ledger/write/turn-facts';
import { turnsDuring } from '../turns';
import { all, cancelled, counted, each, moved, sold } from './commands';
import { namedSale, record } from './records';

const now = new Date('2026-11-23T12:00:00.000Z');
const stamp = { turnMark: 42, now };

function facts(latest: LedgerRecord[] = [], sales: NamedSale[] = []): TurnFacts {
  return {
    ...onStock(new Stock(latest)),
    sales: new Map(sales.map((sale) => [sale.record, sale])),
    requests: new Map(),
    ended: new Map(),
  };
}

/** The outcomes of each submission. */
function outcomes(drafted: ReturnType<typeof draft>) {
  return drafted.answers.map((answer) => (answer.answer === 'outcomes' ? answer.outcomes : answer));
}
const numbers = (records: readonly LedgerRecord[]) => records.map((drafted) => drafted.record);

describe('a draft', () => {
  test('numbers records from the one after the last, under one mark and one time', () => {
    const submissions = [all(counted(1, { productID: 2 }), counted(2)), all(counted(3))];
    const { records } = draft(facts([record(7)]), submissions, stamp);
    expect(numbers(records)).toEqual([8, 9, 10]);
    for (const drafted of records) expect(drafted).toMatchObject({ turnMark: 42, recordedAt: now });
  });

  test('takes any number of refused submissions, and then one that is recorded', () => {
    const on = facts([record(1, { availableQuantity: 0 })]);
    const soldOut = Array.from({ length: 20_000 }, () => each(sold(1)));
    const { records } = draft(on, [...soldOut, all(counted(5)), each(sold(1))], stamp);
    expect(records.map(({ availableQuantity }) => availableQuantity)).toEqual([5, 4]);
  });

  test('of many commands is made in slices, and equals one that is made at once', async () => {
    const on = facts([record(1, { availableQuantity: 3 })]);
    const counts = Array.from({ length: 20_000 }, (_, n) => counted(n, { productID: n + 1 }));
    const submissions = [all(...counts), each(sold(1), sold(1, { productID: 9 })), all(counted(4))];
    let drafted: ReturnType<typeof draft> | undefined;
    const turns = await turnsDuring(async () => {
      const slices = new Slices(onceAround);
      drafted = await slices.through(drafting(on, submissions, stamp));
    });
    expect(turns).toBeGreaterThan(1);
    // Jest's own comparison takes seconds for this many.
    expect(isDeepStrictEqual(drafted, draft(on, submissions, stamp))).toBe(true);
  });

  test('begins an empty ledger with record 1', () => {
    expect(numbers(draft(facts(), [all(counted(1))], stamp).records)).toEqual([1]);
  });

  test('decides submissions in order, each seeing those before, and does not change the facts', () => {
    const on = facts([record(1, { availableQuantity: 3 })]);
    const submissions = [sold(2), sold(2), counted(9), sold(2)].map((command) => all(command));
    const drafted = draft(on, submissions, stamp);
    expect(outcomes(drafted)).toMatchObject([
      [{ availableQuantity: 1 }],
      [{ refusal: 'insufficient-stock', availableQuantity: 1 }],
      [{ availableQuantity: 9 }],
      [{ availableQuantity: 7 }],
    ]);
    expect(numbers(drafted.records)).toEqual([2, 3, 4]);
    expect(on.stock.get(1)?.availableQuantity).toBe(3);
    expect(on.stock.last?.record).toBe(1);
  });

  test('gives each submission its own records, and appends exactly those', () => {
    const drafted = draft(facts(), [all(counted(5), sold(1)), all(sold(2))], stamp);
    expect(outcomes(drafted).flat()).toEqual(drafted.records);
  });

  test('has the annotations of its commands, and null for those that are missing', () => {
    const noted = counted(1, { reference: 'PO-7', note: 'shelf 3' });
    const { records } = draft(facts(), [all(noted, sold(1))], stamp);
    expect(records).toMatchObject([
      { reference: 'PO-7', note: 'shelf 3' },
      { reference: null, note: null },
    ]);
  });

  test('says by how much each record changed the quantity, from 0 for the first one', () => {
    const commands = [
      counted(9),
      counted(4),
      sold(1),
      moved('receipt', 6),
      moved('waste', -2),
      moved('return', 1),
      counted(8),
    ];
    const { records } = draft(facts(), [all(...commands)], stamp);
    expect(records.map(({ quantityChange }) => quantityChange)).toEqual([9, -5, -1, 6, -2, 1, 0]);
  });

  test('sums its sales, less its returns', () => {
    const sale = namedSale(1, { unitPrice: 3 });
    const takenBack = moved('return', 1, { saleRecord: 1 });
    const { sales } = draft(
      facts([record(1)], [sale]),
      [all(sold(4, { unitPrice: 5 })), all(takenBack), all(moved('return', 2))],
      stamp,
    );
    const sum = { unitsSold: 3, unitsPriced: 3, revenue: 17n };
    expect(sales).toEqual([{ day: '2026-11-23', productID: 1, ...sum }]);
  });

  test('has never an earlier time than the record before it, even if the clock is behind', () => {
    const recordedAt = new Date('2026-11-23T12:00:00.001Z');
    const { records } = draft(facts([record(1, { recordedAt })]), [all(counted(1))], stamp);
    expect(records[0]?.recordedAt).toEqual(recordedAt);
  });
});

describe('commands of one submission', () => {
  const bad = sold(1, { productID: 9 });
  const withheld = { refusal: 'withheld', productID: 1 };
  const unknown = { refusal: 'unknown-product', productID: 9 };
  const runs = (...submissions: Submission[]) => draft(facts([record(1)]), submissions, stamp);

  test('see the ones before them, also those that will be withheld', () => {
    const drafted = runs(all(counted(5), sold(3), sold(3)));
    expect(outcomes(drafted)).toEqual([
      [withheld, withheld, { refusal: 'insufficient-stock', productID: 1, availableQuantity: 2 }],
    ]);
  });

  test('are withheld if any one is refused, and leave no trace and no gap', () => {
    const drafted = runs(all(sold(1), bad, sold(2)), all(sold(1)));
    expect(outcomes(drafted)).toMatchObject([
      [withheld, unknown, withheld],
      [{ record: 2, availableQuantity: 9 }],
    ]);
    expect(numbers(drafted.records)).toEqual([2]);
    expect(drafted.sales).toMatchObject([{ unitsSold: 1 }]);
  });

  test('with mode each, do not affect the others if they are refused, and leave no gap', () => {
    const drafted = runs(each(sold(1), bad, sold(2)), all(sold(1)));
    expect(outcomes(drafted)).toMatchObject([
      [{ record: 2, availableQuantity: 9 }, unknown, { record: 3, availableQuantity: 7 }],
      [{ record: 4, availableQuantity: 6 }],
    ]);
    expect(numbers(drafted.records)).toEqual([2, 3, 4]);
  });

  test('that are all refused append nothing', () => {
    expect(isEmpty(runs(all(bad), each(bad, bad)))).toBe(true);
    expect(isEmpty(runs(all(bad), all(sold(1))))).toBe(false);
  });
});

describe('returns', () => {
  /** Record 1 sold five, and one of them was returned. */
  const sale = namedSale(1, { unitPrice: 45_000, returnedQuantity: 1 });
  const back = (quantity: number) => moved('return', quantity, { saleRecord: 1 });
  const bad = sold(1, { productID: 9 });
  const runs = (...submissions: Submission[]) =>
    outcomes(draft(facts([record(1)], [sale]), submissions, stamp));
  const exceeds = (returnableQuantity: number) => ({
    refusal: 'return-exceeds-sale',
    productID: 1,
    saleRecord: 1,
    returnableQuantity,
  });

  test('are limited by the sale across the submissions of a draft', () => {
    expect(runs(all(back(3)), all(back(2)), all(back(1)), all(back(1)))).toMatchObject([
      [{ quantity: -3, unitPrice: 45_000, saleRecord: 1 }],
      [exceeds(1)],
      [{ quantity: -1 }],
      [exceeds(0)],
    ]);
  });

  test('are limited by the sale within one submission', () => {
    const [within] = runs(each(back(3), back(2), back(1)));
    expect(within).toMatchObject([{ quantity: -3 }, exceeds(1), { quantity: -1 }]);
  });

  test('that were withheld do not count', () => {
    const [, after] = runs(all(back(3), bad), all(back(4)));
    expect(after).toMatchObject([{ quantity: -4 }]);
  });
});

describe('cancellations', () => {
  const sale = namedSale(1, { unitPrice: 45_000 });
  const soldFive = record(1, { reason: 'sale', quantity: 5, unitPrice: 45_000 });
  const runs = (...submissions: Submission[]) =>
    outcomes(draft(facts([soldFive], [sale]), submissions, stamp));
  const bad = sold(1, { productID: 9 });

  test('take the sale out of its own day, and a return out of its own', () => {
    const { sales } = draft(facts([soldFive], [sale]), [all(cancelled(1))], stamp);
    const taken = { productID: 1, unitsSold: -5, unitsPriced: -5, revenue: -225_000n };
    expect(sales).toEqual([{ day: '2026-11-20', ...taken }]);
    const back = all(moved('return', 5, { saleRecord: 1 }));
    const returned = draft(facts([soldFive], [sale]), [back], stamp);
    expect(returned.sales).toEqual([{ day: '2026-11-23', ...taken }]);
  });

  test('happen once, across and within the submissions of a draft', () => {
    const already = { refusal: 'sale-cancelled', productID: 1, saleRecord: 1, record: 2 };
    expect(runs(all(cancelled(1)), all(cancelled(1)))).toMatchObject([
      [{ record: 2, reason: 'cancellation', quantity: -5, quantityChange: 5 }],
      [already],
    ]);
    expect(runs(each(cancelled(1), cancelled(1)))).toMatchObject([[{ record: 2 }, already]]);
    const nothingLeft = { refusal: 'return-exceeds-sale', returnableQuantity: 0 };
    const back = moved('return', 1, { saleRecord: 1 });
    expect(runs(each(cancelled(1), back))).toMatchObject([[{ record: 2 }, nothingLeft]]);
  });

  test('are refused after a return in the same draft', () => {
    const returned = { refusal: 'sale-returned', returnedQuantity: 2 };
    const back = moved('return', 2, { saleRecord: 1 });
    expect(runs(all(back), all(cancelled(1)))).toMatchObject([[{ record: 2 }], [returned]]);
  });

  test('that were withheld do not count', () => {
    const [, after] = runs(all(cancelled(1), bad), all(cancelled(1)));
    expect(after).toMatchObject([{ reason: 'cancellation' }]);
  });
});
