import { changeRequest } from '../../app/web/change/change';
import { type ChangeKind, KIND_NAMES, KINDS } from '../../app/web/change/change-kinds';

const EFFECTS: readonly (readonly [ChangeKind, string, object])[] = [
  ['count', 'sets the stock', { availableQuantity: 2 }],
  ['receipt', 'adds to the stock', { quantityChange: 2, reason: 'receipt' }],
  ['sale', 'takes from the stock', { quantity: 2 }],
  ['return', 'adds to the stock', { quantityChange: 2, reason: 'return' }],
  ['waste', 'takes from the stock', { quantityChange: -2, reason: 'waste' }],
];

test('the kinds are in the order of this table', () => {
  expect(KIND_NAMES).toEqual(EFFECTS.map(([kind]) => kind));
});

test.each(EFFECTS)('a %s %s, and is sent so', (kind, effect, fields) => {
  expect(KINDS[kind].effect).toBe(effect);
  const product = { productID: 1, title: 'Tea' };
  const request = changeRequest({ key: 'k', kind, product, quantity: 2 });
  expect(request.fields).toEqual({ productID: 1, ...fields });
});

test('each kind has a letter of its own', () => {
  expect(new Set(KIND_NAMES.map((kind) => KINDS[kind].letter)).size).toBe(KIND_NAMES.length);
});
