import { expectFaults } from './problem-answer';
import { useSharedService } from './service';
import { json, post } from './wire';

const service = useSharedService();
beforeAll(async () => {
  await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
});
afterEach(async () => {
  expect((await service.ask.get('/readyz')).body.record).toBe(1);
});

const COUNT = { productID: 1, availableQuantity: 5 };
const RECEIPT = { productID: 1, quantityChange: 5, reason: 'receipt' };

test.each([
  [{ productID: 1, quantityChange: 5 }, ['reason']],
  [{ productID: 1, reason: 'receipt' }, ['quantityChange']],
  [{ productID: 1, reason: 'count' }, ['availableQuantity']],
  [{ productID: 1 }, ['availableQuantity']],
  [{ ...COUNT, quantityChange: 5 }, ['availableQuantity', 'reason']],
  [{ ...COUNT, quantityChange: 5, reason: 'count' }, ['quantityChange']],
  [{ ...RECEIPT, availableQuantity: 5 }, ['availableQuantity']],
  [{ ...COUNT, reason: 'waste' }, ['availableQuantity', 'quantityChange']],
  [{ productID: 1, quantityChange: 5, reason: 'count' }, ['quantityChange', 'availableQuantity']],
  [{ ...COUNT, saleRecord: 1 }, ['saleRecord']],
  [{ ...RECEIPT, saleRecord: 1 }, ['saleRecord']],
  [{ ...RECEIPT, quantityChange: -5 }, ['quantityChange']],
  [{ ...RECEIPT, reason: 'return', quantityChange: -5 }, ['quantityChange']],
  [{ ...RECEIPT, reason: 'waste' }, ['quantityChange']],
  [{ ...RECEIPT, reason: 'sale' }, ['reason']],
  [{ ...RECEIPT, reason: 'Receipt' }, ['reason']],
  [{ ...RECEIPT, reason: 'toString' }, ['reason']],
  [{ ...RECEIPT, reason: '' }, ['reason']],
  [{ ...RECEIPT, reason: null }, ['reason']],
  // A slip in the reason is no fault of the quantity that came with it.
  [{ ...COUNT, reason: 'cuont' }, ['reason']],
  [{ ...COUNT, quantity: 5, unitPrice: 1 }, ['quantity', 'unitPrice']],
  [
    { productID: 0, quantityChange: 0, reason: 'waste', saleRecord: 0, colour: 'red' },
    ['productID', 'quantityChange', 'saleRecord', 'colour'],
  ],
  [
    { quantityChange: -5, reason: 'receipt', saleRecord: 1, note: '', expectedQuantity: -1 },
    ['productID', 'quantityChange', 'saleRecord', 'note', 'expectedQuantity'],
  ],
])('%j is refused', async (fields, faults) => {
  expectFaults(await service.ask.post('/inventory').send(fields), ...faults);
});

test.each(['0', '-0', '+5', '5.0', '1e1', '05', ' 5', '', '2147483648', '-2147483648', '--5'])(
  'a quantityChange of %p is refused',
  async (quantityChange) => {
    const answer = service.ask
      .post('/inventory')
      .send({ ...RECEIPT, reason: 'adjustment', quantityChange });
    expectFaults(await answer, 'quantityChange');
  },
);

test.each(['0', '-1', '1.5', 'abc', '9007199254740992'])(
  'a saleRecord of %p is refused',
  async (saleRecord) => {
    const answer = service.ask
      .post('/inventory')
      .send({ ...RECEIPT, reason: 'return', saleRecord });
    expectFaults(await answer, 'saleRecord');
  },
);

test.each([
  ['empty', 'reference', ''],
  ['of blanks', 'reference', ' \t\n '],
  ['too long', 'reference', 'x'.repeat(101)],
  ['of two lines', 'reference', 'a\nb'],
  ['with a tab inside', 'reference', 'a\tb'],
  ['with a NUL', 'reference', 'a\0b'],
  ['with an escape', 'reference', 'a\u001b[31mb'],
  ['with a C1 control character', 'reference', 'a\u0085b'],
  ['empty', 'note', ''],
  ['of blank lines', 'note', '\r\n\r\n'],
  ['too long', 'note', 'x'.repeat(501)],
  ['with a NUL', 'note', 'a\0b'],
  ['with a CR alone', 'note', 'a\rb'],
  ['with DEL', 'note', 'a\u007fb'],
])('text %s is refused as %s', async (_fault, field, text) => {
  expectFaults(await service.ask.post('/inventory').send({ ...COUNT, [field]: text }), field);
  const sale = { productID: 1, quantity: 1, [field]: text };
  expectFaults(await service.ask.post('/sales').send(sale), field);
});

test.each(['\\ud800', '\\udc00', '\\udc00\\ud800', 'a\\ud83d', '😀\\ude00'])(
  'half a character is refused: %s',
  async (half) => {
    for (const field of ['reference', 'note']) {
      const body = json(`{"productID":1,"availableQuantity":5,"${field}":"${half}"}`);
      expectFaults(await post(service.port, '/inventory', body), field);
    }
  },
);

test.each(['true', '["a"]', '{"a":1}', 'null'])(
  'text of another type is refused: %s',
  async (value) => {
    const texts = `"reference":${value},"note":${value}`;
    const body = json(`{"productID":1,"availableQuantity":5,${texts}}`);
    const answer = await post(service.port, '/inventory', body);
    expectFaults(answer, 'reference', 'note');
  },
);
