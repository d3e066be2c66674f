import {
  foldedCode,
  hasWrongCheckDigit,
  isDamagedCode,
  isGtin,
  isSameCode,
  upcAOf,
  withLostZeros,
} from '../../app/ledger/code';

/** The codes in one line are the same; those of two lines are not. */
const ARTICLES = [
  [
    'ab-1',
    'AB-1',
    'Ab-1',
    ' ab-1 ',
    'a\u200bb-1',
    '\ufeffab-1',
    'ab\u00ad-1',
    '\u200eab-1',
    'ab-1\u2800',
    'ab-1\u3164',
    'ab-1\u{e0020}',
  ],
  ['ab 1', 'AB  1', 'ab\u00a01', 'ab\t1', 'AB\u30001', 'ab\u28001'],
  ['ab1'],
  ['caf\u00e9', 'cafe\u0301', 'CAF\u00c9', 'CAFE\u0301'],
  ['cafe'],
  ['stra\u00dfe', 'STRASSE', 'STRA\u1e9eE', 'Strasse'],
  ['\u0130-1', 'i\u0307-1', 'I\u0307-1'],
  ['I-1', 'i-1', '\u0131-1'],
  ['\u03a3\u039f\u03a3', '\u03c3\u03bf\u03c2', '\u03c3\u03bf\u03c3'],
  ['\u0436-1', '\u0416-1'],
  ['m\u00b2'],
  ['m2'],
  ['\uff21'],
  ['a'],
  ['049634068141', '0049634068141', '00049634068141', '0049634068141 '],
  ['49634068141'],
  ['000049634068141'],
  ['4006381333931', '04006381333931'],
  ['14006381333938'],
  ['96385074', '000096385074', '0000096385074', '00000096385074'],
  ['0096385074'],
  ['012345678905', '0012345678905', '00012345678905'],
  ['04252614', '042100005264', '0042100005264', '0000004252614'],
  // With a wrong check digit, too: padding does not change it.
  ['049634068142', '0049634068142'],
  ['96385075', '0000096385075'],
  ['1'],
  ['01'],
  // Digits of other scripts are text like any other.
  ['\u0660\u0664\u0669\u0666\u0663\u0664\u0660\u0666\u0668\u0661\u0664\u0661'],
];

test('codes of one article are the same, and those of two are not', () => {
  for (const [a, codes] of ARTICLES.entries()) {
    for (const [b, others] of ARTICLES.entries()) {
      for (const code of codes) {
        for (const other of others) {
          expect({ code, other, same: isSameCode(code, other) }).toEqual({
            code,
            other,
            same: a === b,
          });
        }
      }
    }
  }
});

test('folding a folded code changes nothing', () => {
  for (const code of [...ARTICLES.flat(), '00000000', '\u1fb3\u0301', '\ud800', '']) {
    expect(foldedCode(foldedCode(code))).toBe(foldedCode(code));
  }
});

test('a plain code is folded to itself, so it needs no second text', () => {
  for (const code of ['ESP-1000', '4006381333931', 'FIL 0004', '012345678905']) {
    expect(foldedCode(code)).toBe(code);
  }
});

test('a GTIN has 8, 12, 13 or 14 digits, and the last is the right check digit', () => {
  for (const gtin of ['96385074', '012345678905', '4006381333931', '14006381333938']) {
    expect(isGtin(gtin)).toBe(true);
    for (let last = 0; last < 10; last += 1) {
      const other = gtin.slice(0, -1) + last;
      expect({ other, right: isGtin(other) }).toEqual({ other, right: other === gtin });
      expect(hasWrongCheckDigit(other)).toBe(other !== gtin);
    }
  }
  for (const text of ['', '0', '49634068141', '6381333931', '000049634068141', '4006381333931 ']) {
    expect({ text, gtin: isGtin(text) }).toEqual({ text, gtin: false });
    expect(hasWrongCheckDigit(text)).toBe(false);
  }
  expect(hasWrongCheckDigit('ESP-1000')).toBe(false);
  expect(hasWrongCheckDigit(' 4006381333930 ')).toBe(true);
});

test('a UPC-E is the UPC-A that it abbreviates, by the one way to abbreviate it', () => {
  const expanded: Record<string, string | undefined> = {
    '04252614': '042100005264',
    '01234505': '012000003455',
    '01278925': '012200007895',
    '01245335': '012400000535',
    '01234543': '012340000053',
    // Not abbreviated like this, though the check digit is right; also an EAN-8; no number system; too few digits.
    '01204534': undefined,
    '01204546': '012040000056',
    '01234565': undefined,
    '24252614': undefined,
    '4252614': undefined,
  };
  for (const [upcE, upcA] of Object.entries(expanded)) {
    expect({ upcE, upcA: upcAOf(upcE) }).toEqual({ upcE, upcA });
  }
  expect(hasWrongCheckDigit('04252614')).toBe(false);
  expect(hasWrongCheckDigit('04252615')).toBe(true);
});

test('a GTIN that has lost its leading zeros is recognized and restored', () => {
  expect(withLostZeros('49634068141')).toBe('049634068141');
  expect(withLostZeros(' 49634068141 ')).toBe('049634068141');
  expect(withLostZeros('4252614')).toBe('04252614');
  expect(withLostZeros('1234565')).toBe('01234565');
  // Several zeros, if the check digit is then right: 1234500007 is not a GTIN, because of its length.
  expect(withLostZeros('1234500007')).toBe('001234500007');
  for (const text of ['049634068141', '1234500006', '4006381333931', '96385074', '12', 'x', '']) {
    expect({ text, was: withLostZeros(text) }).toEqual({ text, was: undefined });
  }
});

test('a code that a spreadsheet has damaged is recognized', () => {
  const damaged = ['4.00638E+12', '4,00638E+12', '4.00638e+12', ' 4.00638E+12 ', '4E+12', '4.E+12'];
  damaged.push('1E5', '1e5', '1.00E+05', '1,00E+05', '-1.5E-3', '4.00638E+012', '4006381333931.0');
  damaged.push('4006381333931,00', '#N/A', '#NV', '#REF!', '#WERT!', '#NAME?', '#DIV/0!', '####');
  damaged.push('\u200b4.00638E+12');
  for (const code of damaged) expect({ code, is: isDamagedCode(code) }).toEqual({ code, is: true });
  const codes = ['', 'E5', 'AE5', '12E34', '1E', '1E5A', '0E5', '4006381333931', 'ESP-1000', '1.5'];
  codes.push('E+12', '#12', '#A1', '1E1000', '12.50', '10.0', 'A4.00E+12');
  for (const code of codes) expect({ code, is: isDamagedCode(code) }).toEqual({ code, is: false });
});
