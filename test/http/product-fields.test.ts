import { expectFaults, expectProblem } from './problem-answer';
import { useSharedService } from './service';
import { json, post } from './wire';

const service = useSharedService();
beforeAll(async () => {
  await service.ask.post('/products').send({ productID: 1, name: 'Cup' });
});

/** Values that are taken, and what is answered. */
const RIGHT: Record<string, [sent: string, answered: string | number][]> = {
  name: [
    ['x', 'x'],
    ['  Tasse  groß ', 'Tasse  groß'],
    ['日'.repeat(200), '日'.repeat(200)],
    [`=1+1'"<b>\\😀`, `=1+1'"<b>\\😀`],
  ],
  sku: [
    ['0', '0'],
    ['é'.repeat(64), 'é'.repeat(64)],
  ],
  barcode: [
    ['0004006381333931', '0004006381333931'],
    ['x'.repeat(64), 'x'.repeat(64)],
  ],
  image: [
    ['http://a', 'http://a'],
    ['HTTPS://a/b?c#d', 'HTTPS://a/b?c#d'],
    [`https://a/${'x'.repeat(1_990)}`, `https://a/${'x'.repeat(1_990)}`],
  ],
  price: [
    ['0', 0],
    ['0.0001', 0.0001],
    ['999999999.9999', 999_999_999.9999],
  ],
  reorderPoint: [
    ['0', 0],
    ['2147483647', 2_147_483_647],
  ],
  reorderQuantity: [
    ['0', 0],
    ['2147483647', 2_147_483_647],
  ],
};

const NO_TEXT = ['a\nb', 'a\0b', 'a\tb', 'a\u0085b', 'a\u2800', '\u0301', 'a\ue000', 'a\u{e0041}'];
const NO_QUANTITY = ['-1', '+1', '1.0', '01', '1e3', '2147483648', 'many', ' 1'];

/** What spreadsheets leave of codes. */
const DAMAGED = ['4.00638E+12', '4,00638e+12', '1E5', '4006381333931.0', '#N/A', '####'];

/** Values that are refused, besides an empty one, which takes a field away where it may. */
const WRONG: Record<string, string[]> = {
  name: ['', '   ', 'x'.repeat(201), ...NO_TEXT],
  sku: [' ', 'x'.repeat(65), ...NO_TEXT, ...DAMAGED],
  barcode: ['\t', 'x'.repeat(65), ...NO_TEXT, ...DAMAGED],
  image: [
    ...['x', '/beans.jpg', '//a/b', 'ftp://a/b', 'javascript:alert(1)', 'data:,x', 'https://'],
    `https://a/${'x'.repeat(1_991)}`,
    'https://a/\nb',
  ],
  price: ['-1', '1,50', '1.', '.5', '1.00001', '1000000000', '1e3', '€1', 'NaN'],
  reorderPoint: NO_QUANTITY,
  reorderQuantity: NO_QUANTITY,
};

describe.each(Object.keys(RIGHT))('%s', (field) => {
  test('is taken up to its bounds', async () => {
    for (const [sent, answered] of RIGHT[field] ?? []) {
      const added = await service.ask.post('/products').send({ name: 'Cup', [field]: sent });
      expect(added.status).toBe(201);
      expect(added.body[field]).toBe(answered);
      // It gives its codes back, for the change below.
      await service.ask.delete(added.headers.location as string);
      const changed = await service.ask.patch('/products/1').send({ [field]: sent });
      expect(changed.body[field]).toBe(answered);
      expect((await service.ask.get('/products/1')).body[field]).toBe(answered);
    }
  });

  test('is refused beyond them, with the same words for a new product and a change', async () => {
    const before = (await service.ask.get('/products/1')).body;
    for (const value of WRONG[field] ?? []) {
      const added = await service.ask.post('/products').send({ name: 'Cup', [field]: value });
      expectFaults(added, field);
      const changed = await service.ask.patch('/products/1').send({ [field]: value });
      expectFaults(changed, field);
      expect(changed.body.errors).toEqual(added.body.errors);
      expect(changed.body.errors[0].detail).toMatch(/^must /);
    }
    expect((await service.ask.get('/products/1')).body).toEqual(before);
  });

  test('is refused in JSON of another type, and if it comes twice', async () => {
    for (const value of ['true', '{}', '["a"]', '[]']) {
      const body = json(`{"productID":9,"name":"Cup","${field}":${value}}`);
      expectFaults(await post(service.port, '/products', body), field);
      const change = await service.ask
        .patch('/products/1')
        .type('json')
        .send(`{"${field}":${value}}`);
      expectFaults(change, field);
    }
    const twice = json(`{"name":"Cup","${field}":"1","${field}":"1"}`);
    expectFaults(await post(service.port, '/products', twice), field);
  });
});

test('an empty field of a new product is a fault', async () => {
  for (const field of Object.keys(RIGHT)) {
    const answer = await service.ask.post('/products').send({ name: 'Cup', [field]: '' });
    expectFaults(answer, field);
  }
});

test('a name cannot be taken away', async () => {
  expectFaults(await service.ask.patch('/products/1').send({ name: '' }), 'name');
  expectFaults(await service.ask.patch('/products/1').send({ name: null }), 'name');
});

test.each(['0', '-1', '4294967296', '1.0', 'x', ''])(
  'a productID of %p is refused',
  async (productID) => {
    expectFaults(await service.ask.post('/products').send({ productID, name: 'Cup' }), 'productID');
    if (productID === '') return;
    const path = `/products/${productID}`;
    expectFaults(await service.ask.get(path), 'productID');
    expectFaults(await service.ask.patch(path).send({ name: 'Cup' }), 'productID');
    expectFaults(await service.ask.delete(path), 'productID');
  },
);

test('every fault is named at once', async () => {
  const faulty = { productID: 0, sku: ' ', price: -1, reorderPoint: 'few', colour: 'red' };
  expectFaults(
    await service.ask.post('/products').send(faulty),
    ...['productID', 'name', 'sku', 'price', 'reorderPoint', 'colour'],
  );
  expectFaults(
    await service.ask.patch('/products/1').send(faulty),
    ...['productID', 'sku', 'price', 'reorderPoint', 'colour'],
  );
  expectFaults(await service.ask.post('/products'), 'name');
});

test.each(['1', '"1', 'x', ''])('If-Match: %p is invalid', async (match) => {
  const answer = await service.ask
    .patch('/products/1')
    .set('If-Match', match)
    .send({ name: 'Mug' });
  expectFaults(answer, 'If-Match');
});

test('a path takes its methods, and says which', async () => {
  const list = await service.ask.put('/products');
  expectProblem(list, 'method-not-allowed');
  expect(list.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
  const one = await service.ask.post('/products/1');
  expectProblem(one, 'method-not-allowed');
  expect(one.headers.allow).toBe('GET, HEAD, PATCH, DELETE, OPTIONS');
  const text = await service.ask.patch('/products/1').type('text/plain').send('name=Cup');
  expectProblem(text, 'unsupported-media-type');
});
