import { onEveryStore } from '../stores';
import { openStream } from './event-stream';
import { linkedPages } from './linked-pages';
import { expectFaults, expectProblem } from './problem-answer';
import { useService } from './service';
import { tagOf } from './tags';

interface Line {
  readonly record: number;
}

onEveryStore((place) => {
  const service = useService(place);
  const get = (path: string) => service.ask.get(path);
  const body = async (path: string) => (await get(path).expect(200)).body;
  const post = (path: string, fields: object) => service.ask.post(path).send(fields).expect(201);
  const records = (lines: readonly Line[]) => lines.map(({ record }) => record);

  beforeEach(async () => {
    await service.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
    await post('/inventory', { productID: 1, availableQuantity: 10 });
    await post('/inventory', { productID: 1, availableQuantity: 4, locationID: 2 });
    await post('/inventory', { productID: 2, quantityChange: 6, reason: 'receipt' });
    await post('/sales', { productID: 1, quantity: 1, locationID: 2 });
    await post('/inventory', { productID: 1, availableQuantity: 2, locationID: 2 });
    const lines = [{ productID: 1, quantity: 3 }];
    await post('/inventory/moves', { from: 1, to: 2, lines });
  });

  const cell = (locationID: number, onHandQuantity: number, record: number, productID = 1) => ({
    productID,
    locationID,
    availableQuantity: onHandQuantity,
    onHandQuantity,
    heldQuantity: 0,
    record,
  });

  test('the stock of a location, and a product’s locations, are told of any moment', async () => {
    const then = await get('/inventory?locationID=2&asOf=4').expect(200);
    expect(then.body).toEqual([cell(2, 3, 4)]);
    expect(then.headers.etag).toEqual(tagOf(4));
    const { etag } = then.headers;
    await get('/inventory?locationID=2&asOf=4').set('If-None-Match', String(etag)).expect(304);
    expect(await body('/inventory?locationID=1&asOf=6')).toEqual([
      cell(1, 10, 1),
      cell(1, 6, 3, 2),
    ]);
    expect(await body('/inventory?locationID=2&asOf=1')).toEqual([]);
    for (const locationID of [1, 2]) {
      const path = `/inventory?locationID=${locationID}`;
      expect(await body(`${path}&asOf=7`)).toEqual(await body(path));
    }
    expect(await body('/inventory/1/locations?asOf=2')).toEqual([cell(1, 10, 1), cell(2, 4, 2)]);
    expect(await body('/inventory/1/locations?asOf=7')).toEqual(
      await body('/inventory/1/locations'),
    );
    expectProblem(await get('/inventory/2/locations?asOf=2'), 'unknown-product', { productID: 2 });
  });

  test('a history has the records of one location, page by page', async () => {
    const path = '/inventory/1/records?locationID=2';
    expect(records(await body(path))).toEqual([6, 5, 4, 2]);
    expect(records(await body('/inventory/1/records?locationID=1'))).toEqual([7, 1]);
    expect(records(await body(`${path}&reason=count`))).toEqual([5, 2]);
    const pages = await linkedPages<Line>(service, `${path}&limit=3`);
    expect(pages.map(records)).toEqual([[6, 5, 4], [2]]);
  });

  test('the feed, its stream and records.csv have the records of one location', async () => {
    const pages = await linkedPages<Line>(service, '/records?locationID=2&limit=2');
    expect(pages.map(records)).toEqual([[2, 4], [5, 6], []]);
    expect(records(await body('/records?locationID=1'))).toEqual([1, 3, 7]);
    expect(records(await body('/records?locationID=2&actor=open&after=4'))).toEqual([5, 6]);
    expect(await body('/records?locationID=2&actor=nobody')).toEqual([]);
    const csv = await get('/records.csv?locationID=2').expect(200);
    const lines = csv.text.trim().split('\r\n');
    expect(lines.slice(1).map((line) => Number(line.split(',')[0]))).toEqual([2, 4, 5, 6]);
    expect(lines[0]).toBe((await get('/records.csv')).text.split('\r\n')[0]);
  });

  test('a live stream goes on with the records of one location', async () => {
    const stream = await openStream(service.port, '/records?locationID=2&after=2');
    await stream.atLeast(3);
    await post('/sales', { productID: 1, quantity: 1 });
    await post('/sales', { productID: 1, quantity: 1, locationID: 2 });
    const events = await stream.atLeast(4);
    expect(events.map(({ id }) => Number(id))).toEqual([4, 5, 6, 9]);
    stream.close();
  });

  test('an explanation says why a location has its units', async () => {
    const answer = await get('/inventory/1/explain?locationID=2').expect(200);
    expect(answer.body).toEqual({
      productID: 1,
      locationID: 2,
      asOf: 7,
      availableQuantity: 5,
      onHandQuantity: 5,
      heldQuantity: 0,
      count: expect.objectContaining({ record: 5, onHandQuantity: 2 }),
      countedQuantity: 2,
      expectedQuantity: 3,
      difference: -1,
      movements: [{ reason: 'move', records: 1, onHandChange: 3 }],
    });
    expect(await body('/inventory/1/explain?locationID=2&asOf=4')).toMatchObject({
      onHandQuantity: 3,
      countedQuantity: 4,
      expectedQuantity: null,
      difference: null,
      movements: [{ reason: 'sale', records: 1, onHandChange: -1 }],
    });
    expect(await body('/inventory/2/explain?locationID=2')).toMatchObject({
      onHandQuantity: 0,
      count: null,
      countedQuantity: null,
      movements: [],
    });
    expectProblem(await get('/inventory/9/explain?locationID=2'), 'unknown-product', {
      productID: 9,
    });
  });

  test('an explanation also knows what a row by hand left at the first location', async () => {
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 20)');
    await post('/sales', { productID: 1, quantity: 2 });
    expect(await body('/inventory/1/explain?locationID=1')).toMatchObject({
      onHandQuantity: 13,
      countedQuantity: 15,
      expectedQuantity: 7,
      difference: 8,
      movements: [{ reason: 'sale', records: 1, onHandChange: -2 }],
    });
  });

  test('inventory.csv has what is at a location, as POST /imports/counts takes it', async () => {
    const file = 'productID,availableQuantity,record,locationID\r\n1,5,6,2\r\n';
    expect((await get('/inventory.csv?locationID=2').expect(200)).text).toBe(file);
    const { text } = await get('/inventory.csv?locationID=2&asOf=4').expect(200);
    expect(text).toBe('productID,availableQuantity,record,locationID\r\n1,3,4,2\r\n');
    const counted = file.replace('1,5,6,2', '1,8,6,2');
    await service.ask
      .post('/imports/counts')
      .attach('file', Buffer.from(counted), { filename: 'c.csv', contentType: 'text/csv' })
      .expect(201);
    expect(await body('/inventory?locationID=2')).toEqual([cell(2, 8, 8)]);
    expect(await body('/inventory?locationID=1')).toEqual([cell(1, 7, 7), cell(1, 6, 3, 2)]);
  });

  test('an overview of a location has its stock, and the sales of all', async () => {
    const all = await body('/overview');
    const answer = await get('/overview?locationID=2').expect(200);
    const [first, second] = answer.body.products;
    expect(first).toMatchObject({ productID: 1, availableQuantity: 5, record: 6 });
    expect(first.unitsSold).toEqual(all.products[0].unitsSold);
    expect(second).toMatchObject({ productID: 2, availableQuantity: null, record: null });
    expect(answer.body.asOf).toBe(all.asOf);
    const { etag } = answer.headers;
    await get('/overview?locationID=2').set('If-None-Match', String(etag)).expect(304);
    await post('/sales', { productID: 1, quantity: 1 });
    expect(await body('/overview?locationID=2')).toMatchObject({
      asOf: 8,
      products: [{ availableQuantity: 5, record: 6 }, { productID: 2 }],
    });
    expect((await body('/overview')).products[0]).toMatchObject({ availableQuantity: 11 });
  });

  const PATHS = [
    '/inventory?',
    '/inventory?asOf=1&',
    '/inventory/1/records?',
    '/inventory/1/explain?',
    '/records?',
    '/records.csv?',
    '/inventory.csv?',
    '/inventory.csv?asOf=1&',
    '/overview?',
  ];

  test.each(PATHS)('%slocationID= refuses a location that is none, or no number', async (path) => {
    expectProblem(await get(`${path}locationID=7`), 'unknown-location', { locationID: 7 });
    for (const locationID of ['0', 'x', '4294967296', '2&locationID=2']) {
      expectFaults(await get(`${path}locationID=${locationID}`), 'locationID');
    }
  });

  test('a moment that is to come is refused for a location too', async () => {
    for (const path of ['/inventory?locationID=2&', '/inventory/1/locations?']) {
      expectFaults(await get(`${path}asOf=8`), 'asOf');
    }
  });

  test('a retired location is still told', async () => {
    const lines = [{ productID: 1, quantity: 5 }];
    await post('/inventory/moves', { from: 2, to: 1, lines });
    await service.ask.delete('/locations/2').expect(204);
    expect(await body('/inventory?locationID=2&asOf=7')).toEqual([cell(2, 5, 6)]);
    expect(records(await body('/records?locationID=2&after=6'))).toEqual([9]);
  });

  test('sales are of all locations together', async () => {
    for (const path of ['/sales', '/sales.csv']) {
      expectFaults(await get(`${path}?locationID=2`), 'locationID');
    }
  });
});
