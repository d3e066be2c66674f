import { sqlitePlace, usePlace } from '../../stores';
import { expectProblem } from '../problem-answer';
import { useService } from '../service';
import { csv, upload } from './files';

const COUNTS = '/imports/counts';
const PRODUCTS = '/imports/products';

const service = useService(usePlace(sqlitePlace));

const post = (path: string, fields: object) => service.ask.post(path).send(fields).expect(201);
const records = async () => (await service.ask.get('/records')).body;
const stock = async (productID: number) =>
  (await service.ask.get(`/inventory/${productID}`)).body.availableQuantity;
const product = async (productID: number) => (await service.ask.get(`/products/${productID}`)).body;

async function dry(path: string, file: string, query = '') {
  const { status, body } = await upload(service, `${path}?dryRun=true${query}`, file);
  expect(status).toBe(200);
  return body;
}

/** The details of the faults that a file is refused for, by line. */
async function faultsOf(path: string, file: string, query = '') {
  const before = await records();
  const { faults } = await dry(path, file, `&${query}`);
  const answer = await upload(service, `${path}?${query}`, file);
  expect([answer.status, answer.body.faults]).toEqual([400, faults]);
  expect(await records()).toEqual(before);
  return faults.map(({ line, detail }: { line: number; detail: string }) => [line, detail]);
}

const says = (words: string) => expect.stringContaining(words);

