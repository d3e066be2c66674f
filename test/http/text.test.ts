import { textFault } from '../../app/http/fields/text-fault';

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
  // Wales, and Texas, which few devices draw.
  'Red \u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}!',
  '\u{1f3f4}\u{e0075}\u{e0073}\u{e0074}\u{e0078}\u{e007f}',
  // A keycap, a pirate's flag, skin, hearts on fire.
  '1\ufe0f\u20e3',
  '🏴‍☠️',
  '👍🏽',
  '❤️‍🔥',
  // A joiner at the end of a word, twice in a row by a slip, and after a mark.
  '۱۴۰۳ ه‍.ش',
  'می\u200c\u200cخواهم',
  'র‍্য',
  'ශ්‍රී',
  // An ideograph in a form of its own, and a Mongolian letter.
  '葛\u{e0100}',
  'ᠠ\u180b',
  'שָׁלוֹם',
  '한글',
  'Zoë g̈',
  // Braille with a blank between two words.
  '⠉⠁⠋⠑⠀⠞⠑⠁',
  // A letter that Unicode 17 does not have.
  'new \u{1faff}',
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
  ['a tag', '\u{e0041}', 'U+E0041'],
  ['a tag of language', '\u{e0001}', 'U+E0001'],
  ['the end of tags', '\u{e007f}', 'U+E007F'],
  ['a reserved code beside the tags', '\u{e0fff}', 'U+E0FFF'],
  ['a braille blank', '\u2800', 'U+2800'],
  ['a musical blank', '\u{1d159}', 'U+1D159'],
  ['a hieroglyphic blank', '\u{13441}', 'U+13441'],
  ['a Hangul filler', '\u3164', 'U+3164'],
  ['a Hangul filler in half width', '\uffa0', 'U+FFA0'],
  ['a filler of Hangul consonants', '\u115f', 'U+115F'],
  ['a filler of Hangul vowels', '\u1160', 'U+1160'],
  ['an invisible Khmer vowel', '\u17b4', 'U+17B4'],
  ['a Mongolian vowel separator', '\u180e', 'U+180E'],
  ['a sign of private use', '\ue000', 'U+E000'],
  ['the apple of one maker', '\uf8ff', 'U+F8FF'],
  ['a sign of private use in plane 15', '\u{f0000}', 'U+F0000'],
  ['a sign of private use in plane 16', '\u{10fffd}', 'U+10FFFD'],
])('%s is refused, and named: %j', (_what, character, code) => {
  for (const lines of [false, true]) {
    expect(textFault(`a${character}b`, lines)).toContain(code);
  }
});

test.each(['\n', '\r', '\t', '\r\n'])('%j is refused in one line', (blank) => {
  expect(textFault(`a${blank}b`, false)).toMatch('one line');
});

test.each([
  ['tags behind no flag', 'a\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', 'U+E0067'],
  ['tags without an end', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}', 'U+E0067'],
  ['tags that are no place', '\u{1f3f4}\u{e0067}\u{e007f}', 'U+E0067'],
  ['more tags than a place has', `\u{1f3f4}${'\u{e0061}'.repeat(9)}\u{e007f}`, 'U+E0061'],
  ['tags behind a flag that is whole', '🏴󠁧󠁢󠁥󠁮󠁧󠁿\u{e0041}', 'U+E0041'],
  ['a braille blank at the end', 'AB-1\u2800', 'U+2800'],
  ['a braille blank behind braille', '⠉⠁\u2800', 'U+2800'],
  ['two braille blanks', '⠉\u2800\u2800⠁', 'U+2800'],
  ['a mark at the beginning', '\u0301a', 'U+0301'],
  ['a mark behind a blank', 'a \u0301b', 'U+0301'],
  ['a joiner at the beginning', '\u200da', 'U+200D'],
  ['a joiner behind a blank', 'a \u200c', 'U+200C'],
  ['a variation selector at the beginning', '\ufe0fa', 'U+FE0F'],
  ['a selector behind another', 'a\ufe00\u{e0101}', 'U+E0101'],
  ['a selector behind a joiner', 'a\u200d\ufe0f', 'U+FE0F'],
])('%s is refused, and named: %j', (_what, text, code) => {
  for (const lines of [false, true]) expect(textFault(text, lines)).toContain(code);
});

test('a mark at the beginning of a second line is refused, and a line of plain text is not', () => {
  expect(textFault('a\n\u0301b', true)).toMatch('right before the mark U+0301');
  expect(textFault('a\nb', true)).toBeUndefined();
});

test.each([
  '\u200d',
  '\u200e\u200f',
  '\ufe0f',
  ' \u200c ',
  '\u0301',
  '\u034f',
  '\u200e\u0301',
  '\u{e0100}',
])('%j alone is nothing to see', (text) =>
  expect(textFault(text, false)).toMatch('a visible character'),
);
