import { isListed, tagsIn } from '../../app/http/answers/tag-list';

const strong = (opaque: string) => ({ isWeak: false, opaque });
const weak = (opaque: string) => ({ isWeak: true, opaque });

test.each<[string, ReturnType<typeof tagsIn>]>([
  ['"a"', [strong('a')]],
  ['W/"a"', [weak('a')]],
  ['""', [strong('')]],
  ['"a","b"', [strong('a'), strong('b')]],
  [' "a" , W/"b"\t,"c" ', [strong('a'), weak('b'), strong('c')]],
  // Commas, slashes, stars and backslashes within quotes are part of the tag.
  ['"a,b", "c"', [strong('a,b'), strong('c')]],
  ['"231-h5/7/*"', [strong('231-h5/7/*')]],
  ['"a\\"', [strong('a\\')]],
  ['"W/"', [strong('W/')]],
  ['"\u00e4"', [strong('\u00e4')]],
  // Places of a list may be empty.
  [', "a",, "b",', [strong('a'), strong('b')]],
  ['*', '*'],
  [' * ', '*'],
])('%s is a list of tags', (header, tags) => expect(tagsIn(header)).toEqual(tags));

test.each([
  ...['', ' ', ',', 'a', '"a', 'a"', "'a'", 'w/"a"', 'W/ "a"', 'W/a', 'W/*', '"a" "b"', '"a"b'],
  ...['*, "a"', '"a", *', '**', '"a b"', '"a\u007f"', '"a\nb"', '"\u20ac"'],
])('%j is no list of tags', (header) => {
  expect(tagsIn(header)).toBeUndefined();
  expect(isListed(header, 'a')).toBe(false);
});

test.each([
  ['"a"', 'a', true],
  ['W/"a"', 'a', true],
  ['"b", W/"a"', 'a', true],
  ['*', 'a', true],
  ['"a,b"', 'a,b', true],
  ['"a,b"', 'a', false],
  ['"a,b"', 'b', false],
  ['"a"', 'A', false],
  ['"a "', 'a', false],
])('%s lists the tag %s: %s', (header, opaque, listed) => {
  expect(isListed(header, opaque)).toBe(listed);
});

test('a missing header lists nothing', () => expect(isListed(undefined, 'a')).toBe(false));