describe('a count file wipes out nothing that was sold meanwhile', () => {
  const file = csv('productID,availableQuantity', '1,5', '2,7', '3,1');
  beforeEach(async () => {
    await post('/inventory', { productID: 1, availableQuantity: 8 });
    await post('/inventory', { productID: 2, availableQuantity: 7 });
    await post('/products', { productID: 1, name: 'Beans' });
  });

  test('the dry run shows the stock, the count and the difference of each line', async () => {
    const { asOf, lines, totals } = await dry(COUNTS, file);
    expect(asOf).toMatch(/^2-[0-9a-z.]+$/);
    const of = (line: number, name: string | null, now: unknown, count: number, more: number) => ({
      line,
      productID: line - 1,
      name,
      availableQuantity: now,
      countedQuantity: count,
      difference: more,
      record: now === null ? null : line - 1,
      moved: false,
    });
    expect(lines).toEqual([
      of(2, 'Beans', 8, 5, -3),
      of(3, null, 7, 7, 0),
      of(4, null, null, 1, 1),
    ]);
    expect(totals).toEqual({ changed: 1, unchanged: 1, new: 1, moved: 0 });
  });

  test('a product that moved between dry run and import is refused by its line, and nothing is recorded', async () => {
    const { asOf } = await dry(COUNTS, file);
    await post('/sales', { productID: 1, quantity: 2 });
    const answer = await upload(service, `${COUNTS}?asOf=${asOf}`, file);
    expectProblem(answer, 'batch-refused', {
      errors: [
        expect.objectContaining({
          type: '/problems/stale-record',
          line: 2,
          productID: 1,
          record: 3,
          availableQuantity: 6,
        }),
      ],
    });
    expect(await records()).toHaveLength(3);
    // Looked at anew, it is meant.
    const again = await dry(COUNTS, file);
    expect(again.lines[0]).toMatchObject({ availableQuantity: 6, difference: -1 });
    await upload(service, `${COUNTS}?asOf=${again.asOf}`, file).expect(201);
    expect(await stock(1)).toBe(5);
  });

  test('a product that gets its first record meanwhile is no other', async () => {
    const { asOf } = await dry(COUNTS, file);
    await post('/inventory', { productID: 3, availableQuantity: 40 });
    const answer = await upload(service, `${COUNTS}?asOf=${asOf}`, file);
    expect(answer.body.errors).toMatchObject([{ line: 4, productID: 3 }]);
  });

  test('with moved=skip the other lines are recorded, and the answer lists those left out, to a copy as well', async () => {
    const { asOf } = await dry(COUNTS, file);
    await post('/sales', { productID: 1, quantity: 2 });
    const path = `${COUNTS}?asOf=${asOf}&moved=skip`;
    const first = await upload(service, path, file, { 'Idempotency-Key': 'stocktaking' });
    const body = {
      recorded: 2,
      leftOut: [
        {
          type: '/problems/stale-record',
          line: 2,
          productID: 1,
          record: 3,
          availableQuantity: 6,
        },
      ],
    };
    expect([first.status, first.body]).toEqual([201, body]);
    expect([await stock(1), await stock(2), await stock(3)]).toEqual([6, 7, 1]);
    const again = await upload(service, path, file, { 'Idempotency-Key': 'stocktaking' });
    expect([again.status, again.body]).toEqual([201, body]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const other = await upload(service, COUNTS, file, { 'Idempotency-Key': 'stocktaking' });
    expectProblem(other, 'key-reused');
  });

  test('if every line moved, nothing is left to record', async () => {
    const { asOf } = await dry(COUNTS, file);
    for (const productID of [1, 2, 3])
      await post('/inventory', { productID, availableQuantity: 9 });
    const answer = await upload(service, `${COUNTS}?asOf=${asOf}&moved=skip`, file);
    expect([answer.status, answer.body.errors.length]).toEqual([409, 3]);
  });

  test('an export of stock guards what is counted on it, days later', async () => {
    const { text } = await service.ask.get('/inventory.csv');
    const counted = text.replace('1,8,', '1,5,').replace('2,7,', '2,6,');
    await post('/sales', { productID: 1, quantity: 2 });
    const { lines, totals } = await dry(COUNTS, counted);
    expect(totals.moved).toBe(1);
    expect(lines.map(({ moved }: { moved: boolean }) => moved)).toEqual([true, false]);
    const answer = await upload(service, COUNTS, counted);
    expect([answer.status, answer.body.errors[0].line]).toEqual([409, 2]);
    expect(await stock(1)).toBe(6);
    await upload(service, `${COUNTS}?moved=skip`, counted).expect(201);
    expect([await stock(1), await stock(2)]).toEqual([6, 6]);
    // Sent again by mistake, it would count what was sold since.
    expect((await upload(service, `${COUNTS}?moved=skip`, counted)).status).toBe(409);
  });

  test('a record with its mark guards a line as its number does, and is one of this ledger', async () => {
    const { etag = '' } = (await service.ask.get('/inventory/1')).headers;
    const guarded = (record: string) =>
      csv('productID,availableQuantity,record', `1,5,${record}`, '3,1,');
    const position = etag.replaceAll('"', '');
    await upload(service, COUNTS, guarded(position)).expect(201);
    // This changed its stock.
    const answer = await upload(service, COUNTS, guarded(position));
    expect([answer.status, answer.body.errors]).toMatchObject([409, [{ line: 2, record: 3 }]]);
    for (const record of ['3-h5x2k1', '4-h5x2k1', '2-h5x2k1x.!', '3-']) {
      expect(await faultsOf(COUNTS, guarded(record))).toEqual([[2, expect.any(String)]]);
    }
    // Of product 1, whose mark it has, and not of this one.
    const other = csv('productID,availableQuantity,record', `2,5,${position.replace('1-', '2-')}`);
    expect(await faultsOf(COUNTS, other)).toEqual([[2, says('another one')]]);
  });

  test('a record that the ledger does not have yet guards nothing, and is refused', async () => {
    const faults = await faultsOf(COUNTS, csv('productID,availableQuantity,record', '1,5,99'));
    expect(faults).toEqual([[2, says('whose last is 2')]]);
  });
});

test('a products file overwrites nothing that was changed after it was looked through', async () => {
  await post('/products', { productID: 1, name: 'Beans', price: 18.9 });
  const file = csv('productID,name,price', '1,Beans,17.50', '2,Mug,4');
  const { asOf, lines, totals } = await dry(PRODUCTS, file);
  expect(totals).toEqual({ creates: 1, updates: 1, moved: 0 });
  expect(lines).toEqual([
    {
      line: 2,
      action: 'update',
      productID: 1,
      name: 'Beans',
      moved: false,
      changes: [{ field: 'price', from: '18.9', to: '17.5' }],
    },
    expect.objectContaining({ line: 3, action: 'create', productID: 2, name: 'Mug' }),
  ]);
  await service.ask.patch('/products/1').send({ price: 21 }).expect(200);
  const answer = await upload(service, `${PRODUCTS}?asOf=${asOf}`, file);
  expectProblem(answer, 'batch-refused', {
    errors: [expect.objectContaining({ type: '/problems/stale-revision', line: 2, revision: 2 })],
  });
  expect((await product(1)).price).toBe(21);
});

test('a code is one product’s, as SKU or as barcode, in a file and beside it', async () => {
  await post('/products', { productID: 1, name: 'Beans', sku: 'B-1' });
  const twice = csv('name,sku,barcode', 'Mug,M-1,', 'Cup,,m-1', 'Jug,J-1,J-1');
  expect(await faultsOf(PRODUCTS, twice)).toEqual([[3, 'is in line 2 already']]);
  const taken = csv('name,sku,barcode', 'Mug,M-1,b-1');
  const { faults } = await dry(PRODUCTS, taken);
  expect(faults).toMatchObject([
    { line: 2, column: 'barcode', detail: 'is the sku of product 1', value: 'b-1' },
  ]);
  const answer = await upload(service, PRODUCTS, taken).expect(409);
  expect(answer.body.errors).toMatchObject([
    { type: '/problems/code-taken', line: 2, field: 'barcode', code: 'b-1', holder: 1 },
  ]);
});

describe('likely slips have to be confirmed', () => {
  const file = csv(
    'productID,name,barcode',
    '1,Beans,4006381333932',
    '2,Mug,49634068141',
    '3,Cup,4006381333931',
  );

  test('a wrong check digit and a lost zero are reported, and recorded only if that is confirmed', async () => {
    const { warnings, confirm, faults } = await dry(PRODUCTS, file);
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      { line: 2, column: 'barcode', detail: says('check digit'), value: '4006381333932' },
      { line: 3, column: 'barcode', detail: says('049634068141'), value: '49634068141' },
    ]);
    for (const query of ['', '?confirm=true', `?confirm=${confirm}x`]) {
      const refused = await upload(service, `${PRODUCTS}${query}`, file);
      expectProblem(refused, 'unconfirmed-warnings', { warnings, warned: 2, confirm });
    }
    await upload(service, `${PRODUCTS}?confirm=${confirm}`, file).expect(201);
    expect((await product(1)).barcode).toBe('4006381333932');
  });

  test('a code in place of a number, and a count far beyond the stock', async () => {
    await post('/products', { productID: 1, name: 'Beans', sku: '10234' });
    for (const productID of [1, 2, 3, 4, 5]) {
      await post('/inventory', { productID, availableQuantity: 9 });
    }
    const counts = csv(
      'productID,availableQuantity',
      ...['1,96385074', '2,10234', '3,1009', '4,1008', '5,90', '6,5000'],
    );
    const { warnings, confirm } = await dry(COUNTS, counts);
    expect(warnings).toEqual([
      expect.objectContaining({ line: 2, column: 'availableQuantity', value: '96385074' }),
      expect.objectContaining({ line: 3, detail: 'is the code of product 1' }),
      expect.objectContaining({ line: 4, detail: 'is far more than the 9 that are in stock' }),
    ]);
    expectProblem(await upload(service, COUNTS, counts), 'unconfirmed-warnings', {
      warnings,
      warned: 3,
      confirm,
    });
    await upload(service, `${COUNTS}?confirm=${confirm}`, counts).expect(201);

    const products = csv('name,price,reorderPoint', 'Tea,96385074,5', 'Milk,1.2,96385074');
    const codeWarnings = (await dry(PRODUCTS, products)).warnings as {
      line: number;
      column: string;
    }[];
    expect(codeWarnings.map(({ line, column }) => [line, column])).toEqual([
      [2, 'price'],
      [3, 'reorderPoint'],
    ]);
  });

  test('a confirmation of one file does not apply to another', async () => {
    const { confirm } = await dry(PRODUCTS, file);
    const other = file.replace('4006381333932', '4006381333939');
    const answer = await upload(service, `${PRODUCTS}?confirm=${confirm}`, other);
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/unconfirmed-warnings']);
  });

  test('a code that the product has already is not asked about again', async () => {
    const { confirm } = await dry(PRODUCTS, file);
    await upload(service, `${PRODUCTS}?confirm=${confirm}`, file).expect(201);
    expect(await dry(PRODUCTS, file)).toMatchObject({ warnings: [], confirm: null });
    await upload(service, PRODUCTS, file).expect(201);
  });

  test('a code that reads as a date is asked about, unless the product has it already', async () => {
    const dates = csv('name,sku,barcode', 'Bolt,03.Jan,1/3', 'Nut,3-Mar,', 'Nail,N-1,01.03.2026');
    const { warnings, confirm, faults } = await dry(PRODUCTS, dates);
    expect(faults).toEqual([]);
    expect(warnings).toMatchObject([
      { line: 2, column: 'sku', detail: says('reads as a date'), value: '03.Jan' },
      { line: 2, column: 'barcode', detail: says('reads as a date'), value: '1/3' },
      { line: 3, column: 'sku', detail: says('reads as a date'), value: '3-Mar' },
      { line: 4, column: 'barcode', detail: says('reads as a date'), value: '01.03.2026' },
    ]);
    await upload(service, PRODUCTS, dates).expect(409);
    await upload(service, `${PRODUCTS}?confirm=${confirm}`, dates).expect(201);
    expect(await dry(PRODUCTS, dates)).toMatchObject({ warnings: [], confirm: null });
    const count = await dry(COUNTS, csv('sku,count', '03.Jan,5', '04.Jan,5'));
    expect(count.faults).toMatchObject([{ line: 3, detail: says('made a date of it') }]);
  });

  test('only the first of many are listed; all are confirmed, and all lines recorded', async () => {
    const lines = 1_500;
    // Of 11 digits one was taken by a spreadsheet.
    const code = (line: number) => String(49_634_068_000 + line);
    const products = Array.from({ length: lines }, (_, line) => `Product ${line},${code(line)}`);
    const many = csv('name,barcode', ...products);
    const { warnings, warned, confirm, totals, stopped } = await dry(PRODUCTS, many);
    expect([warnings.length, warned, totals.creates, stopped]).toEqual([
      1_000,
      lines,
      lines,
      false,
    ]);
    const refused = await upload(service, PRODUCTS, many);
    expectProblem(refused, 'unconfirmed-warnings', { warnings, warned, confirm });
    const { body } = await upload(service, `${PRODUCTS}?confirm=${confirm}`, many).expect(201);
    expect(body).toEqual({ recorded: lines });
    expect((await product(lines)).barcode).toBe(code(lines - 1));
  });

  test('a copy of what was confirmed gets the same answer', async () => {
    const { confirm, asOf } = await dry(PRODUCTS, file);
    const path = `${PRODUCTS}?confirm=${confirm}&asOf=${asOf}`;
    for (const replayed of [undefined, 'true']) {
      const answer = await upload(service, path, file, { 'Idempotency-Key': 'file' });
      expect([answer.status, answer.body]).toEqual([201, { recorded: 3 }]);
      expect(answer.headers['idempotent-replayed']).toBe(replayed);
    }
  });
});

