import { type PressedKey, Presses } from '../../app/web/ui/presses';

/** What has the focus. */
const FIELD = {};
const OVERRIDE = {};

const enter = (timeStamp: number, target: object, repeat = false): PressedKey => ({
  key: 'Enter',
  repeat,
  timeStamp,
  target,
});

describe('a press is stray', () => {
  test.each([
    ['where the key is held', [enter(0, FIELD), enter(500, FIELD, true)], [false, true]],
    ['where the key was held before', [enter(500, FIELD, true)], [true]],
    [
      'where the key is held while the focus moves on',
      [enter(0, FIELD), enter(2_000, OVERRIDE, true)],
      [false, true],
    ],
    [
      'as the second of two, where a button has got the focus meanwhile',
      [enter(0, FIELD), enter(450, OVERRIDE)],
      [false, true],
    ],
    [
      'as the third of three',
      [enter(0, FIELD), enter(300, FIELD), enter(600, OVERRIDE)],
      [false, false, true],
    ],
  ])('%s', (_when, keys, expected) => {
    const presses = new Presses();
    expect(keys.map((key) => presses.isStray(key, key.target === OVERRIDE))).toEqual(expected);
  });
});

describe('a press is meant', () => {
  test('on the same button twice, after a while, and after a move of the focus', () => {
    const presses = new Presses();
    expect(presses.isStray(enter(0, OVERRIDE), true)).toBe(false);
    expect(presses.isStray(enter(100, OVERRIDE), true)).toBe(false);
    expect(presses.isStray(enter(2_000, FIELD), true)).toBe(false);
    expect(presses.isStray({ ...enter(2_100, FIELD), key: 'Tab' }, true)).toBe(false);
    expect(presses.isStray(enter(2_200, OVERRIDE), true)).toBe(false);
    presses.forget();
    expect(presses.isStray(enter(2_300, FIELD), true)).toBe(false);
  });

  test('in a field: Enter ends its line, and a held space is typed', () => {
    const presses = new Presses();
    expect(presses.isStray(enter(0, FIELD), false)).toBe(false);
    expect(presses.isStray(enter(100, {}), false)).toBe(false);
    expect(presses.isStray({ ...enter(200, FIELD, true), key: ' ' }, false)).toBe(false);
    expect(presses.isStray({ ...enter(200, FIELD, true), key: ' ' }, true)).toBe(true);
    // Somebody quick has the next key down before this one is up.
    presses.isStray({ ...enter(300, FIELD), key: '2' }, false);
    expect(presses.isStray(enter(310, FIELD, true), false)).toBe(false);
  });
});
