import { onEveryStore } from '../../stores';
import { expectFaults, expectProblem } from '../problem-answer';
import { useService } from '../service';
import { tagOf } from '../tags';
import { send } from '../wire';
import { csv, download, upload } from './files';

/** More than the service reads at a time. */
const MANY = 2_345;

onEveryStore((place) => {
  const service = useService(place);

  const post = (path: string, fields: object) => service.ask.post(path).send(fields).expect(201);

  test('files are UTF-8 with a header, CRLF, and a name to save them under', async () => {
    await post('/inventory', { productID: 2, availableQuantity: 18 });
    await post('/inventory', { productID: 1, availableQuantity: 55 });
    const answer = await service.ask.get('/inventory.csv').expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="inventory.csv"',
      'cache-control': 'no-cache',
      etag: tagOf(2),
    });
    expect(answer.text).toBe(csv('productID,availableQuantity,record', '1,55,2', '2,18,1'));
  });

  test.each([
    ['/inventory.csv', 'productID,availableQuantity,record'],
    [
      '/records.csv',
      'record,productID,reason,quantityChange,availableQuantity,quantity,unitPrice,saleRecord,reference,note,recordedAt,occurredAt,actor,locationID,onHandQuantity,document,unitCost',
    ],
    ['/sales.csv', 'day,productID,unitsSold,unitsPriced,revenue'],
    ['/products.csv', 'productID,name,sku,barcode,image,price,reorderPoint,reorderQuantity'],
  ])('%s of nothing has its header alone', async (path, header) => {
    expect((await service.ask.get(path).expect(200)).text).toBe(csv(header));
  });

  test('records have all that JSON has of them, and empty cells for what they lack', async () => {
    await post('/inventory', { productID: 1, availableQuantity: 5, note: 'a "new"\nshelf' });
    await post('/sales', { productID: 1, quantity: 2, unitPrice: 4.5, reference: '=1+1' });
    await post('/inventory', { productID: 1, quantityChange: -2, reason: 'waste', note: '-2' });
    const { body } = await service.ask.get('/records');
    const [header = [], ...lines] = await download(service, '/records.csv');
    const expected = body.map((record: Record<string, unknown>) =>
      header.map((name) => String(record[name] ?? '')),
    );
    // What a spreadsheet would take for a formula is guarded, and a number never is.
    expected[1][8] = "'=1+1";
    expected[2][9] = "'-2";
    expect(expected[2][3]).toBe('-2');
    expect(lines).toEqual(expected);
    expect((await service.ask.get('/records.csv')).text).toContain(',"a ""new""\nshelf",');
  });

  test('stock is as it was at asOf', async () => {
    await post('/inventory', { productID: 1, availableQuantity: 5 });
    await post('/inventory', { productID: 1, availableQuantity: 6 });
    expect(await download(service, '/inventory.csv?asOf=1')).toEqual([
      ['productID', 'availableQuantity', 'record'],
      ['1', '5', '1'],
    ]);
  });

  test('sales are by day and product, with revenue if a price is known', async () => {
    const today = new Date().toISOString().slice(0, 10);
    for (const productID of [2, 1]) await post('/inventory', { productID, availableQuantity: 9 });
    await post('/sales', { productID: 1, quantity: 2, unitPrice: 4.5 });
    await post('/sales', { productID: 1, quantity: 1 });
    await post('/sales', { productID: 2, quantity: 3 });
    await place().sql(
      "INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue) VALUES ('2024-02-29', 7, -1, -1, -2)",
    );
    // A unit sold at 10, and one that was sold at 7.5 before given back.
    await place().sql(
      "INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue) VALUES ('2024-02-28', 7, 0, 0, 25000)",
    );
    const lines = [
      ['2024-02-29', '7', '-1', '-1', expect.stringMatching(/^-(2|0\.0002)$/)],
      [today, '1', '3', '2', '9'],
      [today, '2', '3', '0', ''],
    ];
    const first = ['2024-02-28', '7', '0', '0', expect.stringMatching(/^(25000|2\.5)$/)];
    expect((await download(service, '/sales.csv')).slice(1)).toEqual([first, ...lines]);
    expect((await download(service, '/sales.csv?to=2024-02-29')).slice(1)).toEqual([
      first,
      lines[0],
    ]);
    expect((await download(service, `/sales.csv?from=${today}`)).slice(1)).toEqual(lines.slice(1));
    expect((await download(service, '/sales.csv?from=2024-03-01&to=2024-03-02')).length).toBe(1);
    expectFaults(await service.ask.get('/sales.csv?from=2024-03-02&to=2024-03-01'), 'to');
    expectFaults(await service.ask.get('/sales.csv?from=today&by=day'), 'from', 'by');
  });

  test('a file of many pages has every line once, in order', async () => {
    const numbers = Array.from({ length: MANY }, (_, index) => index + 1);
    const counts = ['productID,availableQuantity', ...numbers.map((number) => `${number},9`)];
    await upload(service, '/imports/counts', csv(...counts)).expect(201);
    await service.ask
      .post('/inventory/batch')
      .send({ changes: numbers.map((productID) => ({ productID, quantity: 1 })) })
      .expect(201);
    const column = async (path: string, index: number) =>
      (await download(service, path)).slice(1).map((cells) => Number(cells[index]));
    expect(await column('/inventory.csv', 0)).toEqual(numbers);
    expect(await column('/sales.csv', 1)).toEqual(numbers);
    expect(await column('/records.csv', 0)).toEqual(
      Array.from({ length: 2 * MANY }, (_, index) => index + 1),
    );
  });

  test('products are those of the catalogue that are not retired', async () => {
    const beans = { name: '=Beans', sku: 'ESP-1000', price: 18.9, reorderPoint: 14 };
    await post('/products', { productID: 3, ...beans });
    await post('/products', { productID: 2, name: 'Old' });
    await service.ask.delete('/products/2').expect(200);
    const answer = await service.ask.get('/products.csv').expect(200);
    expect(answer.text).toBe(
      csv(
        'productID,name,sku,barcode,image,price,reorderPoint,reorderQuantity',
        "3,'=Beans,ESP-1000,,,18.9,14,",
      ),
    );
  });

  test.each(['/inventory.csv', '/records.csv', '/products.csv'])(
    '%s is not sent again to who has it, until it is another',
    async (path) => {
      await post('/inventory', { productID: 1, availableQuantity: 5 });
      await post('/products', { productID: 1, name: 'Beans' });
      const { etag } = (await service.ask.get(path)).headers as { etag: string };
      const again = () => service.ask.get(path).set('If-None-Match', etag);
      expect((await again().expect(304)).text).toBe('');
      await post('/inventory', { productID: 1, availableQuantity: 6 });
      await post('/products', { productID: 2, name: 'Mug' });
      await again().expect(200);
    },
  );

  test('HEAD has the headers alone', async () => {
    const answer = await send(service.port, { method: 'HEAD', path: '/records.csv' });
    expect(answer).toMatchObject({
      status: 200,
      text: '',
      headers: { 'content-type': 'text/csv; charset=utf-8' },
    });
  });

  test('no other method and no other parameter is taken', async () => {
    expectProblem(await service.ask.post('/inventory.csv'), 'method-not-allowed');
    expectFaults(await service.ask.get('/records.csv?after=1'), 'after');
  });
});
