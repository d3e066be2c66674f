import { turnEntries } from '../contract/turn-entries';
import { sale } from '../ledger/records';
import { type LedgerPlace, onEveryStore } from '../stores';
import { expectFaults, expectProblem } from './problem-answer';
import { useService } from './service';
import { tagOf } from './tags';
import { ENCODINGS, type Field, post } from './wire';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** Appends sales of the past, which the service, whose clock is the real one, cannot. */
async function sold(
  place: LedgerPlace,
  sales: [at: string, productID: number, quantity: number][],
) {
  const records = sales.map(([at, productID, quantity], index) =>
    sale(index + 1, productID, quantity, { recordedAt: new Date(at) }),
  );
  const store = place.open();
  const turn = await store.takeTurn();
  await turn.append(turnEntries(records));
  await turn.commit();
  await store.close();
}

onEveryStore((place) => {
  const service = useService(place);

  const count = (productID: string, availableQuantity: string) =>
    service.ask.post('/inventory').field({ productID, availableQuantity });
  const sell = (fields: Record<string, string>) => service.ask.post('/sales').field(fields);

  test.each(Object.entries(ENCODINGS))('a sale sent as %s is recorded', async (_name, encode) => {
    await count('1', '55');
    const fields: Field[] = [
      ['productID', '1'],
      ['quantity', '2'],
      ['unitPrice', '4.50'],
    ];
    const answer = await post(service.port, '/sales', encode(fields));
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ location: '/inventory/1', etag: tagOf(2) });
    expect(JSON.parse(answer.text)).toEqual({
      record: 2,
      productID: 1,
      quantity: 2,
      unitPrice: 4.5,
      availableQuantity: 53,
      recordedAt: TIME,
    });
  });

  test('a sale is one record, which lowers the stock', async () => {
    await count('1', '55');
    const sale = await sell({ productID: '1', quantity: '2' });
    expect(sale.body).toEqual({
      record: 2,
      productID: 1,
      quantity: 2,
      availableQuantity: 53,
      recordedAt: TIME,
    });
    const { record, productID, availableQuantity, recordedAt } = sale.body;
    const latest = { record, productID, availableQuantity, recordedAt };
    expect((await service.ask.get('/inventory/1')).body).toEqual(latest);
    expect((await service.ask.get('/inventory')).headers.etag).toEqual(tagOf(2));
  });

  test('the last units can be sold, and then no more', async () => {
    await count('1', '2');
    expect((await sell({ productID: '1', quantity: '2' })).body.availableQuantity).toBe(0);
    expect((await sell({ productID: '1', quantity: '1' })).status).toBe(409);
  });

  test('a sale of nothing is refused, and so is one in a batch, and a change by nothing', async () => {
    await count('1', '2');
    expectFaults(await sell({ productID: '1', quantity: '0' }), 'quantity');
    for (const line of [
      { productID: 1, quantity: 0 },
      { productID: 1, reason: 'sale', quantity: '0' },
    ]) {
      const changes = [{ productID: 1, availableQuantity: 5 }, line];
      expectFaults(
        await service.ask.post('/inventory/batch').send({ changes }),
        'changes.1.quantity',
      );
    }
    for (const reason of ['receipt', 'return', 'adjustment', 'waste']) {
      const change = { productID: 1, quantityChange: 0, reason };
      expectFaults(await service.ask.post('/inventory').send(change), 'quantityChange');
    }
    expect((await service.ask.get('/readyz')).body.record).toBe(1);
  });

  test('more than there is cannot be sold, and nothing is appended', async () => {
    await count('1', '3');
    const answer = await sell({ productID: '1', quantity: '4' });
    expectProblem(answer, 'insufficient-stock', { productID: 1, availableQuantity: 3 });
    expect((await service.ask.get('/readyz')).body.record).toBe(1);
    expect((await service.ask.get('/sales')).body).toEqual([]);
    expect((await sell({ productID: '1', quantity: '3' })).body.record).toBe(2);
  });

  test('a product without a record cannot be sold, and nothing is appended', async () => {
    expectProblem(await sell({ productID: '1', quantity: '1' }), 'unknown-product', {
      productID: 1,
    });
    expect((await service.ask.get('/readyz')).body.record).toBe(0);
  });

  test.each([
    ['0', 0],
    ['0.0001', 0.0001],
    ['19.90', 19.9],
    ['999999999.9999', 999_999_999.9999],
  ])('a unitPrice of %s is echoed as the same number', async (unitPrice, number) => {
    await count('1', '1');
    expect((await sell({ productID: '1', quantity: '1', unitPrice })).body.unitPrice).toBe(number);
  });

  describe('top sellers', () => {
    const DAYS: [string, number, number][] = [
      ['2026-11-01T23:59:59.999Z', 6, 1],
      ['2026-11-02T00:00:00.000Z', 5, 2],
      ['2026-11-02T23:59:59.999Z', 4, 2],
      ['2026-11-03T00:00:00.000Z', 3, 30],
      ['2026-11-04T12:00:00.000Z', 2, 90],
      ['2026-11-05T12:00:00.000Z', 1, 1],
    ];
    const answered = async (query: string) => (await service.ask.get(`/sales${query}`)).body;
    const products = async (query: string) =>
      ((await answered(query)) as { productID: number }[]).map(({ productID }) => productID);
    beforeEach(() => sold(place(), DAYS));

    test('are five, by units sold, then by productID, unless asked otherwise', async () => {
      const answer = await service.ask.get('/sales');
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({ etag: tagOf(6), 'cache-control': 'no-cache' });
      expect(answer.body).toEqual([
        { productID: 2, unitsSold: 90 },
        { productID: 3, unitsSold: 30 },
        { productID: 4, unitsSold: 2 },
        { productID: 5, unitsSold: 2 },
        { productID: 1, unitsSold: 1 },
      ]);
    });

    test('are as many as limit says', async () => {
      expect(await products('?limit=1')).toEqual([2]);
      expect(await products('?limit=6')).toEqual([2, 3, 4, 5, 1, 6]);
      expect(await products('?limit=1000')).toHaveLength(6);
    });

    test('count the UTC days from and to, both included', async () => {
      expect(await products('?from=2026-11-02&to=2026-11-02')).toEqual([4, 5]);
      expect(await products('?from=2026-11-04')).toEqual([2, 1]);
      expect(await products('?to=2026-11-01')).toEqual([6]);
      expect(await products('?from=2026-11-06')).toEqual([]);
      expect(await products('?from=1000-01-01&to=9999-12-31&limit=1')).toEqual([2]);
    });

    test('count a sale on the day of its recordedAt', async () => {
      await count('1', '100');
      const { recordedAt } = (await sell({ productID: '1', quantity: '99' })).body;
      const day = String(recordedAt).slice(0, 10);
      expect(await answered(`?from=${day}&to=${day}`)).toContainEqual({
        productID: 1,
        unitsSold: expect.any(Number),
      });
      expect(await answered('?limit=1')).toEqual([{ productID: 1, unitsSold: 100 }]);
    });

    // N is the opaque part of the tag.
    test.each(['"N"', 'W/"N"', '"5", W/"N"'])('are 304 to If-None-Match: %s', async (known) => {
      const { etag } = (await service.ask.get('/sales')).headers as { etag: string };
      const match = known.replace('N', etag.slice(1, -1));
      const answer = await service.ask.get('/sales').set('If-None-Match', match);
      expect(answer.status).toBe(304);
      expect(answer.headers.etag).toEqual(tagOf(6));
      expect(answer.text).toBe('');
    });

    test('are answered in whole if another record has come', async () => {
      const { etag } = (await service.ask.get('/sales')).headers as { etag: string };
      await count('1', '100');
      const answer = await service.ask.get('/sales').set('If-None-Match', etag);
      expect(answer.status).toBe(200);
      expect(answer.headers.etag).toEqual(tagOf(7));
    });

    test('have the same headers for HEAD', async () => {
      const { headers, status, text } = await service.ask.head('/sales');
      const get = await service.ask.get('/sales');
      expect({ status, text }).toEqual({ status: 200, text: undefined });
      expect(headers.etag).toEqual(tagOf(6));
      expect(headers['content-length']).toBe(get.headers['content-length']);
    });
  });

  test('nothing sold is an empty list, and OPTIONS says what may be asked', async () => {
    const nothing = await service.ask.get('/sales');
    expect(nothing.body).toEqual([]);
    expect(nothing.headers.etag).toEqual(tagOf(0));
    const options = await service.ask.options('/sales');
    expect(options.status).toBe(204);
    expect(options.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
  });
});