describe('counts may name products by their codes', () => {
  beforeEach(async () => {
    await post('/products', { productID: 1, name: 'Beans', sku: 'ESP-1', barcode: '049634068141' });
    await post('/products', { productID: 2, name: 'Mug', sku: 'MUG-1' });
  });

  test('by the rule by which codes are compared everywhere', async () => {
    const file = csv('SKU,EAN,Product,Counted', 'esp-1,,x,5', ',0049634068141,,6', 'MUG-1,,,7');
    const { lines, notes } = await dry(COUNTS, file, '&duplicates=add');
    expect(notes).toEqual(['Columns that are not used: Product.']);
    expect(lines).toMatchObject([
      { productID: 1, countedQuantity: 11, name: 'Beans' },
      { productID: 2, countedQuantity: 7 },
    ]);
  });

  test('one that is unknown, or that contradicts the number, is a fault', async () => {
    const file = csv(
      'productID,sku,barcode,availableQuantity',
      ',NEW-1,,5',
      '2,ESP-1,,5',
      ',MUG-1,049634068141,5',
      ',,49634068141,5',
      ',,,5',
    );
    expect(await faultsOf(COUNTS, file)).toEqual([
      [2, says('of no product')],
      [3, says('of product 1, not of 2')],
      [4, says('of product 1, not of 2')],
      [5, says('049634068141')],
      [6, says('productID, sku or barcode')],
    ]);
  });
});

