import { onEveryStore } from '../stores';
import { expectFaults, expectProblem } from './problem-answer';
import { useService } from './service';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const BATCH_MAX = 10_000;

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
  });

  const batch = (changes: unknown, query = '') =>
    service.ask.post(`/inventory/batch${query}`).send({ changes });
  const stock = async () => (await service.ask.get('/inventory')).body;
  const lastRecord = async () => (await service.ask.get('/readyz')).body.record;

  /** Of every kind; each is right only after the ones before it. */
  const CHANGES = [
    { productID: 2, quantityChange: 5, reason: 'receipt', reference: 'PO-1', note: 'wet' },
    { productID: 2, quantity: 5, unitPrice: '4.50', reference: 'order 7' },
    { productID: 2, quantityChange: 1, reason: 'receipt' },
    { productID: 2, reason: 'sale', quantity: 1 },
    { productID: 2, availableQuantity: 3, expectedQuantity: 0 },
    { productID: 2, reason: 'count', availableQuantity: 2 },
    { productID: 2, quantityChange: -2, reason: 'waste' },
    { productID: 2, quantityChange: 1, reason: 'return' },
    { productID: 1, quantityChange: -10, reason: 'adjustment' },
  ];
  const ANSWERS = [
    { reason: 'receipt', quantityChange: 5, availableQuantity: 5, reference: 'PO-1', note: 'wet' },
    { quantity: 5, unitPrice: 4.5, availableQuantity: 0, reference: 'order 7' },
    { reason: 'receipt', quantityChange: 1, availableQuantity: 1 },
    { quantity: 1, availableQuantity: 0 },
    { availableQuantity: 3 },
    { availableQuantity: 2 },
    { reason: 'waste', quantityChange: -2, availableQuantity: 0 },
    { reason: 'return', quantityChange: 1, availableQuantity: 1 },
    { productID: 1, reason: 'adjustment', quantityChange: -10, availableQuantity: 0 },
  ].map((members, index) => ({ record: index + 2, productID: 2, recordedAt: TIME, ...members }));

  test.each(['', '?mode=all'])('changes are recorded in order%s', async (query) => {
    const answer = await batch(CHANGES, query);
    expect(answer.status).toBe(201);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body).toEqual({ recorded: CHANGES.length, records: ANSWERS });
    const times = answer.body.records.map(({ recordedAt }: { recordedAt: string }) => recordedAt);
    expect(new Set(times).size).toBe(1);
    expect(await stock()).toEqual([
      { productID: 1, availableQuantity: 0 },
      { productID: 2, availableQuantity: 1 },
    ]);
    expect((await service.ask.get('/sales')).body).toEqual([
      { productID: 2, unitsSold: 6, revenue: 22.5, unitsPriced: 5 },
    ]);
  });

  test('one refused change withholds all, and every refusal is listed with its place', async () => {
    const answer = await batch([
      { productID: 1, quantity: 4 },
      { productID: 1, quantity: 7 },
      { productID: 9, quantity: 1 },
      { productID: 1, quantity: 6 },
      { productID: 1, availableQuantity: 1, expectedQuantity: 6 },
    ]);
    expectProblem(answer, 'batch-refused', {
      errors: [
        {
          index: 1,
          type: '/problems/insufficient-stock',
          title: expect.any(String),
          status: 409,
          detail: expect.any(String),
          productID: 1,
          availableQuantity: 6,
        },
        {
          index: 2,
          type: '/problems/unknown-product',
          title: expect.any(String),
          status: 404,
          detail: expect.any(String),
          productID: 9,
        },
        {
          index: 4,
          type: '/problems/unexpected-quantity',
          title: expect.any(String),
          status: 409,
          detail: expect.any(String),
          productID: 1,
          availableQuantity: 0,
        },
      ],
    });
    expect(await stock()).toEqual([{ productID: 1, availableQuantity: 10 }]);
    expect(await lastRecord()).toBe(1);
    expect((await service.ask.get('/sales')).body).toEqual([]);
  });

  test('with mode=each every change is answered for itself', async () => {
    const answer = await batch(
      [
        { productID: 1, quantity: 4 },
        { productID: 1, quantity: 7 },
        { productID: 9, quantity: 1 },
        { productID: 1, quantity: 6 },
      ],
      '?mode=each',
    );
    expect(answer.status).toBe(200);
    const [first, tooMany, unknown, last] = answer.body.outcomes;
    expect(answer.body).toEqual({ recorded: 2, refused: 2, outcomes: expect.any(Array) });
    const sale = { productID: 1, recordedAt: TIME };
    expect(first).toEqual({ ...sale, record: 2, quantity: 4, availableQuantity: 6 });
    expect(last).toEqual({ ...sale, record: 3, quantity: 6, availableQuantity: 0 });
    expect(tooMany).toMatchObject({ type: '/problems/insufficient-stock', availableQuantity: 6 });
    expect(unknown).toMatchObject({ type: '/problems/unknown-product', productID: 9 });
    expect(await lastRecord()).toBe(3);
  });

  test('with mode=each all may be refused, and nothing is appended', async () => {
    const answer = await batch([{ productID: 9, quantity: 1 }], '?mode=each');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ recorded: 0, refused: 1 });
    expect(await lastRecord()).toBe(1);
  });

  test.each(['', '?mode=each'])(`${BATCH_MAX} changes are recorded%s`, async (query) => {
    // Long texts, of characters that take three bytes each.
    const note = '日'.repeat(200);
    const changes = Array.from({ length: BATCH_MAX }, (_, index) => ({
      productID: 1 + (index % 3_000),
      quantityChange: 1,
      reason: 'receipt',
      note,
    }));
    const answer = await batch(changes, query).set('Idempotency-Key', 'big');
    expect(answer.body.recorded).toBe(BATCH_MAX);
    expect(await lastRecord()).toBe(1 + BATCH_MAX);
    expect((await service.ask.get('/inventory/1')).body.availableQuantity).toBe(14);
    const again = await batch(changes, query).set('Idempotency-Key', 'big');
    expect(again.headers['idempotent-replayed']).toBe('true');
    // Not by expect(), which would take long to print a difference of this size.
    expect(again.text === answer.text).toBe(true);
  });

  test(`${BATCH_MAX} refusals are answered, and answered again`, async () => {
    const changes = Array.from({ length: BATCH_MAX }, (_, index) => ({
      productID: 4_000_000_000 + index,
      quantity: 1,
    }));
    const answer = await batch(changes).set('Idempotency-Key', 'big');
    expect(answer.status).toBe(409);
    expect(answer.body.errors).toHaveLength(BATCH_MAX);
    const again = await batch(changes).set('Idempotency-Key', 'big');
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.text === answer.text).toBe(true);
    expect(await lastRecord()).toBe(1);
  });

  test(`more than ${BATCH_MAX} changes are refused`, async () => {
    const answer = await batch(Array(BATCH_MAX + 1).fill({ productID: 1, quantity: 1 }));
    expectFaults(answer, 'changes');
    expect(await lastRecord()).toBe(1);
  });
});
