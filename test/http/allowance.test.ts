import { Allowance } from '../../app/http/front/allowance';

const times = (allowance: Allowance, client: string, nowMs: number) => {
  let count = 0;
  while (allowance.take(client, nowMs)) count += 1;
  return count;
};

test('one client has its share of what all have, at once and later', () => {
  const now = performance.now();
  const allowance = new Allowance({ burst: 100, perSecond: 10 }, 30, now);
  expect(times(allowance, 'a', now)).toBe(30);
  expect(times(allowance, 'b', now)).toBe(30);
  expect(times(allowance, 'a', now + 1_000)).toBe(3);
  expect(times(allowance, 'c', now + 1_000)).toBe(30);
  // Of all together no more is left than what the others leave.
  expect(times(allowance, 'd', now + 1_000)).toBe(17);
  expect(times(allowance, 'e', now + 1_000)).toBe(0);
});

test('what is given back does not count', () => {
  const now = performance.now();
  const allowance = new Allowance({ burst: 2, perSecond: 0 }, 100, now);
  for (let time = 0; time < 10; time += 1) {
    expect(allowance.take('a', now)).toBe(true);
    allowance.giveBack('a');
  }
  expect(times(allowance, 'a', now)).toBe(2);
});
