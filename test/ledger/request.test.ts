import fc from 'fast-check';
import type { Refusal } from '../../app/ledger/refusal';
import { appendedCount, fromStored, toStored } from '../../app/ledger/request';
import type { Outcome } from '../../app/ledger/submission';
import { named } from './commands';
import { revision } from './products';
import { record } from './records';

const unknown: Refusal = { refusal: 'unknown-product', productID: 9 };
const withheld: Refusal = { refusal: 'withheld', productID: 1 };

/** Numbers the outcomes that were appended, one after the other, and skips the refused ones. */
function outcomesOf(kinds: readonly boolean[], first: number, entry: (number: number) => Outcome) {
  let next = first;
  return kinds.map((appended) => (appended ? entry(next++) : unknown));
}

/** Stores outcomes as JSON, and restores them from that and from the entries that it names. */
function again(kind: 'stock' | 'catalogue', outcomes: readonly Outcome[]): Outcome[] {
  const stored = JSON.parse(JSON.stringify(toStored(named('k'), kind, outcomes)));
  const entry = kind === 'stock' ? record : revision;
  const entries = Array.from({ length: appendedCount(stored) }, (_, index) =>
    entry(stored.first + index),
  );
  return fromStored(stored, entries);
}

describe('a stored answer', () => {
  test('restores the outcomes, whichever of them were refusals', () => {
    const kinds = fc.array(fc.boolean(), { minLength: 1 });
    const first = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(kinds, first, (appended, number) => {
        const records = outcomesOf(appended, number, (position) => record(position));
        expect(again('stock', records)).toEqual(records);
        const revisions = outcomesOf(appended, number, (position) => revision(position));
        expect(again('catalogue', revisions)).toEqual(revisions);
      }),
    );
  });

  test('is a reference to the ledger, not a copy of it', () => {
    const outcomes = [unknown, record(5), record(6), withheld];
    const stored = toStored(named('k'), 'stock', outcomes);
    expect(stored).toEqual({
      resource: 'inventory',
      kind: 'stock',
      commands: 4,
      first: 5,
      refusals: [
        [0, unknown],
        [3, withheld],
      ],
    });
    expect(appendedCount(stored)).toBe(2);
  });

  test('names no record if everything was refused', () => {
    const stored = toStored(named('k'), 'stock', [unknown, withheld]);
    expect(stored.first).toBeNull();
    expect(appendedCount(stored)).toBe(0);
    expect(fromStored(stored, [])).toEqual([unknown, withheld]);
  });

  test('cannot be restored from a ledger that has lost its records', () => {
    const stored = toStored(named('k'), 'stock', [record(5), record(6)]);
    expect(() => fromStored(stored, [record(5)])).toThrow('not in the ledger');
  });
});
