import fc from 'fast-check';
import type { DocumentEntry } from '../../app/ledger/documents/document';
import { HoldEnds } from '../../app/ledger/documents/hold-ends';
import { holdEntry, seconds } from './document-entries';

/** More than a heap keeps of holds that were removed. */
const MANY = 3_000;

const endOf = ({ expiresAt }: DocumentEntry) => (expiresAt as Date).getTime();

function expectSame(ends: HoldEnds, open: readonly DocumentEntry[]): void {
  const inOrder = [...open].sort((a, b) => endOf(a) - endOf(b) || a.documentID - b.documentID);
  expect(ends.next).toBe(inOrder[0] ? endOf(inOrder[0]) : Number.POSITIVE_INFINITY);
  for (const now of [0, 25, 50].map(seconds)) {
    expect(ends.until(now)).toEqual(inOrder.filter((hold) => endOf(hold) <= now.getTime()));
  }
}

test('holds end in the order of a sorted list, whichever are removed', () => {
  const holds = fc.array(fc.record({ end: fc.nat(50), isRemoved: fc.boolean() }));
  fc.assert(
    fc.property(holds, (given) => {
      const ends = new HoldEnds();
      const open = new Set<DocumentEntry>();
      for (const [index, { end, isRemoved }] of given.entries()) {
        const hold = holdEntry(index + 1, { expiresAt: seconds(end) });
        ends.add(hold);
        open.add(hold);
        expectSame(ends, [...open]);
        const [oldest] = open;
        if (!isRemoved || !oldest) continue;
        ends.remove(oldest);
        open.delete(oldest);
        expectSame(ends, [...open]);
      }
    }),
  );
});

test('the order is the same after it was built again without those that were removed', () => {
  const ends = new HoldEnds();
  const holds = Array.from({ length: MANY }, (_, index) =>
    holdEntry(index + 1, { expiresAt: seconds((index * 37) % 50) }),
  );
  for (const hold of holds) ends.add(hold);
  for (const hold of holds.slice(10)) ends.remove(hold);
  expectSame(ends, holds.slice(0, 10));
  for (const hold of holds.slice(0, 10)) ends.remove(hold);
  expectSame(ends, []);
});
