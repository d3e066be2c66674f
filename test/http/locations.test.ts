import { onEveryStore } from '../stores';
import { bearer, makeKey, startBoth } from './access/keys-service';
import { expectFaults, expectProblem } from './problem-answer';
import { startService, useService } from './service';

onEveryStore((place) => {
  const service = useService(place);
  const put = (locationID: number, fields: object) =>
    service.ask.put(`/locations/${locationID}`).send(fields);
  const receive = (productID: number, quantityChange: number, more: object = {}) =>
    service.ask
      .post('/inventory')
      .send({ productID, quantityChange, reason: 'receipt', ...more })
      .expect(201);
  const move = (fields: object) => service.ask.post('/inventory/moves').send(fields);

  test('with one location nothing names it', async () => {
    const { body: record } = await receive(1, 5);
    expect(record).not.toHaveProperty('locationID');
    expect((await service.ask.get('/locations')).body).toEqual([
      { locationID: 1, name: 'Main', sellable: true },
    ]);
    expect((await service.ask.get('/inventory/1/locations')).body).toEqual([
      {
        productID: 1,
        locationID: 1,
        availableQuantity: 5,
        onHandQuantity: 5,
        heldQuantity: 0,
        record: 1,
      },
    ]);
  });

  test('each location has its own stock, and the product the sum', async () => {
    await put(2, { name: 'Van', address: '1 Harbour Street' }).expect(200);
    await put(3, { name: 'Back room', sellable: false }).expect(200);
    await receive(1, 5);
    const { body: record } = await receive(1, 3, { locationID: 2, unitCost: 2.5 });
    expect(record).toMatchObject({
      locationID: 2,
      onHandQuantity: 3,
      availableQuantity: 8,
      unitCost: 2.5,
    });
    await receive(2, 7, { locationID: 3 });
    expect((await service.ask.get('/inventory')).body).toEqual([
      { productID: 1, availableQuantity: 8 },
      { productID: 2, availableQuantity: 0 },
    ]);
    const at = async (locationID: number) =>
      (await service.ask.get(`/inventory?locationID=${locationID}`).expect(200)).body.map(
        ({ productID, availableQuantity }: Record<string, number>) =>
          `${productID}: ${availableQuantity}`,
      );
    expect([await at(1), await at(2), await at(3)]).toEqual([['1: 5'], ['1: 3'], ['2: 7']]);
    const sold = await service.ask
      .post('/sales')
      .send({ productID: 1, quantity: 4, locationID: 2 });
    expectProblem(sold, 'insufficient-stock', {
      productID: 1,
      availableQuantity: 3,
      locationID: 2,
      elsewhere: [{ locationID: 1, availableQuantity: 5 }],
    });
    expect(sold.body.detail).toBe(
      'Product 1 has 3 available at location 2, and 5 at location 1; nothing was recorded.',
    );
    const atFirst = await service.ask.post('/sales').send({ productID: 1, quantity: 6 });
    expectProblem(atFirst, 'insufficient-stock', {
      productID: 1,
      availableQuantity: 5,
      locationID: 1,
      elsewhere: [{ locationID: 2, availableQuantity: 3 }],
    });
    const inStore = service.ask.post('/sales').send({ productID: 2, quantity: 1, locationID: 3 });
    expectProblem(await inStore, 'not-sellable', { productID: 2, locationID: 3 });
    const nowhere = await service.ask.get('/inventory?locationID=4');
    expectProblem(nowhere, 'unknown-location', { locationID: 4 });
  });

  test('a move is all or nothing, once for each Idempotency-Key', async () => {
    await put(2, { name: 'Van' }).expect(200);
    await receive(1, 5);
    await receive(2, 1);
    const lines = [{ productID: 1, quantity: 2 }];
    const fields = { from: 1, to: 2, lines, reference: 'VAN-1' };
    const moved = await move(fields).set('Idempotency-Key', 'm1').expect(201);
    expect(moved.body).toMatchObject({
      recorded: 2,
      records: [
        { record: 3, locationID: 2, reason: 'move', document: 'move:3', reference: 'VAN-1' },
        { record: 4, onHandQuantity: 3, reason: 'move', document: 'move:3' },
      ],
    });
    const again = await move(fields).set('Idempotency-Key', 'm1').expect(201);
    expect(again.body).toEqual(moved.body);
    const tooMany = await move({
      from: 1,
      to: 2,
      lines: [
        { productID: 1, quantity: 1 },
        { productID: 2, quantity: 2 },
      ],
    });
    expectProblem(tooMany, 'batch-refused', { errors: expect.any(Array) });
    expect(tooMany.body.errors).toMatchObject([{ productID: 2, availableQuantity: 1 }]);
    expectFaults(await move({ from: 1, to: 1, lines }), 'to');
    expectFaults(await move({ from: 1, to: 2, lines: [] }), 'lines');
    expect((await service.ask.get('/records?after=4')).body).toEqual([]);
  });

  test('a location is retired once nothing is there, and the first one never is', async () => {
    await put(2, { name: 'Van' }).expect(200);
    await receive(1, 1, { locationID: 2 });
    expectProblem(await service.ask.delete('/locations/2'), 'location-in-use');
    await move({ from: 2, to: 1, lines: [{ productID: 1, quantity: 1 }] }).expect(201);
    await service.ask.delete('/locations/2').expect(204);
    const late = service.ask
      .post('/inventory')
      .send({ productID: 1, availableQuantity: 1, locationID: 2 });
    expectProblem(await late, 'unknown-location', { productID: 1, locationID: 2, retired: true });
    expectProblem(await service.ask.delete('/locations/2'), 'unknown-location');
    expectProblem(await service.ask.delete('/locations/1'), 'first-location');
    await put(1, { name: 'Shop' }).expect(200);
    expectProblem(await put(2, { name: 'Van', sellable: false }), 'sellable-is-fixed');
    expect((await service.ask.get('/locations')).body).toMatchObject([
      { locationID: 1, name: 'Shop' },
      { locationID: 2, name: 'Van', retired: true },
    ]);
  });

  test('a file counts at several locations, and its dry run says what each had', async () => {
    await put(2, { name: 'Van' }).expect(200);
    await receive(1, 5);
    await receive(1, 3, { locationID: 2 });
    const send = (lines: string, query = '') =>
      service.ask
        .post(`/imports/counts${query}`)
        .attach('file', Buffer.from(`productID,availableQuantity,locationID\r\n${lines}`), 'c.csv');
    const dry = await send('1,4,\r\n1,3,2\r\n', '?dryRun=true').expect(200);
    expect(dry.body.lines).toMatchObject([
      { line: 2, availableQuantity: 5, countedQuantity: 4, difference: -1 },
      { line: 3, locationID: 2, availableQuantity: 3, countedQuantity: 3, difference: 0 },
    ]);
    await send('1,4,\r\n1,2,2\r\n').expect(201);
    expect((await service.ask.get('/inventory')).body).toEqual([
      { productID: 1, availableQuantity: 6 },
    ]);
    const twice = await send('1,4,2\r\n1,2,2\r\n');
    expect(twice.status).toBe(400);
    expect(twice.body.faults).toMatchObject([{ line: 3 }]);
    // A query says where lines count that name no location.
    const inVan = await send('1,2,\r\n1,4,1\r\n', '?dryRun=true&locationID=2').expect(200);
    expect(inVan.body.lines).toMatchObject([{ locationID: 2, difference: 0 }, { difference: 0 }]);
    const nowhere = await send('1,4,7\r\n');
    expect(nowhere.body.faults).toMatchObject([{ line: 2, column: 'locationID' }]);
    // What was sold at one location since leaves the count at another as it is.
    await service.ask.post('/sales').send({ productID: 1, quantity: 1 }).expect(201);
    const { body: at } = await service.ask.get('/inventory/1/locations');
    const { record } = at[1];
    const count = { productID: 1, availableQuantity: 9, locationID: 2 };
    await send(`1,9,2\r\n`, `?asOf=${record}`).expect(201);
    expect((await service.ask.get('/inventory/1/locations')).body[1]).toMatchObject({
      availableQuantity: count.availableQuantity,
    });
  });

  test('a key that is bound to a location changes what is there, and nothing else', async () => {
    await put(2, { name: 'Van' }).expect(200);
    await receive(1, 5);
    await receive(1, 5, { locationID: 2 });
    const both = await startBoth(place());
    const till = await makeKey(both.open, 'till-7', ['stock:sell', 'stock:move'], {
      locations: '2',
    });
    const as = (path: string, body: object) =>
      both.service.ask.post(path).set(bearer(till.key)).send(body);
    await as('/sales', { productID: 1, quantity: 1, locationID: 2 }).expect(201);
    expectProblem(await as('/sales', { productID: 1, quantity: 1 }), 'missing-scope', {
      locations: [2],
    });
    const lines = [{ productID: 1, quantity: 1 }];
    expectProblem(await as('/inventory/moves', { from: 2, to: 1, lines }), 'missing-scope', {
      locations: [2],
    });
    const { body: me } = await both.service.ask.get('/me').set(bearer(till.key)).expect(200);
    expect(me).toMatchObject({ actor: 'key:till-7', locations: [2] });
    await both.close();
  });

  test('nobody who is bound to a location gives rights at others', async () => {
    const both = await startBoth(place());
    const scopes = ['access:write', 'stock:sell'] as const;
    const office = await makeKey(both.open, 'office', scopes, { locations: [2, 3] });
    const make = (name: string, locations?: string) =>
      both.service.ask
        .post('/keys')
        .set(bearer(office.key))
        .send({ name, scopes: 'stock:sell', ...(locations && { locations }) });
    await make('till-2', '2').expect(201);
    for (const locations of ['2 4', 'all', undefined]) {
      expectProblem(await make('till-4', locations), 'missing-scope');
    }
    expectFaults(await make('till-5', '0'), 'locations');
    await both.close();
  });

  test('the one owner stays an owner of all locations', async () => {
    const keys = await startService(place().environment, { ACCESS: 'keys' });
    const { body } = await service.ask
      .post('/invitations')
      .send({ name: 'olga', role: 'owner' })
      .expect(201);
    const bound = service.ask
      .patch(`/people/${body.personID}`)
      .send({ role: 'owner', locations: '2' });
    expectProblem(await bound, 'last-owner');
    await keys.close();
  });
});
