import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from '../../app/ledger/command';
import { decide } from '../../app/ledger/decide';
import type { Facts } from '../../app/ledger/facts';
import { UNNAMED_FIRST } from '../../app/ledger/locations/location';
import { QUANTITY_MAX } from '../../app/ledger/quantity';
import type { LedgerRecord } from '../../app/ledger/record';
import { cancelled, moved, sold } from './commands';
import { factsOf } from './facts';
import { namedSale, record } from './records';

/** One state of the walk: the facts, and the command. */
interface Bad {
  readonly facts: Facts;
  readonly command: Command;
}

/** A return of far too many, of an unknown sale and an unknown product, with wrong expectations. */
const worst: Bad = {
  facts: factsOf(undefined, { location: undefined }),
  command: moved('return', QUANTITY_MAX, { saleRecord: 3, expectedQuantity: 4 }),
};
const sale = namedSale(3, { quantity: 1 });

/** A place where nothing is sold. */
const STORE = { ...UNNAMED_FIRST, sellable: false };

const had = (latest: LedgerRecord) => {
  const { cell } = factsOf(latest);
  return { latest, cell };
};

/** Corrects one fault after another. Each step keeps all later faults. */
const MENDS: ((bad: Bad) => Bad)[] = [
  ({ facts, command }) => ({ facts: { ...facts, location: UNNAMED_FIRST }, command }),
  // Expecting a record is part of this step: without one there, it comes before the unknown product.
  ({ facts, command }) => ({
    facts: { ...facts, ...had(record(7, { availableQuantity: 1 })) },
    command: { ...command, expectedRecords: [6] },
  }),
  ({ facts, command }) => ({ facts, command: { ...command, expectedRecords: [7] } }),
  ({ facts, command }) => ({ facts, command: { ...command, expectedQuantity: 1 } }),
  ({ facts, command }) => ({ facts: { ...facts, sale }, command }),
  // Fewer would be returned than that; so the whole sale is to be cancelled: one that was, then one that was returned in part…
  ({ facts }) => ({
    facts: { ...facts, sale: { ...sale, returnedQuantity: 1, cancelledBy: 5 } },
    command: cancelled(3),
  }),
  ({ facts, command }) => ({
    facts: { ...facts, sale: { ...sale, returnedQuantity: 1 } },
    command,
  }),
  // Now that the sale is right, one is made where nothing is sold…
  ({ facts }) => ({ facts: { ...facts, location: STORE }, command: sold(QUANTITY_MAX) }),
  // … too many are taken: too few and too many exclude each other…
  ({ facts }) => ({
    facts: { ...facts, location: UNNAMED_FIRST },
    command: moved('adjustment', -QUANTITY_MAX),
  }),
  // … more is held than stands there…
  ({ facts }) => ({
    facts: {
      ...facts,
      cell: facts.cell && { ...facts.cell, onHandQuantity: 2, heldQuantity: 1 },
      holdsHere: () => ['a'],
    },
    command: { kind: 'count', productID: 1, availableQuantity: 0, isOnHand: true },
  }),
  // … and then too many arrive.
  ({ facts }) => ({
    facts: { ...facts, ...had(record(7, { availableQuantity: 1 })) },
    command: moved('adjustment', QUANTITY_MAX),
  }),
  ({ facts }) => ({ facts, command: moved('adjustment', 1) }),
];

/** The refusals of stock in the order of the type that lists them. */
function promised(): string[] {
  const source = readFileSync(
    path.join(__dirname, '..', '..', 'app', 'ledger', 'refusal.ts'),
    'utf8',
  );
  const [, list = ''] = source.split('export type StockRefusal');
  const [stock = ''] = list.split('export type CatalogueRefusal');
  return [...stock.matchAll(/refusal: '([a-z-]+)'/g)]
    .map(([, refusal]) => refusal as string)
    .filter((refusal) => refusal !== 'withheld');
}

test('one bad command, corrected step by step, meets every refusal in the promised order', () => {
  const seen: string[] = [];
  let bad = worst;
  for (const mend of MENDS) {
    const decision = decide(bad.facts, bad.command);
    seen.push('refusal' in decision ? decision.refusal : 'none');
    bad = mend(bad);
  }
  expect(seen).toEqual(promised());
  expect(decide(bad.facts, bad.command)).toMatchObject({ availableQuantity: 2 });
});
