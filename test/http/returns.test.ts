import { onEveryStore } from '../stores';
import { expectProblem } from './problem-answer';
import { startService, useService } from './service';
import { tagOf } from './tags';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** The sale of five units of product 1 that the tests below take back. */
const SALE = 3;

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
    await service.ask.post('/inventory').send({ productID: 2, availableQuantity: 10 });
    const sale = { productID: 1, quantity: 5, unitPrice: '4.5' };
    expect((await service.ask.post('/sales').send(sale)).body.record).toBe(SALE);
  });

  const giveBack = (quantityChange: number, fields: Record<string, number> = {}) =>
    service.ask
      .post('/inventory')
      .send({ productID: 1, reason: 'return', quantityChange, saleRecord: SALE, ...fields });
  const lastRecord = async () => (await service.ask.get('/readyz')).body.record;
  const sold = async () => (await service.ask.get('/sales')).body;

  test('a return that names a sale lowers units sold and revenue', async () => {
    const answer = await giveBack(2);
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ location: '/inventory/1', etag: tagOf(4) });
    expect(answer.body).toEqual({
      record: 4,
      productID: 1,
      reason: 'return',
      quantityChange: 2,
      saleRecord: SALE,
      availableQuantity: 7,
      recordedAt: TIME,
    });
    expect(await sold()).toEqual([{ productID: 1, unitsSold: 3, revenue: 13.5 }]);
    expect((await service.ask.get('/inventory/1/records?limit=1')).body).toEqual([
      {
        record: 4,
        productID: 1,
        reason: 'return',
        quantityChange: 2,
        availableQuantity: 7,
        // What was sold is less by this.
        quantity: -2,
        unitPrice: 4.5,
        saleRecord: SALE,
        recordedAt: TIME,
        actor: 'open',
      },
    ]);
  });

  test('a return of a sale without a price lowers units sold alone', async () => {
    await service.ask.post('/sales').send({ productID: 1, quantity: 4 });
    await giveBack(3, { saleRecord: 4 });
    expect(await sold()).toEqual([{ productID: 1, unitsSold: 6, revenue: 22.5, unitsPriced: 5 }]);
  });

  test('a return that names no sale leaves units sold as they were', async () => {
    const answer = await service.ask
      .post('/inventory')
      .send({ productID: 1, reason: 'return', quantityChange: 9 });
    expect(answer.body.availableQuantity).toBe(14);
    expect(await sold()).toEqual([{ productID: 1, unitsSold: 5, revenue: 22.5 }]);
  });

  test('no more can be returned than was sold, even in many tries', async () => {
    expectProblem(await giveBack(6), 'return-exceeds-sale', {
      productID: 1,
      saleRecord: SALE,
      returnableQuantity: 5,
    });
    expect(await lastRecord()).toBe(3);
    expect((await giveBack(3)).status).toBe(201);
    expectProblem(await giveBack(3), 'return-exceeds-sale', {
      productID: 1,
      saleRecord: SALE,
      returnableQuantity: 2,
    });
    expect((await giveBack(2)).body.availableQuantity).toBe(10);
    expectProblem(await giveBack(1), 'return-exceeds-sale', {
      productID: 1,
      saleRecord: SALE,
      returnableQuantity: 0,
    });
    expect(await lastRecord()).toBe(5);
    expect(await sold()).toEqual([{ productID: 1, unitsSold: 0 }]);
  });

  test('returns that come at once, to two services, share what was sold', async () => {
    const other = await startService(place().environment);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 === 0 ? service : other).ask
          .post('/inventory')
          .send({ productID: 1, reason: 'return', quantityChange: 1, saleRecord: SALE }),
      ),
    );
    await other.close();
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
    expect((await service.ask.get('/inventory/1')).body.availableQuantity).toBe(10);
  });

  test.each([
    ['a sale of another product', { productID: 2 }],
    ['a count', { saleRecord: 1 }],
    ['a record that is not there', { saleRecord: 99 }],
    ['a record that no ledger will ever have', { saleRecord: Number.MAX_SAFE_INTEGER }],
  ])('%s cannot be taken back', async (_what, fields) => {
    const named = { productID: 1, saleRecord: SALE, ...fields };
    expectProblem(await giveBack(1, fields), 'unknown-sale', named);
    expect(await lastRecord()).toBe(3);
    expect(await sold()).toEqual([{ productID: 1, unitsSold: 5, revenue: 22.5 }]);
  });

  test('a return cannot be taken back', async () => {
    await giveBack(2);
    expectProblem(await giveBack(1, { saleRecord: 4 }), 'unknown-sale', {
      productID: 1,
      saleRecord: 4,
    });
    expect(await lastRecord()).toBe(4);
  });

  test('a product without a record is unknown before its sale is', async () => {
    expectProblem(await giveBack(1, { productID: 3 }), 'unknown-product', { productID: 3 });
  });

  test('a batch sees the returns before it in the batch', async () => {
    const back = { productID: 1, reason: 'return', quantityChange: 3, saleRecord: SALE };
    const changes = [back, back, { ...back, quantityChange: 2 }];
    const answer = await service.ask.post('/inventory/batch?mode=each').send({ changes });
    expect(answer.body).toMatchObject({ recorded: 2, refused: 1 });
    expect(answer.body.outcomes[1]).toMatchObject({
      type: '/problems/return-exceeds-sale',
      returnableQuantity: 2,
    });
    expect(await sold()).toEqual([{ productID: 1, unitsSold: 0 }]);
  });
});
