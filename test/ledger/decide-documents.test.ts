import { decideHold, expired } from '../../app/ledger/documents/decide-hold';
import { decideTransfer } from '../../app/ledger/documents/decide-transfer';
import type { DocumentFacts } from '../../app/ledger/documents/decision';
import { type DocumentEntry, OPEN_DOCUMENTS_MAX } from '../../app/ledger/documents/document';
import type { HoldCommand, TransferCommand } from '../../app/ledger/documents/document-command';
import { IN_TRANSIT, UNNAMED_FIRST } from '../../app/ledger/locations/location';

const now = new Date('2026-11-26T12:00:00.000Z');
const inAMinute = new Date('2026-11-26T12:01:00.000Z');
const before = new Date('2026-11-26T11:00:00.000Z');
const line = (productID: number, quantity: number, locationID = 1) => ({
  ...{ productID, locationID, quantity },
});

const HOLD: DocumentEntry = {
  ...{ entry: 4, documentID: 3, document: 'hold:a', step: 2, kind: 'hold', state: 'open' },
  lines: [line(1, 3), line(2, 2, 5)],
  ...{ from: null, to: null, expectedAt: null, expiresAt: inAMinute, reference: 'R', note: null },
  ...{ firstRecord: 7, records: 2, recordedAt: before, actor: null, turnMark: 1 },
};
const TRANSFER: DocumentEntry = {
  ...{ ...HOLD, document: 'transfer:3', kind: 'transfer', from: 1, to: 2, expiresAt: null },
  lines: [{ ...line(1, 5), received: 1, damaged: 1 }, line(2, 2)],
};
const facts = (latest?: DocumentEntry, more: Partial<DocumentFacts> = {}): DocumentFacts => ({
  ...{ latest, open: 1, now },
  location: (locationID) =>
    locationID > 2 ? undefined : { ...UNNAMED_FIRST, locationID, retired: false },
  ...more,
});

/** The changes of stock in short: what is held more, sold, or moved, of which product and where. */
function shortly(decided: ReturnType<typeof decideHold>): string[] | object {
  if ('refusal' in decided) return decided;
  return decided.commands.map(({ index, command }) => {
    const at = `${command.productID}@${command.locationID === IN_TRANSIT ? 'transit' : command.locationID}`;
    if (command.kind === 'held') return `${index} ${command.reason} ${command.heldChange} ${at}`;
    if (command.kind === 'sale') {
      return `${index} sale ${command.quantity} ${at}${command.isHeld ? ' held' : ''}`;
    }
    if (command.kind === 'move') return `${index} ${command.direction} ${command.quantity} ${at}`;
    if (command.kind === 'movement')
      return `${index} ${command.reason} ${command.quantityChange} ${at}`;
    return command.kind;
  });
}

const put = (...lines: ReturnType<typeof line>[]): HoldCommand => ({
  ...{ kind: 'put-hold', holdID: 'a', lines, expiresIn: 60, reference: null },
});
const sell = (orSell: boolean, ...lines: ReturnType<typeof line>[]): HoldCommand => ({
  ...{ kind: 'sell-hold', holdID: 'a', unitPrice: 100, orSell },
  lines: lines.length > 0 ? lines : undefined,
});
const release: HoldCommand = { kind: 'release-hold', holdID: 'a' };
const extend: HoldCommand = { kind: 'extend-hold', holdID: 'a', expiresIn: 60 };
const hasEnded = (ended: string) => ({
  ...{ refusal: 'hold-ended', holdID: 'a', ended, endedAt: before.toISOString(), record: 8 },
});
const inState = (state: DocumentEntry['state']) => facts({ ...HOLD, state });

