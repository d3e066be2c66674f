import { largestHad } from '../../app/web/change/largest-had';
import type { RecordAnswer } from '../../app/wire/records';

type Line = readonly [RecordAnswer['reason'], number, string?];

/** Records from 1 on, as the service lists them: the newest first. */
function history(lines: readonly Line[]): RecordAnswer[] {
  let availableQuantity = 0;
  return lines
    .map(([reason, quantityChange, reference], place) => {
      availableQuantity += quantityChange;
      const base = { productID: 1, recordedAt: '2026-11-25T10:00:00.000Z' };
      return { ...base, record: place + 1, reason, quantityChange, availableQuantity, reference };
    })
    .reverse() as RecordAnswer[];
}

const WRONG = 96_385;

test.each<[string, Line[], number]>([
  ['nothing', [], 0],
  ['what is there', [['count', 5]], 5],
  [
    'what was there and is sold',
    [
      ['receipt', 500],
      ['sale', -499],
    ],
    500,
  ],
  [
    'deliveries on top of each other',
    [
      ['count', 40],
      ['receipt', 48],
      ['sale', -10],
      ['receipt', 48],
    ],
    126,
  ],
  [
    'a receipt that was undone, whatever came between',
    [
      ['count', 5],
      ['receipt', WRONG],
      ['sale', -2],
      ['receipt', 48],
      ['adjustment', -WRONG, 'Undo of record 2'],
      ['sale', -3],
    ],
    51,
  ],
  [
    'a count that was undone',
    [
      ['count', 5],
      ['count', WRONG],
      ['adjustment', -WRONG, 'Undo of record 2'],
    ],
    5,
  ],
  [
    'a receipt that was counted away',
    [
      ['count', 5],
      ['receipt', WRONG],
      ['sale', -2],
      ['count', 3 - (5 + WRONG - 2)],
    ],
    5,
  ],
  [
    'a count that was counted anew',
    [
      ['count', 5],
      ['count', WRONG],
      ['sale', -1],
      ['count', -WRONG],
    ],
    5,
  ],
  [
    'a receipt that an adjustment took away, after another one',
    [
      ['count', 5],
      ['receipt', WRONG],
      ['receipt', 48],
      ['adjustment', -WRONG],
    ],
    53,
  ],
  [
    'what was there and is wasted',
    [
      ['receipt', 500],
      ['waste', -499],
    ],
    500,
  ],
  [
    'two wrong ones, one after the other',
    [
      ['count', 5],
      ['receipt', WRONG],
      ['count', -WRONG],
      ['receipt', 10 * WRONG],
      ['adjustment', -10 * WRONG, 'Undo of record 4'],
    ],
    5,
  ],
  [
    'waste that was undone',
    [
      ['count', 500],
      ['waste', -400],
      ['adjustment', 400, 'Undo of record 2'],
    ],
    500,
  ],
  [
    'a sale that was undone',
    [
      ['count', 500],
      ['sale', -400],
      ['return', 400, 'Undo of record 2'],
    ],
    500,
  ],
  [
    'a few that were missing',
    [
      ['count', 100],
      ['sale', -60],
      ['count', -2],
      ['waste', -1],
    ],
    98,
  ],
])('%s', (_what, lines, most) => {
  expect(largestHad(history(lines))).toBe(most);
});
