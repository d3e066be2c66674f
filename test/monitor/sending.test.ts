import { pauseAfter, reasonOf } from '../../app/monitor/delivery/sending';

const HOUR_MS = 3_600_000;

test.each([
  [1, 5_000],
  [2, 10_000],
  [3, 20_000],
  [4, 40_000],
  [10, 2_560_000],
  [11, HOUR_MS],
  [12, HOUR_MS],
  [100, HOUR_MS],
  [2_000, HOUR_MS],
])('after %p tries the pause is %p ms, or up to a fifth less', (tries, pauseMs) => {
  expect(pauseAfter(tries, 0)).toBe(pauseMs);
  expect(pauseAfter(tries, 0.5)).toBe(pauseMs * 0.9);
  expect(pauseAfter(tries, 1)).toBe(pauseMs * 0.8);
});

test.each<[string, unknown, string]>([
  ['several lines', new Error('550 no\r\n550 never\t!'), '550 no 550 never !'],
  ['nothing', new Error('\n'), 'failed'],
  ['more than the service keeps', new Error('x'.repeat(600)), 'x'.repeat(500)],
  ['a cut through a character', new Error(`${'x'.repeat(499)}👩`), `${'x'.repeat(499)}\ufffd`],
  ['no error', 'oh', 'oh'],
])('the reason of a failure that says %s', (_what, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
