import type { Command } from '../../app/ledger/command';
import type { DocumentCommand, HoldLine } from '../../app/ledger/documents/document-command';
import type { LocationCommand } from '../../app/ledger/locations/location-command';
import type { PlacedPlan, PlacedStep } from './placed-steps';

const stock = (command: Command, key?: string): PlacedPlan => ({
  ...{ kind: 'stock', mode: 'all', key, commands: [command] },
});
const document = (command: DocumentCommand, key?: string): PlacedPlan => ({
  ...{ kind: 'document', command, key },
});
const place = (locationID: number, sellable: boolean): PlacedPlan => ({
  kind: 'location',
  command: { kind: 'put', locationID, name: 'Place', address: null, sellable },
});
const change = (command: LocationCommand): PlacedPlan => ({ kind: 'location', command });
const receipt = (productID: number, locationID: number, quantityChange: number): Command => ({
  ...{ kind: 'movement', reason: 'receipt', productID, locationID, quantityChange },
});
const sale = (productID: number, locationID: number, quantity: number): Command => ({
  ...{ kind: 'sale', productID, locationID, quantity, unitPrice: 100 },
});
const line = (productID: number, locationID: number, quantity: number): HoldLine => ({
  ...{ productID, locationID, quantity },
});
const hold = (holdID: string, ...lines: HoldLine[]): PlacedPlan =>
  document({ kind: 'put-hold', holdID, expiresIn: 61, reference: null, lines });
const sell = (holdID: string, lines?: HoldLine[]): PlacedPlan =>
  document({ kind: 'sell-hold', holdID, unitPrice: 100, orSell: false, lines });
const receive = (transferID: number, received: number): PlacedPlan => {
  const lines = [{ productID: 1, received, damaged: 0, returned: 0 }];
  return document({ kind: 'receive', transferID, lines });
};
const submit = (to: 0 | 1, seconds: number, ...plans: PlacedPlan[]): PlacedStep => ({
  ...{ do: 'submit', to, seconds, plans },
});

/** One ledger in which every kind of answer and refusal comes, so that none is missed by chance. */
export const EVERY_KIND: PlacedStep[] = [
  submit(0, 1, place(2, true), place(3, false), stock(receipt(1, 1, 5)), stock(receipt(1, 2, 5))),
  submit(
    ...([1, 1] as const),
    hold('a', line(1, 1, 3)),
    hold('b', line(1, 1, 9)),
    hold('b', line(1, 3, 1)),
    hold('b', line(1, 4, 1)),
    hold('b', line(3, 1, 1)),
    sell('b'),
    sell('a', [line(1, 1, 4)]),
    stock({ kind: 'count', productID: 1, availableQuantity: 1, isOnHand: true }),
    stock(sale(1, 3, 1)),
    stock(sale(1, 4, 1)),
    stock(sale(3, 1, 1)),
    stock(receipt(1, 1, 2 ** 31 - 1)),
    { ...{ kind: 'stock', mode: 'all', key: undefined }, commands: [sale(1, 1, 1), sale(1, 1, 9)] },
    change({ kind: 'retire', locationID: 1 }),
    change({ kind: 'retire', locationID: 2 }),
    place(2, false),
    document({
      ...{ kind: 'ship', from: 1, to: 2, expectedAt: null, reference: null },
      lines: [{ productID: 1, quantity: 2 }],
    }),
  ),
  submit(
    ...([0, 1] as const),
    receive(9, 1),
    receive(0, 3),
    receive(0, 1),
    document({ kind: 'close-transfer', transferID: 0, remainder: 'lost', note: null }),
    receive(0, 1),
    document({ kind: 'release-hold', holdID: 'a' }),
    sell('a'),
    hold('c', line(1, 2, 2)),
    hold('d', line(1, 2, 2)),
    sell('d'),
    // In part: the rest is free again.
    hold('e', line(1, 1, 2), line(1, 2, 1)),
    sell('e', [line(1, 1, 1)]),
    stock(sale(1, 1, 1), 'k'),
    stock(sale(1, 1, 1), 'k'),
    document({ kind: 'release-hold', holdID: 'c' }, 'k'),
  ),
  submit(1, 61, { kind: 'expire' }),
];
