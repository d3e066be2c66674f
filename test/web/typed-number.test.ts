import { marksOf, readNumber } from '../../app/web/ui/typed-number';

test('each language has marks of its own', () => {
  expect(marksOf('en-US')).toEqual({ decimal: '.', group: ',' });
  expect(marksOf('de-DE')).toEqual({ decimal: ',', group: '.' });
  expect(marksOf('fr-FR')).toEqual({ decimal: ',', group: ' ' });
  expect(marksOf('de-CH')).toEqual({ decimal: '.', group: "'" });
  expect(marksOf('ar-EG')).toEqual({ decimal: '.', group: ',' });
});

test.each([
  // What is written without marks is the same everywhere.
  ['en-US', '12', '12'],
  ['de-DE', ' 12 ', '12'],
  ['en-US', '007', '7'],
  ['en-US', '0', '0'],
  // As the language shows it.
  ['de-DE', '59,90', '59.90'],
  ['de-DE', '1.234', '1234'],
  ['de-DE', '1.234.567', '1234567'],
  ['de-DE', '1.234,5', '1234.5'],
  ['en-US', '59.90', '59.90'],
  ['en-US', '1,234', '1234'],
  ['en-US', '1,234.5', '1234.5'],
  ['en-US', '.5', '0.5'],
  ['en-US', '0.375', '0.375'],
  ['fr-FR', '1\u202f234,5', '1234.5'],
  ['fr-FR', '1 234', '1234'],
  ['fr-FR', '1\u00a0234\u00a0567', '1234567'],
  ['de-CH', '1’234.50', '1234.50'],
  ['de-CH', "12'345", '12345'],
  ['en-IN', '12,34,567', '1234567'],
  ['en-IN', '12,34,567.89', '1234567.89'],
  // Another language's form, if it can be read in one way only.
  ['en-US', '59,90', '59.90'],
  ['de-DE', '59.90', '59.90'],
  ['en-US', '1.234,5', '1234.5'],
  ['de-DE', '1,234.5', '1234.5'],
  ['en-US', '1.234.567', '1234567'],
  ['de-DE', '0.375', '0.375'],
  ['en-US', '1234,567', '1234.567'],
  // Digits of other scripts.
  ['ar-EG', '٤٢', '42'],
  ['ar-EG', '١٬٢٣٤٫٥', '1234.5'],
  ['fa-IR', '۴۲', '42'],
  ['hi-IN', '४२', '42'],
  ['ja-JP', '４２．５', '42.5'],
  ['ja-JP', '１，２３４', '1234'],
  ['en-US', '\u200e42\u200f', '42'],
])('in %s "%s" is %s', (locale, text, plain) => {
  expect(readNumber(text, marksOf(locale))).toEqual({ plain });
});

test.each([
  ['en-US', '1.234', ['1234', '1.234']],
  ['de-DE', '1,234', ['1234', '1.234']],
  ['fr-FR', '1.234', ['1234', '1.234']],
  ['de-CH', '12,345', ['12345', '12.345']],
])('in %s "%s" is refused, because it may be two numbers', (locale, text, readings) => {
  expect(readNumber(text, marksOf(locale))).toEqual({ fault: 'ambiguous', readings });
});

test.each([
  '-3',
  '−3',
  '+3',
  '1e3',
  '0x10',
  'a dozen',
  '12.',
  '1..2',
  '1,23,4',
  '1.23.4',
  '1,234 567',
  '1 2',
  '12 50',
  '1.2,3.4',
  '½',
  '²',
  '三',
  '12€',
  '١x',
])('"%s" is no number in any language', (text) => {
  for (const locale of ['en-US', 'de-DE', 'fr-FR', 'ar-EG']) {
    expect(readNumber(text, marksOf(locale))).toEqual({ fault: 'none' });
  }
});

test('nothing is nothing', () => {
  expect(readNumber('  ', marksOf('en-US'))).toEqual({ fault: 'empty' });
});

test('a number as a language shows it is read as the same number', () => {
  const locales = ['en-US', 'de-DE', 'fr-FR', 'pl-PL', 'sv-SE', 'pt-PT', 'hi-IN', 'ar-EG', 'fa-IR'];
  for (const locale of locales) {
    for (const number of [0, 7, 42, 999, 1_234, 12_345, 1_234_567, 2_147_483_647]) {
      const shown = new Intl.NumberFormat(locale).format(number);
      expect([locale, shown, readNumber(shown, marksOf(locale))]).toEqual([
        locale,
        shown,
        { plain: String(number) },
      ]);
    }
    for (const price of [0.05, 18.9, 1_190.7, 999_999_999.9]) {
      const shown = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(price);
      expect([locale, shown, Number(readNumber(shown, marksOf(locale)).plain)]).toEqual([
        locale,
        shown,
        price,
      ]);
    }
  }
});
