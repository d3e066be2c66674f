import { NumberOrder } from '../../app/ledger/number-order';
import { PartCache } from '../../app/ledger/part-cache';

const PRODUCTS = 5_000;

/** Long enough to end a slice. */
function work(): void {
  const begun = performance.now();
  while (performance.now() - begun < 9);
}

test('a result made in slices is as of one moment, even if parts change meanwhile', async () => {
  const order = new NumberOrder();
  for (let one = 1; one <= PRODUCTS; one += 1) order.change(one);
  let moment = 0;
  let turns = 0;
  const quantities = new Map<number, number>();
  // In each pause, both ends are changed together, a limited number of times.
  const others = setInterval(() => {
    turns += 1;
    if (turns > 10) return;
    moment += 1;
    for (const one of [1, PRODUCTS]) {
      quantities.set(one, moment);
      order.change(one);
    }
  });
  const parts = new PartCache<(number | undefined)[]>();
  const make = ({ numbers }: { readonly numbers: readonly number[] }) => {
    work();
    return numbers.map((one) => quantities.get(one));
  };
  const { made, at } = await parts.all(
    order,
    make,
    () => moment,
    () => true,
  );
  clearInterval(others);
  expect(turns).toBeGreaterThan(0);
  const all = made.flat();
  expect(all).toHaveLength(PRODUCTS);
  expect([all[0], all.at(-1)]).toEqual([at, at]);
});

test('only the parts that have changed are made again', async () => {
  const order = new NumberOrder();
  for (let one = 1; one <= PRODUCTS; one += 1) order.change(one);
  const parts = new PartCache<number>();
  let times = 0;
  const make = () => {
    times += 1;
    return times;
  };
  const now = () => undefined;
  await parts.all(order, make, now, () => true);
  expect(times).toBe(order.parts.length);
  times = 0;
  order.change(1);
  order.change(PRODUCTS);
  await parts.all(order, make, now, () => true);
  expect(times).toBe(2);
});