test.each<[string, DocumentFacts, HoldCommand, string[] | object]>([
  ['a new hold', facts(), put(line(1, 3)), ['0 hold 3 1@1']],
  [
    'one that replaces it takes the difference, and first gives back what it drops',
    facts(HOLD),
    put(line(3, 1), line(1, 5)),
    ['0 release -2 2@5', '0 hold 1 3@1', '1 hold 2 1@1'],
  ],
  [
    'one with less gives back',
    facts(HOLD),
    put(line(1, 1), line(2, 2, 5)),
    ['0 hold -2 1@1', '1 hold 0 2@5'],
  ],
  ['an extension changes no units', facts(HOLD), extend, ['0 hold 0 1@1', '1 hold 0 2@5']],
  ['a release', facts(HOLD), release, ['0 release -3 1@1', '1 release -2 2@5']],
  ['a sale of all', facts(HOLD), sell(false), ['0 sale 3 1@1 held', '1 sale 2 2@5 held']],
  [
    'a sale in part releases the rest',
    facts(HOLD),
    sell(true, line(1, 1)),
    ['0 sale 1 1@1 held', '0 release -2 1@1', '0 release -2 2@5'],
  ],
  [
    'a late sale takes what is free',
    inState('expired'),
    sell(true),
    ['0 sale 3 1@1', '1 sale 2 2@5'],
  ],
  ['a late sale after a release', inState('released'), sell(true, line(1, 1)), ['0 sale 1 1@1']],
  ['a late sale that was not asked for', inState('expired'), sell(false), hasEnded('expired')],
  ['a second sale, late or not', inState('sold'), sell(true), hasEnded('sold')],
  ['a new hold under an old name', inState('released'), put(line(1, 1)), hasEnded('released')],
  ['an extension of what has ended', inState('expired'), extend, hasEnded('expired')],
  ['a release of what was sold', inState('sold'), release, hasEnded('sold')],
  ...[sell(true), release, extend].map(
    (command) =>
      [`${command.kind} of none`, facts(), command, { refusal: 'unknown-hold', holdID: 'a' }] as [
        string,
        DocumentFacts,
        HoldCommand,
        object,
      ],
  ),
  [
    'more than it has',
    facts(HOLD),
    sell(false, line(1, 4)),
    { refusal: 'exceeds-hold', holdID: 'a', productID: 1, locationID: 1, heldQuantity: 3 },
  ],
  [
    'what it does not have there',
    facts(HOLD),
    sell(false, line(2, 1)),
    { refusal: 'exceeds-hold', holdID: 'a', productID: 2, locationID: 1, heldQuantity: 0 },
  ],
  [
    'one more than may be open',
    facts(undefined, { open: OPEN_DOCUMENTS_MAX }),
    put(line(1, 1)),
    { refusal: 'document-limit', limit: OPEN_DOCUMENTS_MAX },
  ],
  [
    'at the limit one may be replaced',
    facts(HOLD, { open: OPEN_DOCUMENTS_MAX }),
    put(line(1, 3), line(2, 2, 5)),
    ['0 hold 0 1@1', '1 hold 0 2@5'],
  ],
])('a hold: %s', (_name, known, command, expected) => {
  expect(shortly(decideHold(known, command))).toEqual(expected);
});

test('what a hold is after each step', () => {
  const next = (command: HoldCommand) => {
    const decided = decideHold(facts(HOLD), command);
    return 'refusal' in decided ? decided : decided.next;
  };
  expect(next(put(line(1, 1)))).toMatchObject({
    state: 'open',
    expiresAt: inAMinute,
    reference: null,
  });
  expect(next(extend)).toMatchObject({ state: 'open', expiresAt: inAMinute, reference: 'R' });
  expect(next(release)).toMatchObject({ state: 'released', lines: HOLD.lines });
  expect(next(sell(false, line(1, 1)))).toMatchObject({
    state: 'sold',
    lines: [{ ...line(1, 3), sold: 1 }, line(2, 2, 5)],
  });
  expect(expired(HOLD).next.state).toBe('expired');
  expect(shortly(expired(HOLD))).toEqual(['0 expiry -3 1@1', '1 expiry -2 2@5']);
});

