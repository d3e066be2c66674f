import fc from 'fast-check';
import { NumberOrder } from '../../app/ledger/number-order';

const productID = fc.integer({ min: 1, max: 2_000 });

function all(order: NumberOrder): number[] {
  return order.parts.flatMap(({ numbers }) => [...numbers]);
}

test('products are in order, each once, no matter in which order they were added', () => {
  const lists = fc.oneof(
    fc.array(productID, { maxLength: 3_000, size: 'max' }),
    fc
      .integer({ min: 1, max: 2_000 })
      .map((count) => Array.from({ length: count }, (_, n) => n + 1)),
    fc
      .integer({ min: 1, max: 2_000 })
      .map((count) => Array.from({ length: count }, (_, n) => count - n)),
  );
  fc.assert(
    fc.property(lists, (list) => {
      const order = new NumberOrder();
      for (const one of list) order.change(one);
      expect(all(order)).toEqual([...new Set(list)].sort((a, b) => a - b));
      for (const { numbers } of order.parts) {
        expect(numbers.length).toBeGreaterThan(0);
        expect(numbers.length).toBeLessThanOrEqual(256);
      }
    }),
  );
});

test('a removed number is gone, and the others stay in order', () => {
  fc.assert(
    fc.property(
      fc.array(productID, { maxLength: 3_000, size: 'max' }),
      fc.array(productID, { maxLength: 3_000, size: 'max' }),
      (list, removed) => {
        const order = new NumberOrder();
        for (const one of list) order.change(one);
        for (const one of removed) order.remove(one);
        const left = [...new Set(list)].filter((one) => !removed.includes(one));
        expect(all(order)).toEqual(left.sort((a, b) => a - b));
        expect(order.parts.every(({ numbers }) => numbers.length > 0)).toBe(true);
      },
    ),
  );
});

test('stepping from product to product reaches all of them', () => {
  fc.assert(
    fc.property(
      fc.array(productID, { maxLength: 3_000, size: 'max' }),
      fc.integer({ min: 0, max: 2_100 }),
      (list, after) => {
        const order = new NumberOrder();
        for (const one of list) order.change(one);
        const met: number[] = [];
        for (let last: number | undefined = after; last !== undefined; last = met.at(-1)) {
          const next = order.beyond(last);
          if (next.length === 0) break;
          met.push(...next);
        }
        expect(met).toEqual(all(order).filter((one) => one > after));
      },
    ),
  );
});

test('a change shows in the version of the part that has the product, and in no other', () => {
  const order = new NumberOrder();
  for (let one = 1; one <= 1_000; one += 1) order.change(one);
  const before = order.parts.map(({ version }) => version);
  expect(before.length).toBeGreaterThan(3);
  order.change(300);
  const changed = order.parts.filter(({ version }, place) => version !== before[place]);
  expect(changed).toHaveLength(1);
  expect(changed[0]?.numbers).toContain(300);
});
