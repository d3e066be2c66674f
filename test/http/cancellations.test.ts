import { onEveryStore } from '../stores';
import { onOneDay } from '../whole-day';
import { bearer, makeKey, startBoth } from './access/keys-service';
import { expectProblem } from './problem-answer';
import { startService, useService } from './service';
import { tagOf } from './tags';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const faultOf = (field: string) => ({ errors: [{ field, detail: expect.any(String) }] });

/** The sale of five units of product 1 that the tests below cancel. */
const SALE = 2;

onEveryStore((place) => {
  onOneDay();
  const service = useService(place);
  beforeEach(async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
    const sale = { productID: 1, quantity: 5, unitPrice: '4.5' };
    expect((await service.ask.post('/sales').send(sale)).body.record).toBe(SALE);
  });

  const cancel = (sale: number | string = SALE) => service.ask.post(`/sales/${sale}/cancellation`);
  const giveBack = (quantityChange: number) =>
    service.ask
      .post('/inventory')
      .send({ productID: 1, reason: 'return', quantityChange, saleRecord: SALE });
  const sold = async () => (await service.ask.get('/sales')).body;
  const available = async () => (await service.ask.get('/inventory/1')).body.availableQuantity;

  test('a sale is taken back whole, without a body or with a word about it', async () => {
    const answer = await cancel().send({ note: 'Typed twice', reference: 'till 3' });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ location: '/inventory/1', etag: tagOf(3) });
    expect(answer.body).toEqual({
      record: 3,
      productID: 1,
      reason: 'cancellation',
      quantityChange: 5,
      saleRecord: SALE,
      availableQuantity: 10,
      note: 'Typed twice',
      reference: 'till 3',
      recordedAt: TIME,
    });
    expect(await sold()).toEqual([{ productID: 1, unitsSold: 0 }]);
    const records = (await service.ask.get('/inventory/1/records?reason=cancellation')).body;
    expect(records).toMatchObject([{ record: 3, quantity: -5, unitPrice: 4.5, actor: 'open' }]);
    await service.ask.post('/sales').send({ productID: 1, quantity: 2 });
    expect((await cancel(4)).body).toMatchObject({ record: 5, availableQuantity: 10 });
  });

  test('a sale is cancelled once, even if ten ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => cancel()));
    const done = answers.filter(({ status }) => status === 201);
    expect(done).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expectProblem(answer, 'sale-cancelled', { productID: 1, saleRecord: SALE, record: 3 });
    }
    expect(await available()).toBe(10);
  });

  test('two services cancel a sale once between them', async () => {
    const other = await startService(place().environment);
    try {
      const answers = await Promise.all([
        cancel(),
        other.ask.post(`/sales/${SALE}/cancellation`),
        cancel(),
        other.ask.post(`/sales/${SALE}/cancellation`),
      ]);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(await available()).toBe(10);
    } finally {
      await other.close();
    }
  });

  test('nothing of a cancelled sale can be returned, and a returned one is not cancelled', async () => {
    await giveBack(2);
    expectProblem(await cancel(), 'sale-returned', {
      productID: 1,
      saleRecord: SALE,
      returnedQuantity: 2,
    });
    await giveBack(3);
    expectProblem(await cancel(), 'sale-returned', {
      productID: 1,
      saleRecord: SALE,
      returnedQuantity: 5,
    });
    await service.ask.post('/sales').send({ productID: 1, quantity: 1 });
    await cancel(5);
    const back = { productID: 1, reason: 'return', quantityChange: 1, saleRecord: 5 };
    expectProblem(await service.ask.post('/inventory').send(back), 'return-exceeds-sale', {
      productID: 1,
      saleRecord: 5,
      returnableQuantity: 0,
    });
  });

  test('what is no sale is refused, and says what it is', async () => {
    expectProblem(await cancel(99), 'unknown-sale', { saleRecord: 99 });
    const counted = await cancel(1);
    expectProblem(counted, 'unknown-sale', { productID: 1, saleRecord: 1 });
    expect(counted.body.detail).toContain('is a count');
    await cancel();
    expect((await cancel(3)).body.detail).toContain('is a cancellation');
    for (const record of ['0', 'x', '1.5', '-1']) {
      expectProblem(await cancel(record), 'invalid-request', faultOf('record'));
    }
    expectProblem(await cancel().send({ quantity: 2 }), 'invalid-request', faultOf('quantity'));
  });

  test('a copy under the same key gets the same answer, and another request does not', async () => {
    const keyed = () => cancel().set('Idempotency-Key', 'k1');
    const [one, other] = [await keyed(), await keyed()];
    expect(other.status).toBe(201);
    expect(other.body).toEqual(one.body);
    expect(other.headers['idempotent-replayed']).toBe('true');
    expectProblem(await keyed().send({ note: 'another' }), 'key-reused');
    expect((await service.ask.get('/requests/k1')).body).toMatchObject({ answer: one.body });
    expect(await available()).toBe(10);
  });

  test('If-Match names the latest record of the product', async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 7 });
    expectProblem(await cancel().set('If-Match', '"2"'), 'stale-record', {
      productID: 1,
      record: 3,
      availableQuantity: 7,
    });
    expect((await cancel().set('If-Match', '"3"')).body.availableQuantity).toBe(12);
  });

  test('the units come back to the location of the sale', async () => {
    await service.ask.put('/locations/2').send({ name: 'Van' });
    const receipt = { productID: 1, locationID: 2, reason: 'receipt', quantityChange: 4 };
    await service.ask.post('/inventory').send(receipt);
    const sale = { productID: 1, locationID: 2, quantity: 3 };
    const { record } = (await service.ask.post('/sales').send(sale)).body;
    const { body } = await cancel(record);
    expect(body).toMatchObject({ locationID: 2, onHandQuantity: 4, availableQuantity: 9 });
    const other = (await service.ask.post('/sales').send({ ...sale, quantity: 4 })).body;
    await service.ask.delete('/locations/2');
    expectProblem(await cancel(other.record), 'unknown-location', {
      productID: 1,
      locationID: 2,
      retired: true,
    });
  });

  test('it needs the scope of selling, and the location of the sale', async () => {
    await service.ask.put('/locations/2').send({ name: 'Van' });
    const receipt = { productID: 1, locationID: 2, reason: 'receipt', quantityChange: 4 };
    await service.ask.post('/inventory').send(receipt);
    const sale = { productID: 1, locationID: 2, quantity: 3 };
    const { record } = (await service.ask.post('/sales').send(sale)).body;
    const both = await startBoth(place());
    const as = ({ key }: { key: string }, sale: number) =>
      both.service.ask.post(`/sales/${sale}/cancellation`).set(bearer(key));
    const mover = await makeKey(both.open, 'mover', ['stock:move']);
    expectProblem(await as(mover, SALE), 'missing-scope', { scopes: ['stock:sell'] });
    const van = await makeKey(both.open, 'van', ['stock:sell'], { locations: '2' });
    expectProblem(await as(van, SALE), 'missing-scope', { locations: [2] });
    await as(van, record).expect(201);
    await both.close();
  });

  test('a page that follows the ledger and one that loads it anew see the same sales', async () => {
    const before = (await service.ask.get('/overview')).body;
    expect(before.products[0].unitsSold.at(-1)).toBe(5);
    await cancel();
    const after = (await service.ask.get('/overview')).body;
    expect(after.products[0].unitsSold.at(-1)).toBe(0);
    expect(after.salesAsOf).toBe(3);
  });
});