const ship = (to: number): TransferCommand => ({
  ...{ kind: 'ship', from: 1, to, expectedAt: null, reference: null },
  lines: [{ productID: 1, quantity: 2 }],
});
const receive = (
  productID: number,
  received: number,
  damaged = 0,
  returned = 0,
): TransferCommand => ({
  ...{ kind: 'receive', transferID: 3, lines: [{ productID, received, damaged, returned }] },
});
const close = (remainder: 'lost' | 'returned'): TransferCommand => ({
  ...{ kind: 'close-transfer', transferID: 3, remainder, note: null },
});
const noEnd = (more: object) => ({
  ...{ refusal: 'lines-refused', lines: 1 },
  refused: [{ index: 0, why: { refusal: 'unknown-location', productID: 1, ...more } }],
});
const CLOSED: DocumentEntry = { ...TRANSFER, state: 'closed' };
const isClosed = {
  ...{ refusal: 'transfer-closed', transferID: 3, endedAt: before.toISOString(), record: 8 },
};
const unknown = { refusal: 'unknown-transfer', transferID: 3 };
const tooMany = (productID: number, outstanding: number) => ({
  ...{ refusal: 'exceeds-outstanding', transferID: 3, productID, outstanding },
});

test.each<[string, DocumentFacts, TransferCommand, string[] | object]>([
  ['is sent: first in, then out', facts(), ship(2), ['0 in 2 1@transit', '0 out 2 1@1']],
  ['has nowhere to go', facts(), ship(9), noEnd({ locationID: 9 })],
  [
    'would go to a retired place',
    facts(undefined, { location: () => ({ ...UNNAMED_FIRST, locationID: 2, retired: true }) }),
    ship(2),
    noEnd({ locationID: 2, retired: true }),
  ],
  [
    'is one more than may be open',
    facts(undefined, { open: OPEN_DOCUMENTS_MAX }),
    ship(2),
    { refusal: 'document-limit', limit: OPEN_DOCUMENTS_MAX },
  ],
  [
    'arrives, in all conditions',
    facts(TRANSFER),
    receive(1, 1, 1, 1),
    ['0 in 1 1@2', '0 out 1 1@transit', '0 in 1 1@1', '0 out 1 1@transit', '0 waste -1 1@transit'],
  ],
  ['arrives with more than is outstanding', facts(TRANSFER), receive(1, 4), tooMany(1, 3)],
  ['arrives with more, together', facts(TRANSFER), receive(1, 2, 1, 1), tooMany(1, 3)],
  ['arrives with what was never sent', facts(TRANSFER), receive(3, 1), tooMany(3, 0)],
  ['is lost', facts(TRANSFER), close('lost'), ['0 loss -3 1@transit', '1 loss -2 2@transit']],
  [
    'comes back',
    facts(TRANSFER),
    close('returned'),
    ['0 in 3 1@1', '0 out 3 1@transit', '1 in 2 2@1', '1 out 2 2@transit'],
  ],
  ['arrives after it was closed', facts(CLOSED), receive(1, 1), isClosed],
  ['is closed twice', facts(CLOSED), close('lost'), isClosed],
  ['arrives and was never sent', facts(), receive(1, 1), unknown],
  ['is closed and was never sent', facts(), close('lost'), unknown],
])('a transfer %s', (_name, known, command, expected) => {
  expect(shortly(decideTransfer(known, command))).toEqual(expected);
});

test('a transfer is closed with the last unit, and not before', () => {
  const state = (latest: DocumentEntry, command: TransferCommand) => {
    const decided = decideTransfer(facts(latest), command);
    return 'refusal' in decided ? decided : decided.next.state;
  };
  expect(state(TRANSFER, receive(1, 3))).toBe('open');
  const one = { ...TRANSFER, lines: [line(1, 3)] };
  expect(state(one, receive(1, 1, 1))).toBe('open');
  expect(state(one, receive(1, 1, 1, 1))).toBe('closed');
  expect(state(TRANSFER, close('lost'))).toBe('closed');
});
