import { azertyDigits, type Keystroke, Keystrokes } from '../../app/web/ui/keystrokes';

/** Keys of a French keyboard, as a scanner presses them that takes it for one of the USA. */
const FRENCH: Readonly<Record<string, string>> = {
  Digit1: '&',
  Digit2: 'é',
  Digit3: '"',
  Digit4: "'",
  Digit5: '(',
  Digit6: '-',
  Digit7: 'è',
  Digit8: '_',
  Digit9: 'ç',
  Digit0: 'à',
  KeyA: 'q',
  KeyZ: 'w',
  Minus: ')',
};

function pressed(codes: readonly string[], gapMs: number): Keystrokes {
  const keystrokes = new Keystrokes();
  for (const [place, code] of codes.entries()) {
    keystrokes.add(keystroke({ code, key: FRENCH[code] ?? 'x', timeStamp: 1_000 + place * gapMs }));
  }
  return keystrokes;
}

function keystroke(changes: Partial<Keystroke>): Keystroke {
  const none = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  return { key: 'x', code: 'KeyX', timeStamp: 0, ...none, ...changes };
}

const DIGITS = ['Digit4', 'Digit0', 'Digit0', 'Digit6', 'Digit3'];

test.each([
  [1, DIGITS, true],
  [40, DIGITS, true],
  [90, DIGITS, false],
  [1, DIGITS.slice(0, 3), false],
  [1, DIGITS.slice(0, 4), true],
])('keys %d ms apart', (gapMs, codes, areScanned) => {
  expect(pressed(codes, gapMs).areScanned).toBe(areScanned);
});

test.each([
  // One digit and Enter, two, three: of a scanner, and of a hand that rolls its fingers over the keys.
  [1, 10, 10, true],
  [1, 10, 60, false],
  [1, 10, 30, false],
  [2, 10, 10, true],
  [2, 30, 30, true],
  [2, 12, 60, false],
  [2, 45, 45, false],
  [3, 40, 40, true],
  [3, 12, 80, false],
  [3, 70, 70, false],
])('%d digits %d ms apart, and Enter after %d ms', (digits, gapMs, endMs, areScanned) => {
  for (const end of ['Enter', 'Tab']) {
    const keystrokes = pressed(DIGITS.slice(0, digits), gapMs);
    const timeStamp = 1_000 + (digits - 1) * gapMs + endMs;
    keystrokes.add(keystroke({ key: end, code: end, timeStamp }));
    expect(keystrokes.areScanned).toBe(areScanned);
    // Nor is it a quantity by a second Enter of a hand.
    keystrokes.add(keystroke({ key: end, code: end, timeStamp: timeStamp + 2_000 }));
    expect(keystrokes.areScanned).toBe(areScanned);
    keystrokes.add(keystroke({ code: 'Digit5', key: '5', timeStamp: timeStamp + 3_000 }));
    expect(keystrokes.areScanned).toBe(false);
  }
});

test.each([
  ['C5', 30, true],
  ['T1', 48, true],
  ['S12', 40, true],
  ['C5', 70, false],
])(
  'the letter that opened the form counts among the keys: %s, %d ms apart',
  (code, gapMs, isScan) => {
    const [letter = '', ...rest] = [...code, 'Enter'];
    const keystrokes = new Keystrokes();
    keystrokes.open(keystroke({ key: letter, timeStamp: 0 }));
    for (const [place, key] of rest.entries()) {
      keystrokes.add(keystroke({ key, timeStamp: (place + 1) * gapMs }));
    }
    expect(keystrokes.areScanned).toBe(isScan);
  },
);

test('two keys of a scanner behind a digit of a hand are scanned; one is not', () => {
  for (const [times, areScanned] of [
    [[0, 900, 905], true],
    [[0, 905], false],
  ] as const) {
    const keystrokes = new Keystrokes();
    for (const timeStamp of times) keystrokes.add(keystroke({ timeStamp }));
    keystrokes.add(keystroke({ key: 'Enter', timeStamp: 910 }));
    expect(keystrokes.areScanned).toBe(areScanned);
  }
});

test('a code behind a digit that a hand has typed is scanned; what a hand has corrected is not', () => {
  const keystrokes = new Keystrokes();
  for (const timeStamp of [0, 900, 905, 910, 915]) keystrokes.add(keystroke({ timeStamp }));
  expect(keystrokes.areScanned).toBe(true);
  // Keys that type nothing are passed over.
  keystrokes.add(keystroke({ key: 'Enter', timeStamp: 2_000 }));
  keystrokes.add(keystroke({ key: 'Shift', timeStamp: 2_000 }));
  keystrokes.add(keystroke({ key: 'a', ctrlKey: true, timeStamp: 2_000 }));
  expect(keystrokes.areScanned).toBe(true);
  keystrokes.add(keystroke({ key: 'Backspace', timeStamp: 3_000 }));
  keystrokes.add(keystroke({ timeStamp: 3_001 }));
  expect(keystrokes.areScanned).toBe(false);
});

test('keys are read by their place', () => {
  const keys = pressed([...DIGITS, 'Minus', 'KeyA', 'KeyZ', 'Numpad7'], 1);
  expect(keys.asOnUsKeyboard('\'àà-")qwx')).toBe('40063-az7');
  // One character came otherwise.
  expect(keys.asOnUsKeyboard('1\'àà-")qwx')).toBeUndefined();
  const shifted = new Keystrokes();
  shifted.add(keystroke({ code: 'KeyE', shiftKey: true }));
  shifted.add(keystroke({ code: 'BracketRight', shiftKey: false }));
  expect(shifted.asOnUsKeyboard('E$')).toBe('E]');
  shifted.add(keystroke({ code: '' }));
  expect(shifted.asOnUsKeyboard('E$x')).toBeUndefined();
  shifted.clear();
  expect(shifted.asOnUsKeyboard('')).toBeUndefined();
});

test.each([
  ['&é"\'(-è_çà', '1234567890'],
  ['&é"\'(§è!çà', '1234567890'],
  ['\'àà-"_&"""ç"&', '4006381333931'],
  ['&2', undefined],
  ['12', undefined],
  ['', undefined],
])('%s of a French keyboard are the digits %s', (text, digits) => {
  expect(azertyDigits(text)).toBe(digits);
});
