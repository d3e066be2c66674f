import { Reader } from '../../app/ledger/reader';
import { Stock } from '../../app/ledger/stock';

/** Catch-ups that end when the test says so. */
function controlled() {
  const begun: { finish(): void; fail(error: Error): void; stock: Stock }[] = [];
  const reader = new Reader(
    () =>
      new Promise((resolve, reject) => {
        const stock = new Stock();
        begun.push({ stock, finish: () => resolve(stock), fail: reject });
      }),
  );
  return { reader, begun };
}

describe('Reader', () => {
  test('a read that arrives while a catch-up runs waits for the next one', async () => {
    const { reader, begun } = controlled();
    const first = reader.current();
    const second = reader.current();
    begun[0]?.finish();
    await first;
    expect(begun).toHaveLength(2);
    begun[1]?.finish();
    expect(await second).toBe(begun[1]?.stock);
  });

  test('reads that wait share one catch-up', async () => {
    const { reader, begun } = controlled();
    const first = reader.current();
    const waiting = [reader.current(), reader.current(), reader.current()];
    begun[0]?.finish();
    await first;
    waiting.push(reader.current());
    begun[1]?.finish();
    begun[2]?.finish();
    const shared = await Promise.all(waiting.slice(0, 3));
    expect(new Set(shared)).toEqual(new Set([begun[1]?.stock]));
  });

  test('a read that arrives as a catch-up ends does not run beside one that waited', async () => {
    const { reader, begun } = controlled();
    const late = reader.current().then(() => reader.current());
    const waiting = reader.current();
    begun[0]?.finish();
    await new Promise(setImmediate);
    expect(begun).toHaveLength(2);
    begun[1]?.finish();
    await new Promise(setImmediate);
    begun[2]?.finish();
    await Promise.all([late, waiting]);
  });

  test('a catch-up that fails fails its own readers only', async () => {
    const { reader, begun } = controlled();
    const first = reader.current();
    const second = reader.current();
    begun[0]?.fail(new Error('lost'));
    await expect(first).rejects.toThrow('lost');
    begun[1]?.finish();
    expect(await second).toBe(begun[1]?.stock);
    const third = reader.current();
    begun[2]?.finish();
    expect(await third).toBe(begun[2]?.stock);
  });
});
