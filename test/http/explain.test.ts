import { onEveryStore } from '../stores';
import { EVERY_CHANGE } from './every-change';
import { expectFaults, expectProblem } from './problem-answer';
import { useService } from './service';
import { tagOf } from './tags';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    for (const [path, fields] of EVERY_CHANGE) {
      expect((await service.ask.post(path).send(fields)).status).toBe(201);
    }
  });

  const explained = async (productID: number, query = '') => {
    const answer = await service.ask.get(`/inventory/${productID}/explain${query}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  test('the number is the last count and what has moved since, by reason', async () => {
    const answer = await service.ask.get('/inventory/1/explain');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ etag: tagOf(10), 'cache-control': 'no-cache' });
    expect(answer.body).toEqual({
      productID: 1,
      asOf: 10,
      availableQuantity: 13,
      count: {
        record: 5,
        productID: 1,
        reason: 'count',
        quantityChange: -2,
        availableQuantity: 15,
        note: 'two are missing',
        recordedAt: TIME,
        actor: 'open',
      },
      expectedQuantity: 17,
      difference: -2,
      movements: [
        { reason: 'adjustment', records: 1, quantityChange: 6 },
        { reason: 'sale', records: 2, quantityChange: -5 },
        { reason: 'waste', records: 1, quantityChange: -3 },
      ],
    });
  });

  test('a product that was never counted has its movements alone', async () => {
    expect(await explained(3)).toEqual({
      productID: 3,
      asOf: 10,
      availableQuantity: 1,
      count: null,
      expectedQuantity: null,
      difference: null,
      movements: [{ reason: 'receipt', records: 1, quantityChange: 1 }],
    });
  });

  test('the first that is heard of a product differs from nothing', async () => {
    expect(await explained(2)).toMatchObject({
      availableQuantity: 7,
      count: { record: 3 },
      expectedQuantity: null,
      difference: null,
      movements: [],
    });
  });

  test('a count that finds more than was expected, and one that finds just that', async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 20 });
    expect(await explained(1)).toMatchObject({
      expectedQuantity: 13,
      difference: 7,
      movements: [],
    });
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 20 });
    expect(await explained(1)).toMatchObject({ expectedQuantity: 20, difference: 0 });
  });

  test('a past moment is explained by what was known then', async () => {
    expect(await explained(1, '?asOf=4')).toEqual({
      productID: 1,
      asOf: 4,
      availableQuantity: 17,
      count: null,
      expectedQuantity: null,
      difference: null,
      movements: [
        { reason: 'receipt', records: 1, quantityChange: 20 },
        { reason: 'return', records: 1, quantityChange: 2 },
        { reason: 'sale', records: 1, quantityChange: -5 },
      ],
    });
    expect(await explained(1, '?asOf=5')).toMatchObject({ asOf: 5, difference: -2, movements: [] });
    const [newest] = (await service.ask.get('/inventory/1/records?limit=1')).body;
    expect(await explained(1, `?asOf=${newest.recordedAt}`)).toEqual(await explained(1));
  });

  test('at every record the explanation adds up to what GET /inventory answers', async () => {
    for (const [index] of EVERY_CHANGE.entries()) {
      const asOf = index + 1;
      const stock: { productID: number; availableQuantity: number }[] = (
        await service.ask.get(`/inventory?asOf=${asOf}`)
      ).body;
      for (const { productID, availableQuantity } of stock) {
        const { count, movements, ...answer } = await explained(productID, `?asOf=${asOf}`);
        const moved = movements.reduce(
          (sum: number, { quantityChange }: { quantityChange: number }) => sum + quantityChange,
          0,
        );
        expect((count?.availableQuantity ?? 0) + moved).toBe(availableQuantity);
        expect(answer).toMatchObject({ asOf, availableQuantity });
      }
    }
  });

  test('is 304 for a client that has it', async () => {
    const { etag } = (await service.ask.get('/inventory/1/explain')).headers as { etag: string };
    const known = service.ask.get('/inventory/1/explain').set('If-None-Match', etag);
    expect((await known).status).toBe(304);
  });

  test('there is nothing to explain before the first record, or without one', async () => {
    expectProblem(await service.ask.get('/inventory/4/explain'), 'unknown-product', {
      productID: 4,
    });
    const before = await service.ask.get('/inventory/2/explain?asOf=2');
    expectProblem(before, 'unknown-product', { productID: 2 });
    expectProblem(await service.ask.get('/inventory/1/explain?asOf=0'), 'unknown-product', {
      productID: 1,
    });
  });

  test.each(['0', '-1', '1.0', 'x', '4294967296'])('%s is no productID', async (productID) => {
    expectFaults(await service.ask.get(`/inventory/${productID}/explain`), 'productID');
  });
});
