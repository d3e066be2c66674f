import type { AccessCommand } from '../../app/ledger/access/access-command';
import type { AccessEntry } from '../../app/ledger/access/access-entry';
import { type Rights, rightsOf } from '../../app/ledger/access/rights';
import type { Scope } from '../../app/ledger/access/scope';
import { Stock } from '../../app/ledger/stock';
import { draft } from '../../app/ledger/write/draft';
import { factsOfStock } from '../../app/ledger/write/turn-facts';
import { accept, invite, Journal, key, LATER, NOW } from './access-journal';

const own = (locations: number[] | null, ...scopes: Scope[]): Rights => ({
  scopes: new Set(scopes),
  locations: locations && new Set(locations),
});

test('an invitation is good once, and until it expires', () => {
  const journal = new Journal();
  journal.take(invite('ann', 'clerk'));
  expect(journal.take(accept('i-ann'))).toHaveLength(2);
  expect(journal.take(accept('i-ann'))).toBe('bad-invitation');
  expect(journal.take(accept('never made'))).toBe('bad-invitation');
  journal.take(invite('ann', undefined, 'i-2'));
  journal.now = LATER;
  expect(journal.take(accept('i-2'))).toBe('bad-invitation');
});

test('an invitation with another role is not for the person who has the name', () => {
  const journal = new Journal();
  journal.take(invite('ann', 'owner'));
  expect(journal.take(invite('ann', 'clerk', 'i-2'))).toBe('other-role');
  expect(journal.take(invite('ann', 'owner', 'i-2'))).toHaveLength(1);
  expect(journal.take(invite('ann', undefined, 'i-3'))).toHaveLength(1);
});

test('a key is no invitation', () => {
  const journal = new Journal();
  journal.take(key('till', 'stock:sell'));
  expect(journal.take(accept('till'))).toBe('bad-invitation');
});

test('nobody gives or takes what they do not have, anywhere', () => {
  const journal = new Journal();
  const seller = own(null, 'stock:sell', 'access:write');
  expect(journal.take(key('a', 'stock:sell', 'stock:count'), seller)).toBe('exceeds-own');
  expect(journal.take(invite('ann', 'clerk'), seller)).toBe('exceeds-own');
  expect(journal.take(key('a', 'stock:sell'), own([2], 'stock:sell'))).toBe(
    'exceeds-own-locations',
  );
  const here = { ...key('b', 'stock:sell'), locations: [2] } as AccessCommand;
  expect(journal.take(here, own([2, 3], 'stock:sell'))).toHaveLength(1);
  journal.take(key('count', 'stock:count'));
  expect(journal.take({ kind: 'end', subjectID: 2 }, seller)).toBe('exceeds-own');
  journal.take(invite('olga', 'owner'));
  const demote = { kind: 'change-role', subjectID: 3, role: 'clerk', locations: null } as const;
  expect(journal.take(demote, seller)).toBe('exceeds-own');
});

test('who is not in the journal gives nothing, and the service itself gives all', () => {
  const command = key('a', 'stock:sell');
  const submitted = (by?: number) =>
    draft(factsOfStock(new Stock()), [{ kind: 'access', by, command }], { now: NOW, turnMark: 1 })
      .answers;
  const refusal = { refusal: 'exceeds-own', scopes: ['stock:sell'] };
  expect(submitted(0)).toEqual([{ answer: 'access', outcome: refusal }]);
  expect(submitted()).toMatchObject([{ outcome: [{ name: 'a', event: 'made' }] }]);
});

test('there is always an owner', () => {
  const journal = new Journal();
  journal.take(invite('olga', 'owner'));
  const demote = { kind: 'change-role', subjectID: 1, role: 'clerk', locations: null } as const;
  expect(journal.take({ kind: 'end', subjectID: 1 })).toBe('last-owner');
  expect(journal.take(demote)).toBe('last-owner');
  journal.take(invite('paul', 'owner'));
  expect(journal.take(demote)).toHaveLength(1);
  expect(journal.take({ kind: 'end', subjectID: 3 })).toBe('last-owner');
});

