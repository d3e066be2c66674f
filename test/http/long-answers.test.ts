import { request } from 'node:http';
import { jsonFields } from '../../app/http/body/json-fields';
import { invalidRequest, type Problem } from '../../app/http/problems/problem';
import { shortened } from '../../app/http/problems/shortened';
import type { Answer } from './problem-answer';
import { useSharedService } from './service';
import { JSON_TYPE, MULTIPART, multipart, part, type Sent, send, URLENCODED } from './wire';

/** How large a problem may be: its faults, their texts, and what is around them. */
const ANSWER_MAX_BYTES = 80_000;
const FIELD_MAX = 200;

const service = useSharedService();

/** Sends bytes that are given as Latin-1. */
function sendBytes(type: string, bytes: string, path = '/sales'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': type, 'Content-Length': bytes.length };
    const asked = request({ host: '127.0.0.1', port: service.port, method: 'POST', path, headers });
    asked.on('error', reject);
    asked.on('response', async (answer) => {
      const chunks = await answer.toArray();
      const { statusCode: status = 0, headers } = answer;
      resolve({ status, headers, text: Buffer.concat(chunks).toString() });
    });
    asked.end(Buffer.from(bytes, 'latin1'));
  });
}

function expectShort({ status, text }: Answer): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(Buffer.byteLength(text)).toBeLessThan(ANSWER_MAX_BYTES);
  const { detail, errors = [] } = JSON.parse(text);
  expect(detail.length).toBeLessThanOrEqual(4_096);
  for (const { field } of errors) expect(field.length).toBeLessThanOrEqual(FIELD_MAX);
}

const LONG = 'n'.repeat(8_000);
const BAD = '\xff';

test.each<[string, string, string]>([
  [
    'a list of bad texts below a long name',
    JSON_TYPE,
    `{"${LONG}":[${`"${BAD}",`.repeat(1_000)}0]}`,
  ],
  ['long names that are unknown', JSON_TYPE, `{"${LONG}":0,"${LONG}x":0}`],
  ['a thousand names that are unknown', JSON_TYPE, `{${names(999)},"b":0}`],
  ['control characters in names', JSON_TYPE, `{${names(100, '\\u0001'.repeat(20))},"b":0}`],
  ['long names in bad bytes', JSON_TYPE, `{"${LONG}${BAD}":0,"a${LONG}${BAD}":0}`],
  ['a long name in a form', URLENCODED, `${LONG}=1&b${LONG}=2`],
  ['a long name in a form that is no UTF-8', URLENCODED, `${LONG}%ff=1&b${LONG}%ff=2`],
  ['a long name in a multipart form', MULTIPART, multipart(part([LONG, '1'])).text],
  ['a long name in bad bytes in a multipart form', MULTIPART, multipart(part([LONG, BAD])).text],
])('%s: the answer is short', async (_what, type, bytes) => {
  expectShort(await sendBytes(type, bytes));
});

/** Members with these names and others. */
function names(count: number, more = ''): string {
  return Array.from({ length: count }, (_, index) => `"${more}${index}":0`).join();
}

test('long names that are nested: the answer is short', async () => {
  const begin = `{"${LONG}":`.repeat(12);
  const end = `[${`"${BAD}",`.repeat(2_500)}0]${'}'.repeat(12)}`;
  expectShort(await sendBytes(JSON_TYPE, begin + end, '/inventory/batch'));
});

test.each<[string, Sent]>([
  ['in the query', { method: 'GET', path: `/inventory?${LONG}=1` }],
  ['in the query, no UTF-8', { method: 'GET', path: `/inventory?${LONG}%ff=1` }],
  ['in the path', { method: 'GET', path: `/${LONG}` }],
  ['for a product', { method: 'GET', path: `/inventory/${LONG}` }],
  ['for a problem', { method: 'GET', path: `/problems/${LONG}` }],
  ['as a host', { method: 'GET', path: '/inventory', headers: { Host: LONG } }],
  ['as If-Match', { path: '/inventory', headers: { 'If-Match': LONG } }],
  ['as a key', { path: '/inventory', headers: { 'Idempotency-Key': LONG } }],
  ['as a media type', { path: '/inventory', headers: { 'Content-Type': LONG }, text: 'a' }],
])('a long text %s: the answer has the beginning of it at most', async (_where, sent) => {
  const answer = await send(service.port, sent);
  expectShort(answer);
  expect(answer.text).not.toContain('n'.repeat(FIELD_MAX));
});

test('a long column of a file is shortened in the answer', async () => {
  const dashes = '-'.repeat(FIELD_MAX);
  const file = part(['file', `name${dashes},name\r\n`], '; filename="a.csv"');
  const answer = await sendBytes(MULTIPART, multipart(file).text, '/imports/products?dryRun=true');
  expect(answer.text).toContain('both say name');
  expect(answer.text).not.toContain(dashes);
});

test('a body is read no further once it has more faults than are listed', async () => {
  // What follows them is no JSON, which nobody gets to see.
  const body = Buffer.from(`{"a":[${`"${BAD}",`.repeat(1_500)}%`, 'latin1');
  const problem: Problem<'invalid-request'> = await Promise.resolve(jsonFields(body)).catch(
    (error) => error,
  );
  expect(problem.type).toBe('invalid-request');
  expect(problem.detail).toContain('There are more: the first');
});

test('a nested fault is named by its path, as the sender wrote it', async () => {
  const body = Buffer.concat([
    Buffer.from('{"größe":[{"weiß":"'),
    Buffer.from([0xff, 0x22]),
    Buffer.from('}]}'),
  ]);
  const problem: Problem<'invalid-request'> = await Promise.resolve(jsonFields(body)).catch(
    (error) => error,
  );
  expect(problem.members.errors).toMatchObject([{ field: 'größe.0.weiß' }]);
});

test('no more than 64 KiB of faults are listed, and the answer says what is left out', () => {
  const faults = Array.from({ length: 1_000 }, () => ({ field: LONG, detail: 'is wrong' }));
  const { members, detail } = invalidRequest(faults);
  const errors = members.errors as unknown[];
  expect(Buffer.byteLength(JSON.stringify(errors))).toBeLessThanOrEqual(65_536);
  expect(errors.length).toBeGreaterThan(200);
  expect(detail).toMatch(
    /; and \d+ more that errors lists\. There are more: the first \d+ are listed\.$/,
  );
});

test('a text is shortened between its characters', () => {
  expect(shortened('n'.repeat(FIELD_MAX))).toBe('n'.repeat(FIELD_MAX));
  expect(shortened(`${'n'.repeat(FIELD_MAX)}n`)).toBe(`${'n'.repeat(FIELD_MAX - 1)}…`);
  expect(shortened('😀😀😀', 4)).toBe('😀…');
});
