import { jsonFields } from '../../app/http/body/json';

test.each<[string, string, unknown]>([
  [
    'numbers as they were sent',
    '{"a":1e2,"b":-0.50,"c":12345678901234567890}',
    { a: '1e2', b: '-0.50', c: '12345678901234567890' },
  ],
  [
    'text that looks like numbers, names and ends',
    String.raw`{"a":"12, \"b\": 3 \\","c":"{\"d\":4}"}`,
    { a: '12, "b": 3 \\', c: '{"d":4}' },
  ],
  ['numbers within lists and objects', '{"a":[1,{"b":2}],"c":[]}', { a: ['1', { b: '2' }], c: [] }],
  ['what is no number', '{"a":true,"b":null}', { a: true, b: null }],
  ['a name that is given twice as a list', '{"a":1,"a":"2"}', { a: ['1', '2'] }],
  [
    'the same where the name is written in another way',
    String.raw`{"a":1,"\u0061":2}`,
    { a: ['1', '2'] },
  ],
  ['a name given twice deep within', '{"a":[{"b":1,"b":2}]}', { a: [{ b: ['1', '2'] }] }],
])('reads %s', (_what, body, expected) => {
  expect(JSON.parse(JSON.stringify(jsonFields(body)))).toEqual(expected);
});

test('reads __proto__ as a name like any other', () => {
  expect(Object.keys(jsonFields('{"__proto__":{"a":1}}'))).toEqual(['__proto__']);
});

test.each([
  '',
  '{"a":01}',
  '{"a":1.}',
  '{"a":+1}',
  '{"a":1.2.3}',
  '{"a":--1}',
  '{"a":1e}',
  '{"a":12b}',
  '{"a":1 2}',
  '{"a":"b"1}',
  '{"a":1}}',
  "{'a':1}",
  '{"a":1,}',
  '{a:1}',
])('refuses %s, which is no JSON', (body) => {
  expect(() => jsonFields(body)).toThrow('not well-formed');
});

test.each(['{"a":5,1:2}', '{1:2,"a":1,"a":2}', '{"a":1, 2 :3}'])(
  'refuses %s, whose name is a number',
  (body) => {
    expect(() => jsonFields(body)).toThrow('not well-formed');
  },
);

test('refuses a string that is not closed without looking through it from each of its quotes', () => {
  // So many would take days.
  const quotes = String.raw`\"`.repeat(2_000_000);
  expect(() => jsonFields(`{"${quotes}`)).toThrow('not well-formed');
});

test('refuses what is nested beyond what a stack holds', () => {
  const depth = 100_000;
  const body = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  expect(() => jsonFields(body)).toThrow('not well-formed');
});
