import { onEveryStore } from '../stores';
import { expectProblem } from './problem-answer';
import { useService } from './service';
import { tagOf } from './tags';
import { ENCODINGS, type Field, post } from './wire';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const QUANTITY_MAX = 2_147_483_647;

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
  });

  const change = (fields: Record<string, string | number>) =>
    service.ask.post('/inventory').send({ productID: 1, ...fields });
  const available = async (productID = 1) =>
    (await service.ask.get(`/inventory/${productID}`)).body.availableQuantity;
  const lastRecord = async () => (await service.ask.get('/readyz')).body.record;

  test.each(Object.entries(ENCODINGS))(
    'a receipt sent as %s is recorded',
    async (_name, encode) => {
      const fields: Field[] = [
        ['productID', '1'],
        ['quantityChange', '20'],
        ['reason', 'receipt'],
        ['reference', 'PO-1041'],
        ['note', 'one box was wet'],
      ];
      const answer = await post(service.port, '/inventory', encode(fields));
      expect(answer.status).toBe(201);
      expect(answer.headers).toMatchObject({ location: '/inventory/1', etag: tagOf(2) });
      expect(JSON.parse(answer.text)).toEqual({
        record: 2,
        productID: 1,
        reason: 'receipt',
        quantityChange: 20,
        availableQuantity: 30,
        reference: 'PO-1041',
        note: 'one box was wet',
        recordedAt: TIME,
      });
    },
  );

  test.each([
    ['receipt', 5, 15],
    ['return', 5, 15],
    ['waste', -10, 0],
    ['adjustment', 5, 15],
    ['adjustment', -5, 5],
  ])('a %s of %i leaves %i', async (reason, quantityChange, availableQuantity) => {
    const answer = await change({ quantityChange, reason });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      record: 2,
      productID: 1,
      reason,
      quantityChange,
      availableQuantity,
      recordedAt: TIME,
    });
    expect(await available()).toBe(availableQuantity);
    expect((await service.ask.get('/sales')).body).toEqual([]);
  });

  test('a count may name its reason, and is answered as ever', async () => {
    const answer = await change({ availableQuantity: 4, reason: 'count', reference: 'C-1' });
    expect(answer.body).toEqual({
      record: 2,
      productID: 1,
      availableQuantity: 4,
      reference: 'C-1',
      recordedAt: TIME,
    });
  });

  test.each([
    ['waste', -11],
    ['adjustment', -11],
    ['adjustment', -QUANTITY_MAX],
  ])('a %s of %i would take more than there is', async (reason, quantityChange) => {
    const answer = await change({ quantityChange, reason });
    expectProblem(answer, 'insufficient-stock', { productID: 1, availableQuantity: 10 });
    expect(await lastRecord()).toBe(1);
  });

  test.each(['receipt', 'return', 'adjustment'])(
    'a %s beyond what can be counted is refused',
    async (reason) => {
      const most = QUANTITY_MAX - 10;
      const answer = await change({ quantityChange: most + 1, reason });
      expectProblem(answer, 'stock-limit', { productID: 1, availableQuantity: 10 });
      expect(await lastRecord()).toBe(1);
      expect((await change({ quantityChange: most, reason })).body.availableQuantity).toBe(
        QUANTITY_MAX,
      );
    },
  );

  test('a receipt may be the first that is heard of a product', async () => {
    const answer = await change({ productID: 2, quantityChange: 7, reason: 'receipt' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ record: 2, quantityChange: 7, availableQuantity: 7 });
    expect((await service.ask.get('/inventory')).body).toEqual([
      { productID: 1, availableQuantity: 10 },
      { productID: 2, availableQuantity: 7 },
    ]);
  });

  test.each([
    ['return', 1],
    ['adjustment', 1],
    ['adjustment', -1],
    ['waste', -1],
  ])('a %s of %i needs a product with a record', async (reason, quantityChange) => {
    const answer = await change({ productID: 2, quantityChange, reason });
    expectProblem(answer, 'unknown-product', { productID: 2 });
    expect(await lastRecord()).toBe(1);
  });

  test('texts come back as they were sent, in any script and at full length', async () => {
    const reference = `  ${'ü'.repeat(98)}😀  `;
    const note = ` ${'日'.repeat(240)}\n\tİ'"\\%_; -- 😀 ${'x'.repeat(240)}`.slice(0, 501);
    const answer = await change({ availableQuantity: 1, reference, note });
    expect(answer.status).toBe(201);
    const texts = { reference: reference.trim(), note: note.trim() };
    expect(answer.body).toMatchObject(texts);
    expect((await service.ask.get('/inventory/1/records')).body[0]).toMatchObject(texts);
  });

  test('a note keeps its lines, whichever way a form ends them', async () => {
    const answer = await service.ask
      .post('/inventory')
      .field({ productID: '1', availableQuantity: '1', note: '\r\none\r\ntwo\nthree\r\n' });
    expect(answer.body).toMatchObject({ note: 'one\ntwo\nthree' });
  });

  test('a sale has reference and note too', async () => {
    const sale = { productID: 1, quantity: 1, reference: 'order 7', note: 'gift' };
    const answer = await service.ask.post('/sales').send(sale);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ record: 2, ...sale, availableQuantity: 9, recordedAt: TIME });
  });
});
