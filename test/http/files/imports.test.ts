import { onEveryStore } from '../../stores';
import { expectFaults, expectProblem } from '../problem-answer';
import { useService } from '../service';
import { csv, download, upload } from './files';

const COUNTS = '/imports/counts';
const PRODUCTS = '/imports/products';

onEveryStore((place) => {
  const service = useService(place);

  const records = async () => (await service.ask.get('/records')).body;
  const product = async (productID: number) =>
    (await service.ask.get(`/products/${productID}`)).body;

  test('counts are recorded in the order of their lines, in one transaction', async () => {
    const file = csv(
      'note,availableQuantity,productID,reference',
      '"Shelf 3, left",18,2,COUNT-7',
      ',55,1,',
    );
    const answer = await upload(service, COUNTS, file);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ recorded: 2 });
    expect(await records()).toMatchObject([
      { productID: 2, reason: 'count', availableQuantity: 18, note: 'Shelf 3, left' },
      { productID: 1, availableQuantity: 55 },
    ]);
    expect(Object.keys((await records())[1])).not.toContain('note');
    expect(await place().sql('SELECT DISTINCT batch FROM inventory')).toHaveLength(1);
  });

  test('products are added and changed; an empty cell takes away, a column that is not there does not', async () => {
    await service.ask
      .post('/products')
      .send({ productID: 1, name: 'Beans', sku: 'OLD', price: 18.9, image: 'https://shop/1.png' });
    const file = csv('productID,name,sku,price', '1,House Beans,ESP-1000,', '2,Mug,,4.50');
    expect((await upload(service, PRODUCTS, file)).body).toEqual({ recorded: 2 });
    expect(await product(1)).toMatchObject({
      name: 'House Beans',
      sku: 'ESP-1000',
      price: null,
      image: 'https://shop/1.png',
    });
    expect(await product(2)).toMatchObject({ name: 'Mug', sku: null, price: 4.5 });
  });

  test('a retired product that comes in a file is one again', async () => {
    await service.ask.post('/products').send({ productID: 1, name: 'Beans' });
    await service.ask.delete('/products/1').expect(200);
    await upload(service, PRODUCTS, csv('productID,name', '1,Beans')).expect(201);
    expect(await product(1)).not.toHaveProperty('retired');
  });

  test('a refusal of the catalogue names its line, and nothing is recorded', async () => {
    await service.ask.post('/products').send({ productID: 9, name: 'Cup', sku: 'CUP' });
    const file = csv('productID,name,sku', '1,"Beans\r\n1 kg",', '', '2,Mug,CUP', '3,Cup,X');
    const clean = file.replace('\r\n1 kg', '');
    const answer = await upload(service, PRODUCTS, clean);
    expectProblem(answer, 'batch-refused', { errors: expect.any(Array) });
    expect(answer.body.errors).toMatchObject([
      { line: 4, type: '/problems/code-taken', field: 'sku', code: 'CUP', holder: 9 },
    ]);
    expect(await service.ask.get('/products').then(({ body }) => body)).toHaveLength(1);
  });

  test('an image, name and codes of the greatest length go through by the hundred', async () => {
    const wide = '\u{1f600}';
    const line = (productID: number) =>
      [
        productID,
        wide.repeat(100),
        `${productID}${wide.repeat(29)}`,
        `${productID}${wide.repeat(29)}`,
        `https://shop/${'é'.repeat(1_980)}`,
      ].join();
    const lines = Array.from({ length: 600 }, (_, index) => line(index + 1));
    const file = csv('productID,name,sku,barcode,image', ...lines);
    expect((await upload(service, PRODUCTS, file)).body).toEqual({ recorded: 600 });
  });

  test('a dry run says what is wrong with the file, and records nothing', async () => {
    const good = csv('productID,availableQuantity', '1,55');
    const bad = csv('productID,availableQuantity', '1,55', '2,many');
    const dry = (file: string) => upload(service, `${COUNTS}?dryRun=true`, file).expect(200);
    expect((await dry(good)).body).toEqual({
      rows: 1,
      faults: [],
      faulty: 0,
      stopped: false,
      notes: [],
      warnings: [],
      warned: 0,
      confirm: null,
      asOf: '0',
      lines: [
        {
          line: 2,
          productID: 1,
          name: null,
          availableQuantity: null,
          countedQuantity: 55,
          difference: 55,
          record: null,
          moved: false,
        },
      ],
      totals: { changed: 0, unchanged: 0, new: 1, moved: 0 },
    });
    const column = 'availableQuantity';
    const detail = expect.stringContaining('whole number');
    expect((await dry(bad)).body).toMatchObject({
      rows: 2,
      faults: [{ line: 3, column, detail, value: 'many' }],
      faulty: 1,
    });
    expect(await records()).toEqual([]);
    expectFaults(await upload(service, `${COUNTS}?dryRun=yes`, good), 'dryRun');
  });

  test.each([
    [COUNTS, csv('productID,availableQuantity', '1,55'), csv('productID,availableQuantity', '1,5')],
    [PRODUCTS, csv('productID,name', '1,Beans'), csv('productID,name', '1,Mug')],
  ])(
    '%s under a key is recorded once, even if the file has another name',
    async (path, file, other) => {
      const key = { 'Idempotency-Key': 'file-1' };
      const first = await upload(service, path, file, key);
      const again = await service.ask
        .post(path)
        .set(key)
        .attach('file', Buffer.from(file), 'b.csv');
      for (const answer of [first, again]) {
        expect([answer.status, answer.body]).toEqual([201, { recorded: 1 }]);
      }
      expect(again.headers['idempotent-replayed']).toBe('true');
      expectProblem(await upload(service, path, other, key), 'key-reused');
      expect((await service.ask.get('/requests/file-1')).body).toMatchObject({
        state: 'answered',
        status: 201,
        answer: { recorded: 1 },
      });
    },
  );

  test('a refusal under a key is kept whole, even with many withheld lines', async () => {
    await service.ask.post('/products').send({ productID: 900_000, name: 'Cup', sku: 'CUP' });
    const lines = Array.from({ length: 30_000 }, (_, index) => `${index + 2},Mug,`);
    const file = csv('productID,name,sku', '1,Cup,CUP', ...lines);
    const key = { 'Idempotency-Key': 'file-1' };
    const first = await upload(service, PRODUCTS, file, key);
    expectProblem(first, 'batch-refused', { errors: expect.any(Array) });
    expect(first.body.detail).toMatch(/^1 of 30001 lines/);
    const again = await upload(service, PRODUCTS, file, key);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await service.ask.get('/requests/file-1')).body.answer).toEqual(first.body);
  });

  test('a thousand of very many refusals are listed', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `${index + 1},Mug,SKU-${index}`);
    await upload(service, PRODUCTS, csv('productID,name,sku', ...lines)).expect(201);
    const moved = lines.map((line, index) => line.replace(/^\d+/, String(index + 5_000)));
    const answer = await upload(service, PRODUCTS, csv('productID,name,sku', ...moved), {
      'Idempotency-Key': 'moved',
    });
    expectProblem(answer, 'batch-refused', { errors: expect.any(Array) });
    expect(answer.body.errors).toHaveLength(1_000);
    expect(answer.body.detail).toMatch(/^1000 or more of 2000 lines/);
  });

  test('an export can be imported without a change', async () => {
    const texts = [
      '=1+1',
      "'=1",
      '-2',
      'a "b", c',
      'é 😀',
      "'tis",
      '@',
      'a;b',
      'Milk;=cmd',
      'a;"+1',
    ];
    const lines = texts.map((text, index) => ({ productID: index + 1, name: text, sku: text }));
    for (const line of lines) await service.ask.post('/products').send(line).expect(201);
    await service.ask.post('/inventory').send({ productID: 4, availableQuantity: 55 });
    const catalogue = async () =>
      (await service.ask.get('/products')).body.map(
        ({ revision, revisedAt, ...fields }: Record<string, unknown>) => fields,
      );
    const before = await catalogue();
    for (const [file, path] of [
      ['/products.csv', PRODUCTS],
      ['/inventory.csv', COUNTS],
    ] as const) {
      const { text } = await service.ask.get(file);
      await upload(service, path, text).expect(201);
      // The count is a record of its own.
      const again = await service.ask.get(file).then((answer) => answer.text);
      expect(again).toBe(path === COUNTS ? text.replace('4,55,1', '4,55,2') : text);
    }
    expect(await catalogue()).toEqual(before);
    expect(await download(service, '/records.csv')).toHaveLength(3);
  });
});
