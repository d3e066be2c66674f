import { withBasePath } from '../../app/http/answers/base-path';
import { jsonBytes } from '../../app/http/answers/json-bytes';
import { turnsDuring } from '../turns';

const many = Array.from({ length: 20_000 }, (_, index) => ({
  type: index % 2 === 0 ? '/problems/stale-record' : 'other',
  at: new Date(index),
  left: undefined,
  'é"\n': index,
}));

const BODIES: Record<string, object> = {
  'an empty object': {},
  'short members': { a: 1, b: 'é', c: null, d: undefined, e: [1, undefined], f: new Date(0) },
  'a long list, first': { records: many, recorded: 3 },
  'a long list, last, behind nothing': { gone: undefined, recorded: 3, records: many },
  'a long list in a member': { key: 'k', answer: { type: '/problems/x', errors: many }, z: 1 },
  'a list of one more than a part': { records: many.slice(0, 51) },
  'a list of what JSON has not': { list: new Array(120).fill(undefined) },
  'a name that means something to JavaScript': JSON.parse('{"__proto__":{"list":[1]},"a":1}'),
};

test.each(Object.keys(BODIES))('%s is put into words as JSON.stringify does', async (name) => {
  const body = BODIES[name] as object;
  for (const replacer of [undefined, withBasePath('/shop')]) {
    const bytes = await jsonBytes(body, replacer);
    // Not by toBe, which would show megabytes.
    expect(bytes.toString() === JSON.stringify(body, replacer)).toBe(true);
  }
});

test('long answers are written in slices, and short ones at once', async () => {
  expect(jsonBytes({ recorded: 1 })).toBeInstanceOf(Buffer);
  expect(
    await turnsDuring(async () => jsonBytes({ many, again: many, more: many })),
  ).toBeGreaterThan(1);
});
