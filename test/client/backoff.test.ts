import { backoffMs } from '../../app/client/backoff';

test.each([
  [0, 250],
  [1, 500],
  [3, 2_000],
  [4, 3_000],
  [5, 3_000],
  [10_000, 3_000],
])('after failure %s the pause is %s ms', (failures, pauseMs) => {
  expect(backoffMs(failures, { firstMs: 250, longestMs: 3_000 })).toBe(pauseMs);
});
