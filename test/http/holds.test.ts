import { PRODUCT_ID_MAX } from '../../app/ledger/decide-product';
import { DOCUMENT_LINES_MAX } from '../../app/ledger/documents/document';
import { QUANTITY_MAX } from '../../app/ledger/quantity';
import { onEveryStore } from '../stores';
import { bearer, makeKey, startBoth } from './access/keys-service';
import { expectFaults, expectProblem } from './problem-answer';
import { useService } from './service';

onEveryStore((place) => {
  const service = useService(place);
  const receive = (productID: number, quantityChange: number) =>
    service.ask
      .post('/inventory')
      .send({ productID, quantityChange, reason: 'receipt' })
      .expect(201);
  const put = (holdID: string, fields: object) => service.ask.put(`/holds/${holdID}`).send(fields);
  const post = (holdID: string, what: string, fields: object = {}) =>
    service.ask.post(`/holds/${holdID}/${what}`).send(fields);
  const available = async (productID: number) =>
    (await service.ask.get(`/inventory/${productID}`)).body.availableQuantity;

  test('a hold is made, changed, extended and sold, and its life is told', async () => {
    await receive(1, 5);
    const made = await put('basket-1', {
      expiresIn: 900,
      lines: [{ productID: 1, quantity: 3 }],
      reference: 'B-1',
    }).expect(201);
    expect(made.headers.location).toBe('/holds/basket-1');
    expect(made.body).toMatchObject({
      holdID: 'basket-1',
      status: 'open',
      reference: 'B-1',
      lines: [{ productID: 1, locationID: 1, quantity: 3 }],
      records: [2],
    });
    expect(new Date(made.body.expiresAt).getTime()).toBe(
      new Date(made.body.recordedAt).getTime() + 900_000,
    );
    expect(await available(1)).toBe(2);
    await put('basket-1', { expiresIn: 900, lines: [{ productID: 1, quantity: 4 }] }).expect(200);
    await post('basket-1', 'extension', { expiresIn: 1_800 }).expect(200);
    expect((await service.ask.get('/holds?productID=1')).body).toHaveLength(1);
    expect((await service.ask.get('/holds?productID=2')).body).toEqual([]);
    const sold = await post('basket-1', 'sale', {
      unitPrice: 4.5,
      lines: [{ productID: 1, quantity: 1 }],
    }).expect(200);
    expect(sold.body).toMatchObject({
      status: 'sold',
      lines: [{ productID: 1, quantity: 4, soldQuantity: 1 }],
    });
    expect(await available(1)).toBe(4);
    const { body: life } = await service.ask.get('/holds/basket-1').expect(200);
    expect(life.records).toMatchObject([
      { reason: 'hold', quantityChange: -3, heldQuantity: 3, document: 'hold:basket-1' },
      { reason: 'hold', quantityChange: -1, heldQuantity: 4 },
      { reason: 'hold', quantityChange: 0, heldQuantity: 4 },
      { reason: 'sale', quantityChange: 0, quantity: 1, unitPrice: 4.5 },
      { reason: 'release', quantityChange: 3 },
    ]);
    expect((await service.ask.get('/holds')).body).toEqual([]);
    expect((await service.ask.get('/holds?status=ended')).body).toMatchObject([
      { holdID: 'basket-1', status: 'sold' },
    ]);
  });

  test('each refusal says what to do, and nothing is recorded', async () => {
    await receive(1, 5);
    await receive(2, 1);
    const one = { expiresIn: 60, lines: [{ productID: 1, quantity: 6 }] };
    expectProblem(await put('a', one), 'insufficient-stock', {
      productID: 1,
      availableQuantity: 5,
    });
    const two = {
      expiresIn: 60,
      lines: [
        { productID: 1, quantity: 5 },
        { productID: 2, quantity: 2 },
      ],
    };
    expectProblem(await put('a', two), 'batch-refused', {
      errors: [expect.objectContaining({ index: 1, productID: 2, availableQuantity: 1 })],
    });
    expectProblem(await post('a', 'sale'), 'unknown-hold', { holdID: 'a' });
    expectProblem(await service.ask.get('/holds/a'), 'unknown-hold', { holdID: 'a' });
    await put('a', { expiresIn: 60, lines: [{ productID: 1, quantity: 2 }] }).expect(201);
    expectProblem(
      await post('a', 'sale', { lines: [{ productID: 1, quantity: 3 }] }),
      'exceeds-hold',
      { holdID: 'a', productID: 1, locationID: 1, heldQuantity: 2 },
    );
    await post('a', 'release').expect(200);
    const ended = await post('a', 'sale');
    const end = { holdID: 'a', record: 4, endedAt: expect.any(String) };
    expectProblem(ended, 'hold-ended', { ...end, ended: 'released' });
    await post('a', 'sale', { orSell: true }).expect(200);
    expectProblem(await post('a', 'sale', { orSell: true }), 'hold-ended', {
      ...end,
      record: 5,
      ended: 'sold',
    });
    expectFaults(
      await service.ask
        .post('/inventory')
        .send({ productID: 2, onHandQuantity: 1, availableQuantity: 1 }),
      'onHandQuantity',
    );
    await put('b', { expiresIn: 60, lines: [{ productID: 1, quantity: 2 }] }).expect(201);
    expectProblem(
      await service.ask.post('/inventory').send({ productID: 1, onHandQuantity: 1 }),
      'below-held',
      { productID: 1, locationID: 1, heldQuantity: 2, holds: ['b'] },
    );
  });

  test('fields are checked', async () => {
    await receive(1, 1_000);
    await put('dear', { expiresIn: 60, lines: [{ productID: 1, quantity: 1_000 }] }).expect(201);
    expectFaults(await post('dear', 'sale', { unitPrice: 999_999_999 }), 'unitPrice');
    const line = { productID: 1, quantity: 1 };
    expectFaults(await put('a', { lines: [line] }), 'expiresIn');
    expectFaults(await put('a', { expiresIn: 0, lines: [line] }), 'expiresIn');
    expectFaults(await put('a', { expiresIn: 2_592_001, lines: [line] }), 'expiresIn');
    expectFaults(await put('a', { expiresIn: 60, lines: [] }), 'lines');
    const noList = { field: 'lines', detail: 'must be an array' };
    for (const [fields, fault] of [
      [{}, { ...noList, detail: 'is required' }],
      [{ lines: line }, noList],
    ] as const) {
      for (const answer of [
        await put('a', { expiresIn: 60, ...fields }),
        await service.ask.post('/transfers').send({ from: 1, to: 2, ...fields }),
        await service.ask.post('/inventory/moves').send({ from: 1, to: 2, ...fields }),
      ]) {
        expect(answer.body.errors).toEqual([fault]);
      }
    }
    expectFaults(await put('a', { expiresIn: 60, lines: [line, line] }), 'lines.1');
    expectFaults(await put('a b', { expiresIn: 60, lines: [line] }), 'holdID');
    expectFaults(await put('x'.repeat(91), { expiresIn: 60, lines: [line] }), 'holdID');
    expectFaults(await service.ask.get('/holds?status=ended&productID=1'), 'productID');
  });

  test('a hold of the most lines is longer than a usual body, and is taken', async () => {
    const products = Array.from(
      { length: DOCUMENT_LINES_MAX },
      (_, index) => PRODUCT_ID_MAX - index,
    );
    const received = products.map((productID) => ({
      productID,
      quantityChange: QUANTITY_MAX,
      reason: 'receipt',
    }));
    await service.ask.post('/inventory/batch').send({ changes: received }).expect(201);
    const lines = products.map((productID) => ({
      productID,
      locationID: 1,
      quantity: QUANTITY_MAX,
    }));
    await put('a', { expiresIn: 60, lines }).expect(201);
    await post('a', 'sale', { lines }).expect(200);
    const more = [...lines, { productID: 1, locationID: 1, quantity: 1 }];
    expectFaults(await put('b', { expiresIn: 60, lines: more }), 'lines');
  });

  test('a copy under the same key is answered the same, and recorded once', async () => {
    await receive(1, 5);
    const ask = () =>
      put('a', { expiresIn: 60, lines: [{ productID: 1, quantity: 2 }] }).set(
        'Idempotency-Key',
        'k1',
      );
    const first = await ask().expect(201);
    const again = await ask().expect(201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const refuse = () =>
      put('b', { expiresIn: 60, lines: [{ productID: 1, quantity: 9 }] }).set(
        'Idempotency-Key',
        'k2',
      );
    const refused = await refuse().expect(409);
    await receive(1, 20);
    expect((await refuse().expect(409)).body).toEqual(refused.body);
    expect(await available(1)).toBe(23);
  });

  test('open holds are listed in pages', async () => {
    await receive(1, 5);
    for (const name of ['a', 'b', 'c']) {
      await put(name, { expiresIn: 60, lines: [{ productID: 1, quantity: 1 }] }).expect(201);
    }
    const first = await service.ask.get('/holds?limit=2').expect(200);
    expect(first.body.map(({ holdID }: { holdID: string }) => holdID)).toEqual(['a', 'b']);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.link as string)?.[1] as string;
    const second = await service.ask.get(next).expect(200);
    expect(second.body.map(({ holdID }: { holdID: string }) => holdID)).toEqual(['c']);
    expect(second.headers.link).toBeUndefined();
  });

  test('a long life is listed in pages, between whose records others come', async () => {
    const lines = Array.from({ length: 260 }, (_, index) => {
      return { productID: index + 1, quantity: 1 };
    });
    const changes = lines.map(({ productID }) => ({ productID, availableQuantity: 2 }));
    await service.ask.post('/inventory/batch').send({ changes }).expect(201);
    await put('long', { expiresIn: 900, lines }).expect(201);
    for (let change = 0; change < 3; change += 1) {
      await receive(1, 1);
      await post('long', 'extension', { expiresIn: 900 }).expect(200);
    }
    const first = await service.ask.get('/holds/long').expect(200);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.link as string)?.[1] as string;
    const second = await service.ask.get(next).expect(200);
    expect(second.headers.link).toBeUndefined();
    const records: { record: number; document: string }[] = [
      ...first.body.records,
      ...second.body.records,
    ];
    expect(records).toHaveLength(4 * 260);
    expect(new Set(records.map(({ document }) => document))).toEqual(new Set(['hold:long']));
    const numbers = records.map(({ record }) => record);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  test('a key that is bound to a location holds only there', async () => {
    const { open, service: keys, close } = await startBoth(place());
    await open.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
    for (const locationID of [1, 2]) {
      await open.ask
        .post('/inventory')
        .send({ productID: 1, quantityChange: 3, reason: 'receipt', locationID })
        .expect(201);
    }
    const { key } = await makeKey(open, 'van', ['stock:sell'], { locations: '2' });
    const hold = (holdID: string, locationID: number) =>
      keys.ask
        .put(`/holds/${holdID}`)
        .set(bearer(key))
        .send({ expiresIn: 60, lines: [{ productID: 1, locationID, quantity: 1 }] });
    expectProblem(await hold('a', 1), 'missing-scope');
    await hold('a', 2).expect(201);
    await open.ask
      .put('/holds/b')
      .send({ expiresIn: 60, lines: [{ productID: 1, quantity: 1 }] })
      .expect(201);
    expectProblem(await keys.ask.post('/holds/b/release').set(bearer(key)), 'missing-scope');
    await keys.ask.post('/holds/a/release').set(bearer(key)).expect(200);
    await close();
  });
});
