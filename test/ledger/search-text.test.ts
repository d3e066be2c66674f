import { finder, searchText } from '../../app/ledger/search-text';

test.each([
  ['Café', 'cafe'],
  ['cafe\u0301', 'CAFÉ'],
  ['Straße', 'strasse'],
  ['STRAẞE', 'straße'],
  ['İzmir', 'izmir'],
  ['Ökologischer Filter', 'okologischer filter'],
  ['４００', '400'],
  ['Te\u00ada', 'tea'],
  ['ﬁlter', 'FILTER'],
  ['ΣΊΣΥΦΟΣ', 'σισυφος'],
])('%s is found by %s', (text, other) => {
  expect(searchText(text)).toBe(searchText(other));
});

test('other letters stay other letters', () => {
  expect(searchText('tea')).not.toBe(searchText('ten'));
  expect(searchText('Жук')).not.toBe(searchText('Лук'));
});

test('the beginning of a word finds it, with any end', () => {
  expect(searchText('Οσμή')).toContain(searchText('ΟΣ'));
});

describe('a product is found', () => {
  const found = (search: string, text = 'Café crème') => {
    const { isIn, begins, isCode } = finder(search);
    const codes = ['CAF-1000', '4006381333931'];
    return isIn(searchText(text)) || codes.some((code) => begins(code) || isCode(code));
  };

  test.each(['', 'creme caf', 'caf-10', '4006', '04006381333931'])('by %j', (search) => {
    expect(found(search)).toBe(true);
  });

  test.each(['tea', '1000', '333931'])('by %j only where its text has that', (search) => {
    expect(found(search)).toBe(false);
    expect(found(search, `Café crème ${search}`)).toBe(true);
  });
});
