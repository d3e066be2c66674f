import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from '../../app/ledger/command';
import { decide, type Facts } from '../../app/ledger/decide';
import { QUANTITY_MAX } from '../../app/ledger/quantity';
import { moved } from './commands';
import { record } from './records';

/** One state of the walk: what holds, and what is asked. */
interface Bad {
  readonly facts: Facts;
  readonly command: Command;
}

/** A return of far too much, of a sale and a product that are not there, by one who expects other stock. */
const worst: Bad = {
  facts: { latest: undefined, sale: undefined },
  command: moved('return', QUANTITY_MAX, { saleRecord: 3, expectedQuantity: 4 }),
};
const sale = { record: 3, productID: 1, quantity: 1, unitPrice: null, returnedQuantity: 0 };

/** Mends one fault after another; each leaves all the later ones as they are. */
const MENDS: ((bad: Bad) => Bad)[] = [
  // Expecting a record is part of this step: without one there, it comes before the unknown product.
  ({ facts, command }) => ({
    facts: { ...facts, latest: record(7, { availableQuantity: 1 }) },
    command: { ...command, expectedRecords: [6] },
  }),
  ({ facts, command }) => ({ facts, command: { ...command, expectedRecords: [7] } }),
  ({ facts, command }) => ({ facts, command: { ...command, expectedQuantity: 1 } }),
  ({ facts, command }) => ({ facts: { ...facts, sale }, command }),
  // Too little and too much exclude each other: now that the sale is no longer in the way, too much is taken…
  ({ facts }) => ({ facts, command: moved('adjustment', -QUANTITY_MAX) }),
  // … and then brought.
  ({ facts }) => ({ facts, command: moved('adjustment', QUANTITY_MAX) }),
  ({ facts }) => ({ facts, command: moved('adjustment', 1) }),
];

/** The refusals that the domain lists, in the order that it promises; `withheld` is not decided but follows. */
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

test('one bad input, mended step by step, walks through every refusal in the promised order', () => {
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
