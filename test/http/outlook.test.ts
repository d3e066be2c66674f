import { DUE } from '../due';
import { onEveryStore } from '../stores';
import { onOneDay } from '../whole-day';
import { appendPast, pastSale } from './past';
import { expectFaults, expectProblem } from './problem-answer';
import { useService } from './service';

const DAY_MS = 86_400_000;

/** Noon of the UTC day so many days before today. */
function noon(daysAgo: number): string {
  const day = new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  return `${day}T12:00:00.000Z`;
}

onOneDay();

onEveryStore((place) => {
  const service = useService(place);

  const outlook = async (query = '') => {
    const answer = await service.ask.get(`/products/1/outlook${query}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const count = (availableQuantity: number) =>
    service.ask.post('/inventory').send({ productID: 1, availableQuantity });

  describe('after sales', () => {
    beforeEach(() =>
      appendPast(place(), [
        pastSale(noon(60), 1, 1_000),
        pastSale(noon(20), 1, 14),
        pastSale(noon(20), 2, 500),
        pastSale(noon(4), 1, 9),
        { ...pastSale(noon(3), 1, -2), reason: 'return', quantityChange: 2, saleRecord: 4 },
        { productID: 1, availableQuantity: 30, recordedAt: new Date(noon(2)) },
      ]),
    );

    test('a product lasts as long as what there is does at the rate of the last four weeks', async () => {
      const answer = await service.ask.get('/products/1/outlook');
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.body).toEqual({
        productID: 1,
        availableQuantity: 30,
        days: 28,
        unitsSold: 21,
        unitsPerDay: 0.75,
        daysOfCover: 40,
        reorderPoint: null,
        reorderQuantity: null,
        low: false,
        ordered: null,
        reorder: 0,
      });
    });

    test('the window is as long as days says', async () => {
      expect(await outlook('?days=7')).toMatchObject({
        days: 7,
        unitsSold: 7,
        unitsPerDay: 1,
        daysOfCover: 30,
      });
      expect(await outlook('?days=100')).toMatchObject({
        unitsSold: 1_021,
        unitsPerDay: 10.21,
        daysOfCover: 2.94,
      });
      expect(await outlook('?days=365')).toMatchObject({ days: 365, unitsSold: 1_021 });
      // What is sold today is gone from the stock, and in no window yet.
      await service.ask.post('/sales').send({ productID: 1, quantity: 5 });
      expect(await outlook('?days=1')).toMatchObject({ days: 1, availableQuantity: 25 });
    });

    test('changes of the catalogue are taken up, and change what to order', async () => {
      await service.ask.post('/products').send({ productID: 1, name: 'Cup' });
      expect(await outlook()).toMatchObject({ low: false, reorder: 0 });
      await service.ask.patch('/products/1').send({ reorderPoint: 29, reorderQuantity: 12 });
      expect(await outlook()).toMatchObject({
        reorderPoint: 29,
        reorderQuantity: 12,
        low: false,
        reorder: 0,
      });
      await service.ask.patch('/products/1').send({ reorderPoint: 30 });
      expect(await outlook()).toMatchObject({ reorderPoint: 30, low: true, reorder: 12 });
    });
  });

  test('the window is whole UTC days up to yesterday', async () => {
    await appendPast(place(), [
      pastSale(noon(8), 1, 100),
      pastSale(noon(7), 1, 10),
      pastSale(noon(1), 1, 4),
    ]);
    await count(14);
    await service.ask.post('/sales').send({ productID: 1, quantity: 7 });
    const answer = await outlook('?days=7');
    // Today's sale is not in it.
    expect(answer).toMatchObject({ unitsSold: 14, availableQuantity: 7 });
  });

  test('nothing sold lasts for ever, which no number says', async () => {
    await count(30);
    expect(await outlook()).toMatchObject({ unitsSold: 0, unitsPerDay: 0, daysOfCover: null });
  });

  test('nothing left lasts for no day', async () => {
    await appendPast(place(), [{ ...pastSale(noon(3), 1, 9), availableQuantity: 0 }]);
    expect(await outlook()).toMatchObject({ availableQuantity: 0, daysOfCover: 0 });
  });

  test('more given back than sold is no rate', async () => {
    await appendPast(place(), [
      { ...pastSale(noon(3), 1, -9), reason: 'return', availableQuantity: 9, saleRecord: 1 },
    ]);
    expect(await outlook()).toMatchObject({ unitsSold: -9, unitsPerDay: 0, daysOfCover: null });
  });

  test('whole reorder quantities are ordered until the reorder point is passed', async () => {
    await service.ask.post('/products').send({ productID: 1, name: 'Cup' });
    const expected: [
      available: number,
      point: number | '',
      quantity: number | '',
      reorder: number,
    ][] = [
      [10, 10, 12, 12],
      [11, 10, 12, 0],
      [0, 10, 12, 12],
      [0, 11, 12, 12],
      [0, 12, 12, 24],
      [0, 0, 1, 1],
      [1, 0, 1, 0],
      [3, 30, 5, 30],
      // Without a quantity just as many as bring it over the point.
      [4, 10, '', 7],
      [4, 10, 0, 7],
      [0, '', 12, 0],
    ];
    for (const [available, reorderPoint, reorderQuantity, reorder] of expected) {
      await count(available);
      await service.ask.patch('/products/1').send({ reorderPoint, reorderQuantity });
      const answer = await outlook();
      expect(answer).toMatchObject({ availableQuantity: available, low: reorder > 0, reorder });
      expect(answer.reorderPoint).toBe(reorderPoint === '' ? null : reorderPoint);
    }
  });

  test('a product that was never counted is low if it has a reorder point, and not once it is retired', async () => {
    expectProblem(await service.ask.get('/products/1/outlook'), 'unknown-product', {
      productID: 1,
    });
    const neverCounted = { availableQuantity: null, daysOfCover: null };
    await service.ask.post('/products').send({ productID: 1, name: 'Cup', reorderQuantity: 12 });
    expect(await outlook()).toMatchObject({ ...neverCounted, low: false, reorder: 0 });
    await service.ask.patch('/products/1').send({ reorderPoint: 5 });
    expect(await outlook()).toMatchObject({ ...neverCounted, low: true, reorder: 12 });
    await service.ask.delete('/products/1');
    expect(await outlook()).toMatchObject({ ...neverCounted, low: false, reorder: 0 });
  });

  test('an order is shown, even as the product gets lower, until its alert is open again or over', async () => {
    const product = { productID: 1, name: 'Cup', reorderPoint: 5, reorderQuantity: 12 };
    await service.ask.post('/products').send(product);
    const report = async (kind: string, availableQuantity: number) => {
      const { record } = (await count(availableQuantity)).body;
      const found = { productID: 1, record, revision: 1, threshold: 5, daysOfCover: null };
      await service.ask
        .post('/alerts/findings')
        .send({ findings: [{ ...found, kind, availableQuantity }] })
        .expect(200);
    };
    await report('low', 4);
    expect(await outlook()).toMatchObject({ low: true, ordered: null, reorder: 12 });

    const ordered = { due: DUE, note: 'PO-1042' };
    const handle = (handling: object) => service.ask.patch('/alerts/1').send(handling).expect(200);
    await handle({ status: 'ordered', ...ordered });
    expect(await outlook()).toMatchObject({ low: true, ordered, reorder: 0 });
    await report('out', 0);
    expect(await outlook()).toMatchObject({ low: true, ordered, reorder: 0 });

    await handle({ status: 'open' });
    expect(await outlook()).toMatchObject({ ordered: null, reorder: 12 });
    await handle({ status: 'ordered', ...ordered });
    await report('none', 50);
    expect(await outlook()).toMatchObject({ ordered: null });
  });

  test('with a location all of it is about that location', async () => {
    const at2 = { locationID: 2 };
    await service.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
    await appendPast(place(), [
      { productID: 1, availableQuantity: 30, onHandQuantity: 30, recordedAt: new Date(noon(9)) },
      { ...pastSale(noon(4), 1, 56), ...at2, availableQuantity: 42, onHandQuantity: 12 },
      { ...pastSale(noon(3), 1, 14), availableQuantity: 28, onHandQuantity: 16 },
    ]);
    await service.ask.post('/products').send({ productID: 1, name: 'Cup', reorderPoint: 1 });
    const point = { reorderPoint: 12, reorderQuantity: 24 };
    await service.ask.put('/products/1/locations/2').send(point).expect(200);
    const van = {
      productID: 1,
      locationID: 2,
      availableQuantity: 12,
      days: 28,
      unitsSold: 56,
      unitsPerDay: 2,
      daysOfCover: 6,
      ...point,
      low: true,
      ordered: null,
      reorder: 24,
    };
    expect(await outlook('?locationID=2')).toEqual(van);
    expect(await outlook('?locationID=1')).toMatchObject({
      locationID: 1,
      availableQuantity: 16,
      unitsSold: 14,
      reorderPoint: null,
      low: false,
    });
    expect(await outlook()).toMatchObject({ availableQuantity: 28, unitsSold: 70, low: false });
    // What somebody brings there is told there, and not of the product.
    const { record } = (await service.ask.get('/inventory/1')).body;
    const found = { record, revision: 2, availableQuantity: 12, threshold: 12, daysOfCover: null };
    const finding = { productID: 1, locationID: 2, kind: 'low', ...found };
    await service.ask
      .post('/alerts/findings')
      .send({ findings: [finding] })
      .expect(200);
    const ordered = { due: DUE, note: 'VAN-17' };
    await service.ask
      .patch('/alerts/1')
      .send({ status: 'ordered', ...ordered })
      .expect(200);
    expect(await outlook('?locationID=2')).toEqual({ ...van, ordered, reorder: 0 });
    expect(await outlook()).toMatchObject({ ordered: null });
    const nowhere = await service.ask.get('/products/1/outlook?locationID=9');
    expectProblem(nowhere, 'unknown-location', { locationID: 9 });
    expectFaults(await service.ask.get('/products/1/outlook?locationID=x'), 'locationID');
  });

  test('a faulty query is refused with every fault at once', async () => {
    for (const days of ['0', '366', '-1', '1.5', '', 'x', '1&days=2']) {
      expectFaults(await service.ask.get(`/products/1/outlook?days=${days}`), 'days');
    }
    expectFaults(await service.ask.get('/products/1/outlook?days=0&from=x'), 'days', 'from');
    expectFaults(await service.ask.get('/products/0/outlook'), 'productID');
  });
});
