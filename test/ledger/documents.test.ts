import fc from 'fast-check';
import type { DocumentEntry } from '../../app/ledger/documents/document';
import { Documents } from '../../app/ledger/documents/documents';
import { holdEntry, seconds, transferEntry } from './document-entries';

/** Steps of a few holds and transfers, in order: each is made, changed and ended as it comes. */
const steps = fc
  .array(
    fc.record({
      number: fc.integer({ min: 1, max: 6 }),
      isHold: fc.boolean(),
      isOpen: fc.boolean(),
      end: fc.integer({ min: 1, max: 5 }),
      lines: fc.uniqueArray(
        fc.record({
          productID: fc.integer({ min: 1, max: 3 }),
          locationID: fc.integer({ min: 1, max: 2 }),
          quantity: fc.integer({ min: 1, max: 9 }),
        }),
        { minLength: 1, selector: ({ productID, locationID }) => `${productID} ${locationID}` },
      ),
    }),
  )
  .map((given) =>
    given.map(({ number, isHold, isOpen, end, lines }, index): DocumentEntry => {
      const said = { documentID: number, lines };
      return isHold
        ? holdEntry(index + 1, {
            ...said,
            document: `hold:${number}`,
            state: isOpen ? 'open' : 'released',
            expiresAt: seconds(end),
          })
        : transferEntry(index + 1, {
            ...said,
            document: `transfer:${number}`,
            state: isOpen ? 'open' : 'closed',
          });
    }),
  );

/** The open documents by the plain definition: the latest entry of each, if it is open. */
function openOf(entries: readonly DocumentEntry[]): DocumentEntry[] {
  const latest = new Map(entries.map((entry) => [entry.document, entry]));
  return [...latest.values()]
    .filter(({ state }) => state === 'open')
    .sort((a, b) => a.documentID - b.documentID);
}

function expectSame(documents: Documents, entries: readonly DocumentEntry[]): void {
  const open = openOf(entries);
  const holds = open.filter(({ kind }) => kind === 'hold');
  expect(documents.size).toBe(open.length);
  expect(documents.count('hold')).toBe(holds.length);
  expect(documents.open('hold')).toEqual(holds);
  expect(documents.open('transfer')).toEqual(open.filter(({ kind }) => kind === 'transfer'));
  for (const productID of [1, 2, 3]) {
    const lines = holds
      .flatMap((hold) => hold.lines)
      .filter((line) => line.productID === productID);
    const sum = (of: typeof lines) => of.reduce((total, { quantity }) => total + quantity, 0);
    expect(documents.heldOf(productID)).toBe(sum(lines));
    expect(documents.heldAt(productID, 2)).toBe(
      sum(lines.filter(({ locationID }) => locationID === 2)),
    );
    expect(documents.holdsOf(productID)).toEqual(
      holds.filter((hold) => hold.lines.some((line) => line.productID === productID)),
    );
  }
}

function expectSameEnds(documents: Documents, entries: readonly DocumentEntry[]): void {
  const endOf = ({ expiresAt }: DocumentEntry) => (expiresAt as Date).getTime();
  const holds = openOf(entries)
    .filter(({ kind }) => kind === 'hold')
    .sort((a, b) => endOf(a) - endOf(b) || a.documentID - b.documentID);
  expect(documents.nextEnd).toBe(holds[0] ? endOf(holds[0]) : Number.POSITIVE_INFINITY);
  for (const now of [0, 1, 3, 5].map(seconds)) {
    expect(documents.dueAt(now)).toEqual(holds.filter((hold) => endOf(hold) <= now.getTime()));
  }
}

test('open documents are the latest entry of each, however they were read, and a layer changes nothing below', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (entries, cut) => {
      const at = entries.length === 0 ? 0 : cut % entries.length;
      const [before, after] = [entries.slice(0, at), entries.slice(at)];
      const folded = new Documents();
      folded.fold(before);
      expectSame(folded, before);
      expectSameEnds(folded, before);

      const layer = folded.layer();
      layer.fold(after);
      expectSame(layer, entries);
      expectSame(folded, before);

      folded.fold(entries);
      expectSame(folded, entries);
      expectSameEnds(folded, entries);

      const loaded = new Documents();
      for (const entry of openOf(before).reverse()) loaded.load([entry]);
      loaded.fold(after);
      expectSame(loaded, entries);
      expectSameEnds(loaded, entries);
    }),
  );
});

test('of holds that end at one moment the older one comes first', () => {
  const documents = new Documents();
  documents.load([holdEntry(3), holdEntry(1), holdEntry(2, { expiresAt: seconds(59) })]);
  documents.fold([holdEntry(4)]);
  const names = documents.dueAt(seconds(60)).map(({ document }) => document);
  expect(names).toEqual(['hold:2', 'hold:1', 'hold:3', 'hold:4']);
});
