import { onEveryStore } from '../stores';
import { expectFaults, expectProblem } from './problem-answer';
import { startService, useService } from './service';
import { tagOf } from './tags';

/** Each request that takes If-Match and expectedQuantity: of product 1, and of product 2, which has no record. */
const CHANGES: Record<string, { path: string; fields: Record<string, number | string> }> = {
  'a count': { path: '/inventory', fields: { availableQuantity: 3 } },
  'a receipt': { path: '/inventory', fields: { quantityChange: 1, reason: 'receipt' } },
  'an adjustment': { path: '/inventory', fields: { quantityChange: -1, reason: 'adjustment' } },
  'a sale': { path: '/sales', fields: { quantity: 1 } },
};

onEveryStore((place) => {
  const service = useService(place);
  // Record 3 is the latest of product 1, and record 4 of another product.
  beforeEach(async () => {
    await count({ availableQuantity: 10 });
    await service.ask.post('/sales').send({ productID: 1, quantity: 2 });
    await count({ availableQuantity: 8 });
    await count({ productID: 7, availableQuantity: 99 });
  });

  const count = (fields: object) =>
    service.ask.post('/inventory').send({ productID: 1, ...fields });
  const lastRecord = async () => (await service.ask.get('/readyz')).body.record;

  const NOW = { productID: 1, record: 3, availableQuantity: 8 };
  const NOTHING = { productID: 2, record: null, availableQuantity: null };

  describe.each(Object.entries(CHANGES))('%s', (_name, { path, fields }) => {
    const change = (more: object, match?: string) => {
      const asked = service.ask.post(path);
      if (match !== undefined) asked.set('If-Match', match);
      return asked.send({ productID: 1, ...fields, ...more });
    };

    test('is recorded if If-Match names the latest record', async () => {
      // N is the number of that record, which is one more each time.
      for (const match of ['"N"', ' "N" ', '*', '"1", "N"', '"N","99"', 'W/"1", "N"', '"00N"']) {
        const { record } = (await service.ask.get('/inventory/1')).body;
        const answer = await change({}, match.replace('N', record));
        expect({ match, status: answer.status }).toEqual({ match, status: 201 });
        const next = await lastRecord();
        expect(answer.headers).toMatchObject({ location: '/inventory/1', etag: tagOf(next) });
        expect(answer.body).toMatchObject({ record: next, productID: 1 });
      }
    });

    test('is refused if If-Match does not, with the latest record in the answer', async () => {
      const stale = ['"1"', '"4"', '"5"', '"0"', '"1", "2"', 'W/"3"', '"9999999999999999"'];
      for (const match of stale) {
        const answer = await change({}, match);
        expectProblem(answer, 'stale-record', NOW);
        expect(answer.headers.etag).toBeUndefined();
      }
      expect(await lastRecord()).toBe(4);
    });

    test('is refused if If-Match is invalid', async () => {
      const tags = ['3', '"3', '3"', "'3'", '"three"', '""', '"-3"', '"3" "4"', '*, "3"', 'w/"3"'];
      for (const match of [...tags, '']) expectFaults(await change({}, match), 'If-Match');
      expect(await lastRecord()).toBe(4);
    });

    test('is refused with any If-Match if the product has no record', async () => {
      for (const match of ['*', '"3"', '"0"']) {
        expectProblem(await change({ productID: 2 }, match), 'stale-record', NOTHING);
      }
      expect(await lastRecord()).toBe(4);
    });

    test('is recorded if the quantity is the expected one', async () => {
      expect((await change({ expectedQuantity: 8 })).body).toMatchObject({ record: 5 });
    });

    test('is refused if another quantity was expected', async () => {
      for (const expectedQuantity of [0, 7, 9, 99, 2_147_483_647]) {
        const answer = await change({ expectedQuantity });
        expectProblem(answer, 'unexpected-quantity', { productID: 1, availableQuantity: 8 });
      }
      expect(await lastRecord()).toBe(4);
    });

    test('is refused if the expected quantity is not a number', async () => {
      for (const expectedQuantity of ['-1', '1.0', '08', '2147483648', 'eight', '', null]) {
        expectFaults(await change({ expectedQuantity }), 'expectedQuantity');
      }
      expect(await lastRecord()).toBe(4);
    });

    test('may name both, and the record is looked at first', async () => {
      expect((await change({ expectedQuantity: 8 }, '"3"')).status).toBe(201);
      expectProblem(await change({ expectedQuantity: 1 }, '"3"'), 'stale-record', {
        productID: 1,
        record: 5,
        availableQuantity: expect.any(Number),
      });
      expectProblem(await change({ expectedQuantity: 1 }, '*'), 'unexpected-quantity', {
        productID: 1,
        availableQuantity: expect.any(Number),
      });
    });
  });

  test('no expected quantity fits a product without a record', async () => {
    const expected = { productID: 2, expectedQuantity: 0 };
    for (const fields of [{ availableQuantity: 5 }, { quantityChange: 5, reason: 'receipt' }]) {
      expectProblem(await count({ ...expected, ...fields }), 'unexpected-quantity', {
        productID: 2,
        availableQuantity: null,
      });
    }
    const sale = service.ask.post('/sales').send({ ...expected, quantity: 1 });
    expectProblem(await sale, 'unknown-product', { productID: 2 });
    expect(await lastRecord()).toBe(4);
  });

  test('a slow count cannot wipe out the sale that was made meanwhile', async () => {
    const seen = await service.ask.get('/inventory/1');
    await service.ask.post('/sales').send({ productID: 1, quantity: 3 });
    const slow = { productID: 1, availableQuantity: 8 };
    const tag = seen.headers.etag as string;
    const refused = await service.ask.post('/inventory').set('If-Match', tag).send(slow);
    expectProblem(refused, 'stale-record', { productID: 1, record: 5, availableQuantity: 5 });
    // The answer has what is needed to decide again.
    const { record } = JSON.parse(refused.text);
    const anew = await service.ask
      .post('/inventory')
      .set('If-Match', `"${record}"`)
      .send({ ...slow, availableQuantity: 5 });
    expect(anew.body).toMatchObject({ record: 6, availableQuantity: 5 });
  });

  test('sales of other products do not make a record stale', async () => {
    await service.ask.post('/sales').send({ productID: 7, quantity: 1 });
    const answer = await service.ask
      .post('/sales')
      .set('If-Match', '"3"')
      .send({ productID: 1, quantity: 1 });
    expect(answer.status).toBe(201);
  });

  test('of simultaneous changes that name one record of a product, one succeeds', async () => {
    const other = await startService(place().environment);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? service : other).ask
          .post('/inventory')
          .set('If-Match', '"3"')
          .send({ productID: 1, availableQuantity: index }),
      ),
    );
    await other.close();
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(9);
    expect(await lastRecord()).toBe(5);
  });

  test('a form and its header are each read before anything is decided', async () => {
    const answer = await service.ask
      .post('/inventory')
      .set('If-Match', '"1"')
      .field({ productID: '1', availableQuantity: '-1' });
    expectFaults(answer, 'availableQuantity');
  });
});
