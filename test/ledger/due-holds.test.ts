import type { DocumentCommand } from '../../app/ledger/documents/document-command';
import { Documents } from '../../app/ledger/documents/documents';
import type { Submission } from '../../app/ledger/submission';
import { dueHolds, EXPIRY_RECORDS_MAX } from '../../app/ledger/write/due-holds';
import { holdEntry, MADE, seconds } from './document-entries';

const LINES = 100;
/** Holds of other products, which end first and are as many as one turn ends. */
const EARLIER = EXPIRY_RECORDS_MAX / LINES;
const LATE = EARLIER + 1;
const ENDED = LATE + 1;

const line = (productID: number, locationID = 1) => ({ productID, locationID, quantity: 1 });
const documents = new Documents();
documents.load([
  ...Array.from({ length: EARLIER }, (_, index) => {
    const lines = Array.from({ length: LINES }, (_each, product) => line(1_000 + product));
    return holdEntry(index + 1, { lines });
  }),
  holdEntry(LATE, { lines: [line(1), line(2, 5)], expiresAt: seconds(61) }),
]);
const ended = new Map([
  [`hold:${ENDED}`, holdEntry(ENDED, { state: 'released', lines: [line(2)] })],
]);

const now = seconds(70);
/** Which holds a turn of this submission ends. */
const endedBy = (...submissions: Submission[]) =>
  dueHolds({ documents, ended }, submissions, now).map(({ entry }) => entry);
const all = Array.from({ length: LATE }, (_, index) => index + 1);
const first = all.slice(0, EARLIER);

const change = (command: DocumentCommand): Submission => ({ kind: 'document', command });
const sale = (productID: number): Submission => ({
  kind: 'stock',
  mode: 'all',
  commands: [{ kind: 'sale', productID, quantity: 1, unitPrice: null }],
});
const put = (productID: number) => ({
  kind: 'put-hold' as const,
  holdID: 'new',
  lines: [line(productID)],
  expiresIn: 60,
  reference: null,
});
const sell = (entry: number) => ({
  kind: 'sell-hold' as const,
  holdID: String(entry),
  unitPrice: null,
  orSell: true,
});
const retire = (locationID: number): Submission => ({
  kind: 'location',
  command: { kind: 'retire', locationID },
});

test('none before their time', () => {
  expect(dueHolds({ documents, ended }, [], MADE)).toEqual([]);
});

test.each([
  ['nothing else', []],
  ['an expiry', [{ kind: 'expire' }]],
  ['a sale of another product', [sale(3)]],
  ['a hold of another product', [change(put(3))]],
  ['another location', [retire(4)]],
] as [string, Submission[]][])('as many as one turn may end, for %s', (_what, submissions) => {
  expect(endedBy(...submissions)).toEqual(first);
});

test.each([
  ['a sale of its product', sale(2)],
  ['a hold of its product', change(put(1))],
  ['a change of it', change({ kind: 'release-hold', holdID: String(LATE) })],
  ['a late sale of its product', change(sell(ENDED))],
  ['its location', retire(5)],
])('and one more that %s depends on', (_what, submission) => {
  expect(endedBy(submission)).toEqual(all);
});
