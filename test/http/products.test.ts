import { onEveryStore } from '../stores';
import { expectProblem } from './problem-answer';
import { startService, useService } from './service';
import { tagOf } from './tags';
import { ENCODINGS, type Field, post } from './wire';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** What a product has that was given a name and nothing else. */
const BARE = {
  sku: null,
  barcode: null,
  image: null,
  price: null,
  reorderPoint: null,
  reorderQuantity: null,
  revisedAt: TIME,
};

const BEANS = {
  name: 'House Espresso Beans 1 kg',
  sku: 'ESP-1000',
  barcode: '4006381333931',
  image: 'https://shop.example/beans.jpg?size=2#top',
  price: 18.9,
  reorderPoint: 14,
  reorderQuantity: 48,
};

onEveryStore((place) => {
  const service = useService(place);

  const create = (fields: object) => service.ask.post('/products').send(fields);
  const change = (productID: number, fields: object) =>
    service.ask.patch(`/products/${productID}`).send(fields);
  const retire = (productID: number) => service.ask.delete(`/products/${productID}`);
  const read = (productID: number) => service.ask.get(`/products/${productID}`);
  const revisions = () => place().sql('SELECT * FROM products ORDER BY revision');

  test.each(Object.entries(ENCODINGS))('a product sent as %s is added', async (_name, encode) => {
    const fields = Object.entries({ ...BEANS, price: '18.90' }).map(
      ([name, value]): Field => [name, String(value)],
    );
    const answer = await post(service.port, '/products', encode(fields));
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ location: '/products/1', etag: tagOf(1) });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const product = { productID: 1, ...BEANS, revision: 1, revisedAt: TIME };
    expect(JSON.parse(answer.text)).toEqual(product);
    const found = await read(1);
    expect(found.status).toBe(200);
    expect(found.headers).toMatchObject({ etag: tagOf(1), 'cache-control': 'no-cache' });
    expect(found.text).toBe(answer.text);
  });

  test('a product needs no more than a name', async () => {
    expect((await create({ productID: 7, name: 'Cup' })).body).toEqual({
      productID: 7,
      name: 'Cup',
      ...BARE,
      revision: 1,
    });
  });

  test('a product without a number gets the next free one, past counted ones', async () => {
    await service.ask.post('/inventory').send({ productID: 40, availableQuantity: 1 });
    expect((await create({ name: 'a' })).body.productID).toBe(41);
    expect((await create({ productID: 3, name: 'b' })).body.productID).toBe(3);
    expect((await create({ name: 'c' })).body.productID).toBe(42);
    await retire(42);
    expect((await create({ name: 'd' })).body.productID).toBe(43);
    const names = (await service.ask.get('/products')).body.map(
      ({ name }: { name: string }) => name,
    );
    expect(names).toEqual(['b', 'a', 'd']);
  });

  test('there is no number beyond the largest, so a free one must be chosen', async () => {
    expect((await create({ productID: 4_294_967_295, name: 'last' })).status).toBe(201);
    expectProblem(await create({ name: 'one more' }), 'catalogue-full');
    expect((await create({ productID: 5, name: 'one more' })).status).toBe(201);
    expect(await revisions()).toHaveLength(2);
  });

  test('there is one product of a number', async () => {
    await create({ productID: 1, name: 'Cup' });
    expectProblem(await create({ productID: 1, name: 'Mug' }), 'product-exists', { productID: 1 });
    expect((await read(1)).body).toMatchObject({ name: 'Cup', revision: 1 });
    expect(await revisions()).toHaveLength(1);
  });

  test.each(['sku', 'barcode'])('no two products have one %s', async (field) => {
    await create({ name: 'Cup', [field]: 'C-1' });
    const members = { field, code: 'C-1', holder: 1 };
    expectProblem(await create({ name: 'Mug', [field]: 'C-1' }), 'code-taken', {
      productID: 2,
      ...members,
    });
    await create({ name: 'Mug', [field]: 'C-2' });
    expectProblem(await change(2, { [field]: 'C-1' }), 'code-taken', { productID: 2, ...members });
    expect((await read(2)).body).toMatchObject({ [field]: 'C-2', revision: 2 });
    expect(await revisions()).toHaveLength(2);

    // Nor may the code of one be the other code of another: a scan says the code alone.
    const other = field === 'sku' ? 'barcode' : 'sku';
    const jug = await create({ name: 'Jug', [other]: 'c-1', [field]: 'C-3' });
    const elsewhere = { field: other, holder: 1, holderField: field };
    expectProblem(jug, 'code-taken', { productID: 3, code: 'c-1', ...elsewhere });
    expect(jug.body.detail).toContain(`Product 1 has the ${field} C-1`);
    expectProblem(await change(2, { [other]: 'C-1' }), 'code-taken', {
      productID: 2,
      code: 'C-1',
      ...elsewhere,
    });
    // Of one product both may be the same.
    expect((await create({ name: 'Jug', [other]: 'C-4', [field]: 'C-4' })).status).toBe(201);
    // A code that is given up is free, and one's own can be given again.
    expect((await change(1, { [field]: 'C-9' })).status).toBe(200);
    expect((await change(2, { [field]: 'C-1' })).status).toBe(200);
    expect((await change(2, { [field]: 'C-1' })).status).toBe(200);
  });

  test.each([
    ['sku', 'ab-1', 'AB-1'],
    ['sku', 'Caf\u00e9', 'cafe\u0301'],
    ['barcode', '049634068141', '0049634068141'],
    ['barcode', '0000096385074', '96385074'],
  ])('a %s belongs to one product in any spelling: %s, %s', async (field, code, other) => {
    await create({ name: 'Cup', [field]: code });
    const answer = await create({ name: 'Mug', [field]: other });
    expectProblem(answer, 'code-taken', { productID: 2, field, code: other, holder: 1 });
    expect(answer.body.detail).toContain(`${code}, which is the same code as ${other}`);
    // Its own product may have it written otherwise.
    expect((await change(1, { [field]: other })).body).toMatchObject({ [field]: other });
    expectProblem(await create({ name: 'Mug', [field]: code }), 'code-taken', {
      productID: 2,
      field,
      code,
      holder: 1,
    });
  });

  test('one of several products that come at once with one code, as SKU or barcode, gets it', async () => {
    const other = await startService(place().environment);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? service : other).ask
          .post('/products')
          .send({ name: `Cup ${index}`, [index % 4 < 2 ? 'sku' : 'barcode']: 'C-1' }),
      ),
    );
    await other.close();
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(await revisions()).toHaveLength(1);
  });

  test('only the given fields change, and an empty field removes its value', async () => {
    await create(BEANS);
    const answer = await change(1, { price: '19.50', barcode: '' });
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toEqual(tagOf(2));
    expect(answer.headers.location).toBeUndefined();
    const changed = { ...BEANS, productID: 1, price: 19.5, barcode: null, revision: 2 };
    expect(answer.body).toEqual({ ...changed, revisedAt: TIME });
    expect((await read(1)).text).toBe(answer.text);

    const all = { sku: '', image: null, price: '', reorderPoint: '', reorderQuantity: null };
    expect((await change(1, all)).body).toEqual({
      productID: 1,
      name: BEANS.name,
      ...BARE,
      revision: 3,
    });
  });

  test.each(Object.entries(ENCODINGS))('a change is taken as %s', async (_name, encode) => {
    await create(BEANS);
    const { type, text } = encode([
      ['reorderPoint', '16'],
      ['sku', ''],
    ]);
    const answer = await service.ask.patch('/products/1').set('Content-Type', type).send(text);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ...BEANS, reorderPoint: 16, sku: null });
  });

  test('a retired product is not listed, and does not keep its codes', async () => {
    await create({ name: 'Cup', sku: 'C-1', barcode: '1' });
    const answer = await retire(1);
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toEqual(tagOf(2));
    expect(answer.body).toMatchObject({ productID: 1, sku: 'C-1', retired: true, revision: 2 });
    expect((await service.ask.get('/products')).body).toEqual([]);
    expect((await service.ask.get('/products?q=cup')).body).toEqual([]);
    expect((await service.ask.get('/products?retired=true')).body).toEqual([answer.body]);
    expect((await read(1)).body).toEqual(answer.body);
    expectProblem(await retire(1), 'unlisted-product', { productID: 1 });

    expect((await create({ name: 'Mug', sku: 'C-1' })).body.productID).toBe(2);
    // So it cannot come back as it was.
    expectProblem(await change(1, {}), 'code-taken', {
      productID: 1,
      field: 'sku',
      code: 'C-1',
      holder: 2,
    });
    const back = await change(1, { sku: '' });
    expect(back.body).toEqual({ productID: 1, name: 'Cup', ...BARE, barcode: '1', revision: 4 });
    expect((await service.ask.get('/products?retired=true')).body).toEqual([]);
  });

  test('a retired product can be added again under its number', async () => {
    await create({ productID: 1, ...BEANS });
    await retire(1);
    const answer = await create({ productID: 1, name: 'Cup' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ productID: 1, name: 'Cup', ...BARE, revision: 3 });
  });

  test.each(['"2"', '*', '"1", "2"'])('a change is made with If-Match: %s', async (match) => {
    await create({ name: 'Cup' });
    await change(1, { price: '1' });
    const answer = await service.ask.patch('/products/1').set('If-Match', match).send({ price: 2 });
    expect(answer.body).toMatchObject({ price: 2, revision: 3 });
  });

  test('a change of what has changed meanwhile is refused with If-Match', async () => {
    await create({ name: 'Cup' });
    await create({ name: 'Mug' });
    await change(1, { price: '1' });
    for (const match of ['"1"', '"2"', 'W/"3"', '"0"']) {
      const answer = await service.ask
        .patch('/products/1')
        .set('If-Match', match)
        .send({ price: 2 });
      expectProblem(answer, 'stale-revision', { productID: 1, revision: 3 });
    }
    expect(await revisions()).toHaveLength(3);
  });

  test('a product that the catalogue does not have is neither found, changed nor retired', async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 5 });
    for (const answer of [await read(1), await change(1, { name: 'Cup' }), await retire(1)]) {
      expectProblem(answer, 'unlisted-product', { productID: 1 });
    }
    const matched = service.ask.patch('/products/1').set('If-Match', '*').send({ name: 'Cup' });
    expectProblem(await matched, 'unlisted-product', { productID: 1 });
    expect(await revisions()).toEqual([]);
  });

  test('counts and the catalogue are apart: each may have what the other has not', async () => {
    await create({ productID: 1, name: 'Cup' });
    expectProblem(await service.ask.get('/inventory/1'), 'unknown-product', { productID: 1 });
    await retire(1);
    const counted = await service.ask
      .post('/inventory')
      .send({ productID: 1, availableQuantity: 5 });
    expect(counted.status).toBe(201);
    expect((await service.ask.get('/inventory')).body).toEqual([
      { productID: 1, availableQuantity: 5 },
    ]);
    expect((await read(1)).body).toMatchObject({ retired: true, revision: 2 });
  });

  test('a product that has changed meanwhile is not retired with If-Match', async () => {
    await create({ name: 'Cup' });
    await change(1, { name: 'Mug' });
    const stale = await service.ask.delete('/products/1').set('If-Match', '"1"');
    expectProblem(stale, 'stale-revision', { productID: 1, revision: 2 });
    expect((await read(1)).body).toMatchObject({ name: 'Mug', revision: 2 });
    expect((await service.ask.delete('/products/1').set('If-Match', '"2"')).status).toBe(200);
  });

  test('products that are added at once, by two services, get numbers and codes of their own', async () => {
    const other = await startService(place().environment);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? service : other).ask
          .post('/products')
          .send({ name: 'Cup', ...(index < 4 && { sku: 'C-1' }) }),
      ),
    );
    await other.close();
    const added = answers.filter(({ status }) => status === 201);
    expect(added.map(({ body }) => body.productID).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(added.filter(({ body }) => body.sku === 'C-1')).toHaveLength(1);
  });

  test('a read of what one has already is 304, unless this or another service changed it', async () => {
    await create({ name: 'Cup' });
    const { etag } = (await read(1)).headers as { etag: string };
    expect((await read(1).set('If-None-Match', etag)).status).toBe(304);
    await change(1, { name: 'Mug' });
    expect((await read(1).set('If-None-Match', etag)).body).toMatchObject({ name: 'Mug' });
    const other = await startService(place().environment);
    await other.ask.patch('/products/1').send({ name: 'Jug' });
    expect((await read(1)).body).toMatchObject({ name: 'Jug', revision: 3 });
    await other.close();
  });
});