test('what ends a person ends all that is theirs, and nothing of it comes back', () => {
  const journal = new Journal();
  journal.take(invite('olga', 'owner'));
  journal.take(invite('ann', 'clerk'));
  journal.take(accept('i-ann'));
  journal.take(invite('ann', undefined, 'i-2'));
  const session = journal.access.withSecret('s-i-ann') as AccessEntry;
  expect(rightsOf(journal.access, session, NOW).scopes.has('stock:sell')).toBe(true);
  expect(journal.take({ kind: 'end', subjectID: 3 })).toHaveLength(3);
  const after = journal.access.withSecret('s-i-ann') as AccessEntry;
  expect(after.state).toBe('ended');
  expect(rightsOf(journal.access, after, NOW).scopes.size).toBe(0);
  expect(journal.take(accept('i-2'))).toBe('bad-invitation');
  expect(journal.take({ kind: 'end', subjectID: 3 })).toBe('unknown-subject');
  // The name is free, for another person.
  expect(journal.take(invite('ann', 'clerk', 'i-3'))).toHaveLength(2);
});

test('what is noted of a key that has ended leaves its name to the next one', () => {
  const journal = new Journal();
  journal.take(key('till', 'stock:sell'));
  journal.take({ kind: 'end', subjectID: 1 });
  journal.take({ ...key('till', 'stock:sell'), secretHash: 'second' } as AccessCommand);
  journal.take({ kind: 'refuse', subjectID: 1, refusedFor: 'ended' });
  expect(journal.access.named('key', 'till')?.secretHash).toBe('second');
  expect(journal.take(key('till', 'stock:sell'))).toBe('name-taken');
});

test('who is signed out everywhere keeps the rest: their invitations, and the sessions of others', () => {
  const journal = new Journal();
  journal.take(invite('olga', 'owner'));
  journal.take(invite('ann', 'clerk'));
  const ann = journal.access.named('person', 'ann')?.subjectID as number;
  const accept = (name: string): AccessCommand => ({
    kind: 'accept',
    invitationHash: `i-${name}`,
    name: 'till',
    secretHash: `s-${name}`,
    expiresAt: LATER,
  });
  journal.take(accept('olga'));
  journal.take(accept('ann'));
  journal.take(invite('ann', undefined, 'i-second'));
  const state = (secret: string) => journal.access.withSecret(secret)?.state;
  expect(journal.take({ kind: 'sign-out', personID: ann })).toMatchObject([
    { kind: 'session', event: 'ended' },
  ]);
  expect(['s-ann', 's-olga', 'i-second'].map(state)).toEqual(['ended', 'active', 'active']);
  expect(journal.take({ kind: 'sign-out', personID: ann })).toEqual([]);
  expect(journal.take({ kind: 'sign-out', personID: 99 })).toBe('unknown-subject');
  const olga = journal.access.named('person', 'olga')?.subjectID as number;
  const clerk = rightsOf(journal.access, journal.access.get(ann), NOW);
  expect(journal.take({ kind: 'sign-out', personID: olga }, clerk)).toBe('exceeds-own');
  expect(journal.take({ kind: 'sign-out', personID: ann }, clerk)).toEqual([]);
});

test('use is noted once a day, the same refusal once an hour, and each entry says what it was', () => {
  const journal = new Journal();
  const events = [
    journal.take(key('till', 'stock:sell')),
    journal.take({ kind: 'use', subjectID: 1 }),
    journal.take({ kind: 'use', subjectID: 1 }),
    journal.take({ kind: 'refuse', subjectID: 1, refusedFor: 'stock:read' }),
    journal.take({ kind: 'refuse', subjectID: 1, refusedFor: 'stock:read' }),
  ];
  journal.now = new Date(NOW.getTime() + 86_400_000);
  events.push(
    journal.take({ kind: 'use', subjectID: 1 }),
    journal.take({ kind: 'refuse', subjectID: 1, refusedFor: 'stock:read' }),
    journal.take({ kind: 'end', subjectID: 1 }),
    journal.take({ kind: 'use', subjectID: 1 }),
  );
  const said = events.map((each) =>
    typeof each === 'string' ? each : each.map(({ event }) => event).join(),
  );
  expect(said).toEqual([
    'made',
    'used',
    '',
    'refused',
    '',
    'used',
    'refused',
    'ended',
    'unknown-subject',
  ]);
});

test('a layer knows what is below it, and what it adds stays in it', () => {
  const journal = new Journal();
  journal.take(key('a', 'stock:sell'));
  const layer = journal.access.layer();
  const [below] = journal.access.all();
  layer.fold([{ ...(below as AccessEntry), entry: 2, state: 'ended' }]);
  expect(layer.named('key', 'a')).toBeUndefined();
  expect(layer.withSecret('a')?.state).toBe('ended');
  expect(layer.all()).toHaveLength(1);
  expect(journal.access.named('key', 'a')?.state).toBe('active');
});
