import { searchText } from '../../app/ledger/search-text';

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
