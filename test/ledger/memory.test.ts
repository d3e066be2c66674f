import { CATCH_UP_PAGE, type Journal, Memory } from '../../app/ledger/memory';
import { PartCache } from '../../app/ledger/part-cache';
import type { LedgerRecord } from '../../app/ledger/record';
import { STOCK, type Stock } from '../../app/ledger/stock';
import { turnsDuring } from '../turns';
import { record } from './records';

/** A table of records, which counts how many of them were read one after the other. */
function table(records: LedgerRecord[]) {
  const read = { count: 0 };
  const journal: Journal<LedgerRecord> = {
    async *load() {
      yield records;
    },
    async from(position, limit) {
      const entries = records.slice(position - 1, position - 1 + limit);
      read.count += entries.length;
      return entries;
    },
  };
  return { journal, read };
}

const MANY = 50_000;
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => record(index + 1, { productID: index + 1 }));

test('committed entries are added in slices, and a question meanwhile gets all of them without reading them again', async () => {
  const records = numbered(MANY);
  const { journal, read } = table(records);
  const memory = new Memory(STOCK, () => {});
  const first = table(records.slice(0, 1));
  const known = await memory.advance(first.journal);
  const asked: Promise<Stock>[] = [];
  const turns = await turnsDuring(async () => {
    const taking = memory.take(known, records.slice(1));
    asked.push(memory.advance(journal));
    setImmediate(() => asked.push(memory.advance(journal)));
    await taking;
  });
  expect(turns).toBeGreaterThan(1);
  expect(asked).toHaveLength(2);
  for (const stock of await Promise.all(asked)) {
    expect(stock).toBe(known);
    expect(stock.size).toBe(MANY);
  }
  expect(read.count).toBe(2);
});

test('few entries are added at once', () => {
  const records = numbered(CATCH_UP_PAGE);
  const memory = new Memory(STOCK, () => {});
  const stock = STOCK.empty();
  void memory.take(stock, records);
  expect(stock.size).toBe(CATCH_UP_PAGE);
});

test('a read from before a commit that ends while it is taken up does not get a part of it', async () => {
  const records = numbered(MANY);
  const memory = new Memory(STOCK, () => {});
  const known = await memory.advance(table(records.slice(0, 1)).journal);
  let answered = (_entries: LedgerRecord[]) => {};
  const slow: Journal<LedgerRecord> = {
    ...table([]).journal,
    from: () =>
      new Promise((resolve) => {
        answered = resolve;
      }),
  };
  const asked = memory.advance(slow).then(({ size }) => size);
  const taking = memory.take(known, records.slice(1));
  setImmediate(() => answered(records.slice(0, 1)));
  await taking;
  expect(await asked).toBe(MANY);
});

test('a result of the whole fold, made while entries are added, has all of them or none', async () => {
  const records = numbered(MANY);
  const memory = new Memory(STOCK, () => {});
  const known = await memory.advance(table(records.slice(0, 1)).journal);
  const made = () =>
    new PartCache<number>().all(
      known.order,
      ({ numbers }) => numbers.length,
      () => known.last?.record,
      () => known.isWhole,
    );
  const taking = memory.take(known, records.slice(1));
  const whole = made();
  await taking;
  const { made: counts, at } = await whole;
  expect(at).toBe(MANY);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(MANY);
});
