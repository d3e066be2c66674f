import { textFault } from '../../app/http/text';

test.each([
  'Tasse groß',
  'قهوة',
  'C++‎ ספר',
  'می‌خواهم',
  '👩‍👩‍👧 family',
  '❤️',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'क्‍ष',
  '日本',
  'cafe\u0301',
  'a\u00a0b',
  'private \ue000',
])('%j is text', (text) => {
  expect(textFault(text, false)).toBeUndefined();
  expect(textFault(`${text}\n\t${text}`, true)).toBeUndefined();
});

test.each([
  ['a NUL', '\0', 'U+0000'],
  ['an escape', '\u001b', 'U+001B'],
  ['DEL', '\u007f', 'U+007F'],
  ['a C1 control', '\u0085', 'U+0085'],
  ['a high surrogate alone', '\ud800', 'U+D800'],
  ['a low surrogate alone', '\udfff', 'U+DFFF'],
  ['the replacement character', '\ufffd', 'U+FFFD'],
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'].map(
    (control) => [
      'a control of direction',
      control,
      `U+${control.charCodeAt(0).toString(16).toUpperCase()}`,
    ],
  ),
  ['a line separator', '\u2028', 'U+2028'],
  ['a paragraph separator', '\u2029', 'U+2029'],
  ['a zero-width space', '\u200b', 'U+200B'],
  ['a word joiner', '\u2060', 'U+2060'],
  ['a byte order mark within', '\ufeff', 'U+FEFF'],
  ['a soft hyphen', '\u00ad', 'U+00AD'],
  ['an interlinear anchor', '\ufff9', 'U+FFF9'],
  ['a noncharacter', '\ufdd0', 'U+FDD0'],
  ['a noncharacter', '\ufffe', 'U+FFFE'],
  ['a noncharacter beyond the first plane', '\u{1ffff}', 'U+1FFFF'],
])('%s is refused, and named: %j', (_what, character, code) => {
  for (const lines of [false, true]) {
    expect(textFault(`a${character}b`, lines)).toContain(code);
  }
});

test.each(['\n', '\r', '\t', '\r\n'])('%j is refused in one line', (blank) => {
  expect(textFault(`a${blank}b`, false)).toMatch('one line');
});

test.each(['\u200d', '\u200e\u200f', '\ufe0f', '\u3164', ' \u200c '])(
  '%j alone is nothing to see',
  (text) => expect(textFault(text, false)).toMatch('something to see'),
);
