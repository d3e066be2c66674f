import fc from 'fast-check';
import { jsonFields as fieldsOf } from '../../app/http/body/json-fields';
import { JsonReader } from '../../app/http/body/json-reader';

const jsonFields = (text: string) => fieldsOf(Buffer.from(text));

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
  expect(() => jsonFields(`{"${quotes}`)).toThrow('a name of more than 8192 characters');
  expect(() => jsonFields(`{"a":"${quotes}`)).toThrow('a is too long');
});

test('refuses what is nested deeper than any useful body', () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  expect(JSON.stringify(jsonFields(nested(15)))).toBe(nested(15));
  expect(() => jsonFields(nested(16))).toThrow('nested deeper than 16');
  expect(() => jsonFields(`{"a":${'['.repeat(4_000_000)}`)).toThrow('nested deeper than 16');
  expect(() => jsonFields('{"a":'.repeat(100_000))).toThrow('nested deeper than 16');
});

test('stops if there is more than any useful body has', async () => {
  const entries = (count: number) => `{"a":[${Array(count).fill('0').join(',')}]}`;
  expect((await jsonFields(entries(10_000))).a).toHaveLength(10_000);
  // What is wrong after that is not read any more.
  const zeros = `{"b":[{"a":[${'0,'.repeat(4_000_000)}`;
  await expect(async () => jsonFields(zeros)).rejects.toMatchObject({
    members: { errors: [{ field: 'b.0.a', detail: 'may have 10000 entries at most' }] },
  });
  const members = Array.from({ length: 700_000 }, (_, index) => `"a${index}":0`);
  const object = (count: number) => `{${members.slice(0, count).join(',')}}`;
  expect(Object.keys(await jsonFields(object(1_000)))).toHaveLength(1_000);
  await expect(async () => jsonFields(object(700_000))).rejects.toThrow('more than 1000 members');
  const many = `{"a":[${Array(1_000).fill(object(500)).join(',')}]}`;
  await expect(async () => jsonFields(many)).rejects.toThrow('more than 200000 values');
});

test('reads a body in pieces as it does in one, wherever it is cut', () => {
  const body = `{"a":[1,{"b":"x\\u0041","b":2},[]],"c":{},"d":"${'y'.repeat(40)}","e":-1.5e3} `;
  const whole = jsonFields(body);
  for (let length = 1; length < body.length; length += 1) {
    const reader = new JsonReader(body);
    while (!reader.read(length));
    expect(reader.value).toEqual(whole);
  }
});

const texts = fc.json({ maxDepth: 6 }).map((json) => `{"a":${json}}`);

/** A value as it is read: its numbers are text. */
const asText = (_name: string, value: unknown) =>
  typeof value === 'number' ? JSON.stringify(value) : value;

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(texts, (json) => {
      expect(jsonFields(json)).toEqual(JSON.parse(json, asText));
    }),
  );
});

test('refuses what JSON.parse refuses, and no more', () => {
  const characters = fc.constantFrom(...'{}[]",:0-.\\eu t\n\u0001');
  const broken = fc.tuple(texts, fc.nat(), characters).map(([json, at, character]) => {
    const place = at % json.length;
    return json.slice(0, place) + character + json.slice(place + 1);
  });
  const isRead = (read: () => unknown) => {
    try {
      const value = read();
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(broken, (json) => {
      expect(isRead(() => jsonFields(json))).toBe(isRead(() => JSON.parse(json)));
    }),
    { numRuns: 2_000 },
  );
});
