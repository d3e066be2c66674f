import { onEveryStore } from '../stores';
import { expectProblem } from './problem-answer';
import { useService } from './service';
import { tagOf } from './tags';
import { ENCODINGS, type Field, post } from './wire';

/** RFC 3339, in UTC, to the millisecond. */
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

onEveryStore((place) => {
  const service = useService(place);

  const count = (productID: number, availableQuantity: number) =>
    service.ask
      .post('/inventory')
      .field({ productID: String(productID), availableQuantity: String(availableQuantity) });

  test.each(Object.entries(ENCODINGS))('a count sent as %s is recorded', async (_name, encode) => {
    const fields: Field[] = [
      ['availableQuantity', '55'],
      ['productID', '1'],
    ];
    const answer = await post(service.port, '/inventory', encode(fields));
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ location: '/inventory/1', etag: tagOf(1) });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.text)).toEqual({
      record: 1,
      productID: 1,
      availableQuantity: 55,
      recordedAt: TIME,
    });
  });

  test('JSON takes numbers as well as text', async () => {
    const answer = await service.ask
      .post('/inventory')
      .send({ productID: 7, availableQuantity: 0 });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ productID: 7, availableQuantity: 0 });
  });

  test('the least and the largest numbers are accepted', async () => {
    expect((await count(1, 0)).body).toMatchObject({ productID: 1, availableQuantity: 0 });
    const largest = { productID: 4_294_967_295, availableQuantity: 2_147_483_647 };
    expect((await count(largest.productID, largest.availableQuantity)).body).toMatchObject(largest);
    expect((await service.ask.get('/inventory')).body).toEqual([
      { productID: 1, availableQuantity: 0 },
      largest,
    ]);
  });

  test('an empty ledger has an empty stock, as of record 0', async () => {
    const answer = await service.ask.get('/inventory');
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toEqual(tagOf(0));
    expect(answer.body).toEqual([]);
  });

  test('the stock is the latest count of each product, by productID', async () => {
    await count(10, 1);
    await count(2, 55);
    await count(2, 3);
    const answer = await service.ask.get('/inventory');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      etag: tagOf(3),
      'cache-control': 'no-cache',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(answer.body).toEqual([
      { productID: 2, availableQuantity: 3 },
      { productID: 10, availableQuantity: 1 },
    ]);
  });

  test('a product answers its latest record, under that record’s ETag', async () => {
    await count(2, 55);
    const latest = await count(2, 3);
    await count(10, 1);
    const answer = await service.ask.get('/inventory/2');
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toEqual(tagOf(2));
    expect(answer.body).toEqual(latest.body);
    expect(answer.body).toMatchObject({ record: 2, availableQuantity: 3 });
  });

  test('a product without a record is not there', async () => {
    await count(1, 1);
    expectProblem(await service.ask.get('/inventory/2'), 'unknown-product', { productID: 2 });
  });

  describe.each(['/inventory', '/inventory/1'])('a conditional GET %s', (path) => {
    beforeEach(async () => {
      await count(1, 5);
      await count(1, 4);
    });

    // N is the opaque part of the tag.
    test.each(['"N"', 'W/"N"', '"1", "N"', '"1",W/"N"', '*'])(
      'is 304, without a body, to If-None-Match: %s',
      async (known) => {
        const { etag } = (await service.ask.get(path)).headers as { etag: string };
        const match = known.replace('N', etag.slice(1, -1));
        const answer = await service.ask.get(path).set('If-None-Match', match);
        expect(answer.status).toBe(304);
        expect(answer.headers.etag).toEqual(tagOf(2));
        expect(answer.text).toBe('');
      },
    );

    test.each(['"1"', 'W/"1"', '"2"', '"22"', '2', '"2-0"', '"1", "3"'])(
      'is the whole answer to If-None-Match: %s',
      async (known) => {
        const answer = await service.ask.get(path).set('If-None-Match', known);
        expect(answer.status).toBe(200);
        expect(answer.headers.etag).toEqual(tagOf(2));
      },
    );

    test('is the whole answer again after a change', async () => {
      const { etag } = (await service.ask.get(path)).headers as { etag: string };
      await count(1, 3);
      const answer = await service.ask.get(path).set('If-None-Match', etag);
      expect(answer.status).toBe(200);
      expect(answer.headers.etag).toEqual(tagOf(3));
    });
  });

  test.each(['/inventory', '/inventory/1'])('HEAD %s has the headers of GET', async (path) => {
    await count(1, 5);
    const head = await service.ask.head(path);
    const get = await service.ask.get(path);
    expect(head.status).toBe(200);
    expect(head.text).toBeUndefined();
    const { etag, 'content-type': type, 'content-length': length } = get.headers;
    expect(head.headers).toMatchObject({ etag, 'content-type': type, 'content-length': length });
  });

  test.each([
    ['/inventory', 'GET, HEAD, POST, OPTIONS'],
    ['/inventory/1', 'GET, HEAD, OPTIONS'],
  ])('OPTIONS %s says %s', async (path, allow) => {
    const answer = await service.ask.options(path);
    expect(answer.status).toBe(204);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.text).toBe('');
  });
});