describe('several counts of one product', () => {
  const file = csv(
    'productID,availableQuantity,reference,note',
    '1,5,C-7,shelf',
    '2,1,,',
    '1,3,C-7,cellar',
  );

  test('are refused, naming both lines', async () => {
    expect(await faultsOf(COUNTS, file)).toEqual([[4, says('line 2')]]);
  });

  test('are added up if that is asked for, and nothing that was said is lost', async () => {
    const { lines } = await dry(COUNTS, file, '&duplicates=add');
    expect(lines).toMatchObject([
      { line: 2, countedQuantity: 8 },
      { line: 3, countedQuantity: 1 },
    ]);
    await upload(service, `${COUNTS}?duplicates=add`, file).expect(201);
    expect(await records()).toMatchObject([
      { productID: 1, availableQuantity: 8, reference: 'C-7', note: 'shelf\ncellar' },
      { productID: 2, availableQuantity: 1 },
    ]);
  });

  test('that add up to more than the limit are refused', async () => {
    const many = csv('productID,availableQuantity', '1,2147483647', '1,1');
    expect(await faultsOf(COUNTS, many, 'duplicates=add')).toEqual([[3, says('2147483647')]]);
  });
});

describe('products without a number', () => {
  beforeEach(async () => {
    await post('/products', { productID: 5, name: 'Beans', sku: 'ESP-1', barcode: '049634068141' });
    await post('/products', { productID: 2, name: 'Mug', sku: 'MUG-1' });
  });

  test('are those that have the code, and else get the next number that nothing in the file has', async () => {
    const file = csv('productID,name,sku', ',Tamper,TAM-1', ',House Beans,esp-1', '6,Cup,CUP-1');
    const { lines, totals } = await dry(PRODUCTS, file);
    expect(totals).toEqual({ creates: 2, updates: 1, moved: 0 });
    expect(lines).toMatchObject([
      { line: 2, action: 'create', productID: null, name: 'Tamper' },
      { line: 3, action: 'update', productID: 5 },
      { line: 4, action: 'create', productID: 6 },
    ]);
    await upload(service, PRODUCTS, file).expect(201);
    expect(await product(5)).toMatchObject({ name: 'House Beans', sku: 'esp-1' });
    expect(await product(6)).toMatchObject({ name: 'Cup' });
    expect(await product(7)).toMatchObject({ name: 'Tamper', sku: 'TAM-1' });
    // Sent again, the same products are meant.
    expect((await dry(PRODUCTS, file)).totals).toEqual({ creates: 0, updates: 3, moved: 0 });
  });

  test('of which the codes are of two products are faults, and so are codes and numbers that come twice', async () => {
    const file = csv(
      'productID,name,sku,barcode',
      ',Beans,MUG-1,049634068141',
      '7,Cup,CUP,',
      '8,Cup,cup,',
      '7,Cup,,',
    );
    expect(await faultsOf(PRODUCTS, file)).toEqual([
      [2, says('5 and 2')],
      [4, says('line 3')],
      [5, says('line 3')],
    ]);
  });

  test('and without a code, but with the name of another, have to be confirmed', async () => {
    const { warnings, confirm } = await dry(PRODUCTS, csv('name', 'Mug', 'Pot', 'Pot'));
    expect(warnings).toMatchObject([
      { line: 2, detail: says('product 2') },
      { line: 4, detail: says('a line before') },
    ]);
    expect(confirm).toEqual(expect.any(String));
  });

  test('the dry run reports a code that another product has', async () => {
    const { faults } = await dry(PRODUCTS, csv('productID,name,sku', '9,Pot,mug-1'));
    expect(faults).toMatchObject([{ line: 2, column: 'sku', detail: says('product 2') }]);
  });
});

test('a code that was kept from becoming a number in a spreadsheet is the code itself', async () => {
  await post('/products', { productID: 1, name: 'Beans', sku: 'ESP-1', barcode: '4006381333931' });
  const lines = ['Beans,"=""4006381333931""",', `Mug,'4006381334440,"=""007"""`];
  const file = csv('name,barcode,sku', ...lines);
  const { faults, confirm } = await dry(PRODUCTS, file);
  expect(faults).toEqual([]);
  const sent = await upload(service, `${PRODUCTS}?confirm=${confirm ?? ''}`, file);
  expect({ status: sent.status, body: sent.body }).toMatchObject({ status: 201 });
  expect((await service.ask.get('/products?barcode=4006381334440')).body).toMatchObject([
    { name: 'Mug', sku: '007' },
  ]);
  expect((await service.ask.get('/products')).body).toHaveLength(2);
});
