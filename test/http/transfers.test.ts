import { onEveryStore } from '../stores';
import { expectFaults, expectProblem } from './problem-answer';
import { useService } from './service';

onEveryStore((place) => {
  const service = useService(place);
  const receive = (productID: number, quantityChange: number) =>
    service.ask
      .post('/inventory')
      .send({ productID, quantityChange, reason: 'receipt' })
      .expect(201);
  const addVan = () => service.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
  const ship = (fields: object) =>
    service.ask.post('/transfers').send({ from: 1, to: 2, ...fields });
  const post = (transferID: number, what: string, fields: object) =>
    service.ask.post(`/transfers/${transferID}/${what}`).send(fields);
  const cells = async (productID: number) =>
    (await service.ask.get(`/inventory/${productID}/locations`)).body.map(
      ({ locationID, onHandQuantity }: Record<string, number>) =>
        `${locationID}: ${onHandQuantity}`,
    );

  test('goods are sent, received in parts, and what is lost is told', async () => {
    await addVan();
    await receive(1, 10);
    const sent = await ship({
      lines: [{ productID: 1, quantity: 6 }],
      expectedAt: '2020-01-01T00:00:00Z',
      reference: 'VAN-1',
    }).expect(201);
    const { transferID } = sent.body;
    expect(sent.headers.location).toBe(`/transfers/${transferID}`);
    expect(sent.body).toMatchObject({
      status: 'open',
      overdue: true,
      reference: 'VAN-1',
      lines: [{ productID: 1, quantity: 6, received: 0, outstanding: 6 }],
    });
    expect(await cells(1)).toEqual(['1: 4', '4294967295: 6']);
    expect((await service.ask.get('/locations')).body).toHaveLength(2);
    expect((await service.ask.get('/inventory')).body).toEqual([
      { productID: 1, availableQuantity: 4 },
    ]);
    const received = await post(transferID, 'receipts', {
      lines: [{ productID: 1, received: 3, damaged: 1 }],
    }).expect(200);
    expect(received.body.lines).toEqual([
      { productID: 1, quantity: 6, received: 3, damaged: 1, returned: 0, lost: 0, outstanding: 2 },
    ]);
    expect((await service.ask.get('/transfers?status=open')).body).toMatchObject([
      { transferID, overdue: true },
    ]);
    const closed = await post(transferID, 'closing', {
      remainder: 'lost',
      note: 'fell off',
    }).expect(200);
    expect(closed.body).toMatchObject({
      status: 'closed',
      note: 'fell off',
      lines: [{ lost: 2, outstanding: 0 }],
    });
    expect(await cells(1)).toEqual(['1: 4', '2: 3', '4294967295: 0']);
    const { body: life } = await service.ask.get(`/transfers/${transferID}`).expect(200);
    expect(
      life.records.map(({ reason, document }: Record<string, string>) => `${reason} ${document}`),
    ).toEqual([
      ...Array(4).fill(`move transfer:${transferID}`),
      `waste transfer:${transferID}`,
      `loss transfer:${transferID}`,
    ]);
    expect((await service.ask.get('/transfers')).body).toEqual([]);
    expect((await service.ask.get('/transfers?status=closed')).body).toHaveLength(1);
  });

  test('each refusal says what to do, and nothing is recorded', async () => {
    await addVan();
    await receive(1, 2);
    expectProblem(await ship({ lines: [{ productID: 1, quantity: 3 }] }), 'insufficient-stock', {
      productID: 1,
      availableQuantity: 2,
    });
    // Nobody could receive them.
    const nowhere = await ship({ to: 3, lines: [{ productID: 1, quantity: 1 }] });
    expectProblem(nowhere, 'unknown-location', { productID: 1, locationID: 3 });
    expect(await cells(1)).toEqual(['1: 2']);
    expectFaults(await ship({ to: 1, lines: [{ productID: 1, quantity: 1 }] }), 'to');
    const line = { productID: 1, quantity: 1 };
    expectFaults(await ship({ lines: [line, line] }), 'lines.1');
    expectProblem(
      await post(9, 'receipts', { lines: [{ productID: 1, received: 1 }] }),
      'unknown-transfer',
      { transferID: 9 },
    );
    const { body } = await ship({ lines: [{ productID: 1, quantity: 2 }] }).expect(201);
    const { transferID } = body;
    expectFaults(await post(transferID, 'receipts', { lines: [{ productID: 1 }] }), 'lines.0');
    expectProblem(
      await post(transferID, 'receipts', { lines: [{ productID: 1, received: 2, returned: 1 }] }),
      'exceeds-outstanding',
      { transferID, productID: 1, outstanding: 2 },
    );
    expectProblem(await service.ask.delete('/locations/2'), 'location-in-use');
    await post(transferID, 'receipts', { lines: [{ productID: 1, received: 2 }] }).expect(200);
    expectProblem(await post(transferID, 'closing', { remainder: 'lost' }), 'transfer-closed', {
      transferID,
      record: 5,
      endedAt: expect.any(String),
    });
    expect(await cells(1)).toEqual(['1: 0', '2: 2', '4294967295: 0']);
  });

  test('a copy under the same key ships once', async () => {
    await addVan();
    await receive(1, 5);
    const ask = () => ship({ lines: [{ productID: 1, quantity: 2 }] }).set('Idempotency-Key', 'k');
    const first = await ask().expect(201);
    expect((await ask().expect(201)).body).toEqual(first.body);
    expect((await service.ask.get('/transfers')).body).toHaveLength(1);
    expect(await cells(1)).toEqual(['1: 3', '4294967295: 2']);
  });
});
