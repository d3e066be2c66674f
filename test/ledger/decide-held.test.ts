import type { Command } from '../../app/ledger/command';
import { decide } from '../../app/ledger/decide';
import type { Facts } from '../../app/ledger/facts';
import { UNNAMED_FIRST } from '../../app/ledger/locations/location';
import { counted, moved, sold } from './commands';
import { factsOf } from './facts';
import { record } from './records';

/** Product 1 has so many on hand at the first location, some of them held; all else is elsewhere. */
function cell(onHandQuantity: number, heldQuantity: number, more: Partial<Facts> = {}): Facts {
  const latest = record(7, { availableQuantity: onHandQuantity - heldQuantity });
  return factsOf(latest, {
    cell: { locationID: 1, onHandQuantity, heldQuantity, latest },
    heldEverywhere: () => heldQuantity,
    holdsHere: () => ['basket'],
    ...more,
  });
}
const held = (heldChange: number, reason: 'hold' | 'release' | 'expiry' = 'hold'): Command => ({
  ...{ kind: 'held', productID: 1, reason, heldChange, expiresAt: null },
});
const unsellable = { location: { ...UNNAMED_FIRST, sellable: false } };
const onHand = (units: number) => counted(units, { isOnHand: true });
/** on hand, held, available */
const is = (onHandQuantity: number, heldQuantity: number, availableQuantity: number) => ({
  ...{ onHandQuantity, heldQuantity, availableQuantity },
});
const short = { refusal: 'insufficient-stock', productID: 1 };

test.each<[string, Facts, Command, object]>([
  ['a hold takes what is free', cell(5, 2), held(3), { ...is(5, 5, 0), onHandChange: 0 }],
  ['a hold of more than is free', cell(5, 2), held(4), { ...short, availableQuantity: 3 }],
  ['a hold where nothing is sold', cell(5, 0, unsellable), held(1), { refusal: 'not-sellable' }],
  ['a hold of an unknown product', factsOf(undefined), held(1), { refusal: 'unknown-product' }],
  ['a hold that changes only its time', cell(5, 5), held(0), is(5, 5, 0)],
  ['a release', cell(5, 3), held(-3, 'release'), { ...is(5, 0, 5), reason: 'release' }],
  ['an expiry', cell(5, 3), held(-2, 'expiry'), { ...is(5, 1, 4), reason: 'expiry' }],
  ['an expiry where fewer are than are held', cell(-1, 3), held(-3, 'expiry'), is(0, 0, 0)],
  ['a sale of held units', cell(5, 3), sold(3, { isHeld: true }), { ...is(2, 0, 2), quantity: 3 }],
  ['a sale of others', cell(5, 3), sold(3), { ...short, availableQuantity: 2 }],
  ['a sale of the last free one', cell(5, 4), sold(1), is(4, 4, 0)],
  ['waste of held units', cell(5, 5), moved('waste', -1), { ...short, availableQuantity: 0 }],
  ['a count of what is available', cell(5, 3), counted(7), is(10, 3, 7)],
  ['a count of what is on hand', cell(5, 3), onHand(7), is(7, 3, 4)],
  ['a count of just what is held', cell(5, 3), onHand(3), is(3, 3, 0)],
  [
    'a count of fewer than are held',
    cell(5, 3),
    onHand(2),
    { refusal: 'below-held', productID: 1, locationID: 1, heldQuantity: 3, holds: ['basket'] },
  ],
  [
    'a receipt for which held units would find no room',
    cell(2 ** 31 - 2, 2),
    moved('receipt', 2),
    { refusal: 'stock-limit' },
  ],
  [
    'a sale of more than the product has in all',
    cell(4, 0, { latest: record(7, { availableQuantity: 1 }) }),
    sold(2),
    { ...short, availableQuantity: 1 },
  ],
])('%s', (_name, facts, command, expected) => {
  expect(decide(facts, command)).toMatchObject(expected);
});
