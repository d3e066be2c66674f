import { sqlitePlace, usePlace } from '../stores';
import { finding, report } from './alerts/shortages';
import { csv, upload } from './files/files';
import { expectProblem } from './problem-answer';
import { useService } from './service';

/** Small ones, which are soon reached. */
const ALERT_EVENTS_LIMIT = 12;
const CANCELLATIONS_LIMIT = 20;

/** Everything that is kept for good has a limit, for every client. */
const place = usePlace(sqlitePlace);
const service = useService(place, {
  PRODUCT_LIMIT: '2',
  ALERT_EVENTS_LIMIT: String(ALERT_EVENTS_LIMIT),
  CANCELLATIONS_LIMIT: String(CANCELLATIONS_LIMIT),
  CANCELLATIONS_PER_HOUR: '1',
  ADDRESS_SHARE_PERCENT: '100',
});

const count = (productID: number) =>
  service.ask.post('/inventory').send({ productID, availableQuantity: 5 });

describe('products', () => {
  test('with records are as many as there may be, and those that are there go on', async () => {
    await count(7).expect(201);
    const receipt = { productID: 9, quantityChange: 5, reason: 'receipt' };
    await service.ask.post('/inventory').send(receipt).expect(201);
    const members = { productID: 8, limit: 2 };
    expectProblem(await count(8), 'product-limit', members);
    expectProblem(
      await service.ask.post('/inventory').send({ ...receipt, productID: 8 }),
      'product-limit',
      members,
    );
    await count(9).expect(201);
    await service.ask.post('/sales').send({ productID: 7, quantity: 1 }).expect(201);
    const changes = [7, 8].map((productID) => ({ productID, availableQuantity: 1 }));
    const batch = await service.ask.post('/inventory/batch?mode=each').send({ changes });
    expect(batch.body).toMatchObject({ recorded: 1, refused: 1 });
    const file = csv('productID,availableQuantity', '7,1', '8,1');
    const tried = await upload(service, '/imports/counts?dryRun=true', file);
    expect(tried.body.faults).toMatchObject([
      { line: 3, detail: expect.stringMatching(/2 .*PRODUCT_LIMIT/) },
    ]);
    const imported = await upload(service, '/imports/counts', file);
    expectProblem(imported, 'batch-refused', { errors: expect.any(Array) });
    expect(imported.body.errors).toMatchObject([{ type: '/problems/product-limit', ...members }]);
    expect((await service.ask.get('/inventory')).body).toHaveLength(2);
  });

  test('beyond the limit are reported, too, if moved=skip leaves lines out', async () => {
    await count(7).expect(201);
    await count(9).expect(201);
    const file = csv('productID,availableQuantity', '7,1', '8,1');
    const imported = await upload(service, '/imports/counts?moved=skip', file).expect(201);
    const none = { record: null, availableQuantity: null };
    const leftOut = [{ type: '/problems/product-limit', line: 3, productID: 8, ...none }];
    expect(imported.body).toEqual({ recorded: 1, leftOut });
  });

  test('are counted within a batch, too', async () => {
    const changes = [1, 2, 3].map((productID) => ({ productID, availableQuantity: 1 }));
    const batch = await service.ask.post('/inventory/batch').send({ changes });
    expect(batch.body.errors).toMatchObject([{ index: 2, type: '/problems/product-limit' }]);
    await service.ask.post('/inventory/batch?mode=each').send({ changes }).expect(200);
    expect((await service.ask.get('/inventory')).body).toHaveLength(2);
  });

  test('of the catalogue are as many as there may be, and those that are there go on', async () => {
    const create = (name: string) => service.ask.post('/products').send({ name });
    await create('Tea').expect(201);
    await create('Cup').expect(201);
    expectProblem(await create('Mug'), 'product-limit', { productID: 3, limit: 2 });
    await service.ask.patch('/products/1').send({ price: '4' }).expect(200);
    await service.ask.delete('/products/1').expect(200);
    // A retired one is known for good, and can come back.
    expectProblem(await create('Mug'), 'product-limit', { productID: 3, limit: 2 });
    await service.ask.patch('/products/1').send({ name: 'Mug' }).expect(200);
    const file = csv('productID,name', '1,Tea', '3,Mug');
    const tried = await upload(service, '/imports/products?dryRun=true', file);
    expect(tried.body.faults).toMatchObject([
      { line: 3, detail: expect.stringMatching(/2 .*PRODUCT_LIMIT/) },
    ]);
    const imported = await upload(service, '/imports/products', file);
    expect(imported.body.errors).toMatchObject([{ type: '/problems/product-limit', line: 3 }]);
    expect((await service.ask.get('/products')).body).toHaveLength(2);
  });
});

/** An alert that may have one more event. */
async function nearItsLimit() {
  await count(1).expect(201);
  const [alert] = await report(
    service,
    finding(1, { record: 1, revision: 0, availableQuantity: 5 }),
  );
  const columns =
    'alertID, productID, kind, record, revision, availableQuantity, threshold, openedAt, recordedAt';
  await place().sql(
    `WITH RECURSIVE times (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM times WHERE n < ${ALERT_EVENTS_LIMIT - 1})
     INSERT INTO alerts (status, ${columns})
     SELECT 'acknowledged', ${columns} FROM alerts, times`,
  );
  const handle = (fields: object) => service.ask.patch(`/alerts/${alert.alertID}`).send(fields);
  return { handle, members: { alertID: alert.alertID, limit: ALERT_EVENTS_LIMIT } };
}

test('an alert has as many events as it may have, and the stock ends it all the same', async () => {
  const { handle, members } = await nearItsLimit();
  await handle({ status: 'open' }).expect(200);
  expectProblem(await handle({ status: 'acknowledged' }), 'alert-limit', members);
  // What is so already adds nothing.
  await handle({ status: 'open' }).expect(200);
  const ended = finding(1, { kind: 'none', record: 2, revision: 0, availableQuantity: 9 });
  expect(await report(service, ended)).toMatchObject([{ status: 'resolved' }]);
});

test('no more simultaneous actions on an alert succeed than it may have events', async () => {
  const { handle, members } = await nearItsLimit();
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => handle({ status: 'open', note: `${index}` })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
  for (const answer of answers) {
    if (answer.status === 409) expectProblem(answer, 'alert-limit', members);
  }
  expect(await place().sql('SELECT event FROM alerts')).toHaveLength(ALERT_EVENTS_LIMIT);
});

test('keys are cancelled at a pace', async () => {
  const cancel = (key: number) => service.ask.delete(`/requests/${key}`);
  const keys = Array.from({ length: CANCELLATIONS_LIMIT + 5 }, (_, key) => key);
  const answers = await Promise.all(keys.map(cancel));
  const refused = answers.filter(({ status }) => status !== 204);
  expect(refused).toHaveLength(5);
  for (const answer of refused) {
    expectProblem(answer, 'overloaded');
    expect(answer.headers['retry-after']).toBe('5');
  }
  // What is settled is answered as before, and adds nothing.
  const settled = answers.findIndex(({ status }) => status === 204);
  await cancel(settled).expect(204);
});

test('keys that could not be cancelled do not count', async () => {
  await service.drain();
  const keys = Array.from({ length: CANCELLATIONS_LIMIT + 5 }, (_, key) => key);
  const answers = await Promise.all(keys.map((key) => service.ask.delete(`/requests/${key}`)));
  for (const answer of answers) expectProblem(answer, 'shutting-down');
});
