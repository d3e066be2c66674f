import type { DocumentEntry } from '../../app/ledger/documents/document';
import { type Journals, Memories } from '../../app/ledger/memories';
import type { Journal } from '../../app/ledger/memory';
import type { LedgerRecord } from '../../app/ledger/record';
import { JOURNALS } from '../../app/store/tables';
import { turnEntries } from '../contract/turn-entries';
import { record } from './records';

/** A journal in memory, to which other processes append too. */
function journalOf<E>(entries: E[], numberOf: (entry: E) => number): Journal<E> {
  return {
    load: async function* () {
      yield [...entries];
    },
    from: async (number, limit) =>
      entries.filter((entry) => numberOf(entry) >= number).slice(0, limit),
  };
}

function noEntries(): Journals {
  const journals = Object.keys(JOURNALS).map((name) => [name, journalOf([], () => 0)]);
  return Object.fromEntries(journals);
}

function step(entry: number, firstRecord: number): DocumentEntry {
  return {
    entry,
    documentID: entry,
    document: `hold:${entry}`,
    step: 1,
    kind: 'hold',
    state: 'open',
    lines: [{ productID: 1, locationID: 1, quantity: 1 }],
    from: null,
    to: null,
    expectedAt: null,
    expiresAt: new Date('2027-01-01T00:00:00Z'),
    reference: null,
    note: null,
    firstRecord,
    records: 1,
    recordedAt: new Date('2026-11-26T12:00:00Z'),
    actor: 'open',
    turnMark: entry,
  };
}

const held = (number: number) => record(number, { document: `hold:${number}`, reason: 'hold' });

describe('open documents are known as of the last record that is known', () => {
  let records: LedgerRecord[];
  let steps: DocumentEntry[];
  let journals: Journals;
  let memories: Memories;
  beforeEach(() => {
    records = [record(1)];
    steps = [];
    journals = {
      ...noEntries(),
      records: journalOf(records, ({ record }) => record),
      documents: journalOf(steps, ({ entry }) => entry),
    };
    memories = new Memories(
      () => {
        throw new Error('nothing here goes back');
      },
      () => {},
    );
  });

  test('also if a reader has seen the record of a quick turn before the writer takes up its step', async () => {
    const { stock, documents } = await memories.advance(journals, []);
    records.push(held(2));
    steps.push(step(1, 2));
    await memories.stock.advance(journals.records);
    memories.takeQuick({ stock, documents }, turnEntries(records.slice(1), { documents: steps }));
    expect(memories.currentDocuments?.open('hold')).toEqual(steps);
  });

  test('and not beyond what another process has recorded since', async () => {
    const { stock, documents } = await memories.advance(journals, []);
    records.push(held(2), held(3));
    steps.push(step(1, 2), step(2, 3));
    await memories.stock.advance(journals.records);
    memories.takeQuick(
      { stock, documents },
      turnEntries(records.slice(1, 2), { documents: steps.slice(0, 1) }),
    );
    expect(memories.currentDocuments).toBeUndefined();
    const again = await memories.advance(journals, []);
    expect(again.documents.open('hold')).toEqual(steps);
    expect(memories.currentDocuments).toBe(again.documents);
  });
});
