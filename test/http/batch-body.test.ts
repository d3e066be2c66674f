import { expectFaults, expectProblem } from './problem-answer';
import { useSharedService } from './service';
import { type Body, ENCODINGS, type Field, json, post, send } from './wire';

const service = useSharedService({ BATCH_LIMIT_BYTES: '100000' });
beforeAll(async () => {
  await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
});
afterEach(async () => {
  expect((await service.ask.get('/readyz')).body.record).toBe(1);
});

const batch = (body: Body, query = '') => post(service.port, `/inventory/batch${query}`, body);
const changes = (...changes: unknown[]) => batch(json(JSON.stringify({ changes })));
const RIGHT = { productID: 1, availableQuantity: 5 };

test.each([
  ['', ['changes']],
  ['{}', ['changes']],
  ['{"changes":null}', ['changes']],
  ['{"changes":{}}', ['changes']],
  ['{"changes":"[]"}', ['changes']],
  ['{"changes":[]}', ['changes']],
  ['{"changes":[],"changes":[]}', ['changes']],
  ['{"changes":[{"productID":1,"availableQuantity":5}],"mode":"each"}', ['mode']],
  ['{"productID":1,"availableQuantity":5}', ['changes', 'productID', 'availableQuantity']],
])('a body of %p is no batch', async (text, faults) => {
  expectFaults(await batch(json(text)), ...faults);
});

test.each(['[]', '[{"productID":1,"availableQuantity":5}]', '{"changes":[}', 'null'])(
  'a body of %p cannot be read',
  async (text) => {
    expectProblem(await batch(json(text)), 'malformed-body');
  },
);

test('every fault of every change is named with its place', async () => {
  const answer = await changes(
    RIGHT,
    { productID: 0, availableQuantity: -1, colour: 'red' },
    { ...RIGHT, reason: 'theft' },
    { productID: 1, quantityChange: -5, reason: 'receipt' },
    {},
    RIGHT,
  );
  expectFaults(
    answer,
    'changes.1.productID',
    'changes.1.availableQuantity',
    'changes.1.colour',
    'changes.2.reason',
    'changes.3.quantityChange',
    'changes.4.productID',
    'changes.4.availableQuantity',
  );
});

test('a change must be an object', async () => {
  const answer = await changes(null, 5, 'productID', [], [RIGHT], true, RIGHT);
  const faults = [0, 1, 2, 3, 4, 5].map((index) => `changes.${index}`);
  expectFaults(answer, ...faults);
});

test.each([
  [{ ...RIGHT, quantity: 5 }, ['availableQuantity']],
  [{ productID: 1, quantity: 5, quantityChange: -5 }, ['quantityChange']],
  [{ productID: 1, quantity: 5, saleRecord: 1 }, ['saleRecord']],
  [{ productID: 1, quantity: 5, reason: 'count' }, ['reason']],
  [{ productID: 1, quantity: 5, reason: 'waste' }, ['reason']],
  [{ productID: 1, unitPrice: 5 }, ['quantity']],
  [{ productID: 1, reason: 'sale' }, ['quantity']],
  [{ productID: 1, reason: 'sale', quantity: -1 }, ['quantity']],
  [{ ...RIGHT, reason: 'sale' }, ['quantity', 'availableQuantity']],
  [{ productID: 1, quantity: 1, unitPrice: '1e3' }, ['unitPrice']],
  [{ productID: 1, quantity: 2_000_000_000, unitPrice: 999_999_999 }, ['unitPrice']],
])('%j is neither a sale nor another change', async (change, faults) => {
  expectFaults(await changes(change), ...faults.map((field) => `changes.0.${field}`));
});

test('the first hundred of very many faults are named', async () => {
  const answer = await changes(...Array(1_000).fill({ ...RIGHT, productID: 0 }));
  const faults = Array.from({ length: 100 }, (_, index) => `changes.${index}.productID`);
  expectFaults(answer, ...faults);
});

test.each(['each,all', 'EACH', '', 'none'])('there is no mode=%s', async (mode) => {
  const body = json(JSON.stringify({ changes: [RIGHT] }));
  expectFaults(await batch(body, `?mode=${mode}`), 'mode');
});

test('mode is given once, and there are no other parameters', async () => {
  const body = json(JSON.stringify({ changes: [RIGHT] }));
  expectFaults(await batch(body, '?mode=each&mode=each&dry=1'), 'mode', 'dry');
});

test.each(['multipart', 'urlencoded'])('a form in %s is refused', async (encoding) => {
  const fields: Field[] = [['changes', JSON.stringify([RIGHT])]];
  const answer = await batch((ENCODINGS[encoding] as (typeof ENCODINGS)[string])(fields));
  expectProblem(answer, 'unsupported-media-type');
  expect(answer.headers['accept-post']).toBe('application/json');
});

test.each(['text/csv', 'application/jsonlines', 'application/json; charset=latin1'])(
  'a body of type %s is refused',
  async (type) => {
    const text = JSON.stringify({ changes: [RIGHT] });
    expectProblem(await batch({ type, text }), 'unsupported-media-type');
  },
);

test('a body beyond its limit is refused, whether or not it says how long it is', async () => {
  const text = JSON.stringify({ changes: [{ ...RIGHT, note: 'x'.repeat(100_000) }] });
  expectProblem(await batch(json(text)), 'body-too-large');
  const headers = { 'Content-Type': 'application/json' };
  const chunked = await send(service.port, { path: '/inventory/batch', headers, text });
  expectProblem(chunked, 'body-too-large');
  expect(chunked.headers.connection).toBe('close');
});

test('a body within the limit of a batch may be beyond that of other requests', async () => {
  const text = JSON.stringify({ changes: [RIGHT, { productID: 9, quantity: 1 }] });
  const padded = `${text}${' '.repeat(50_000)}`;
  expectProblem(await batch(json(padded)), 'batch-refused', { errors: expect.any(Array) });
  expectProblem(await post(service.port, '/inventory', json(padded)), 'body-too-large');
});

test('a batch is posted, and nothing else', async () => {
  const answer = await service.ask.put('/inventory/batch');
  expectProblem(answer, 'method-not-allowed');
  expect(answer.headers.allow).toBe('POST, OPTIONS');
});

test('one name repeated as often as a body has room for is answered, and the process lives on', async () => {
  const repeated = `{${'"a":1,'.repeat(16_000)}"a":1}`;
  expectProblem(await batch(json(repeated)), 'malformed-body');
});

test('If-Match is refused: it is about one product', async () => {
  const answer = await service.ask
    .post('/inventory/batch')
    .set('If-Match', '"1"')
    .send({ changes: [RIGHT] });
  expectFaults(answer, 'If-Match');
});
