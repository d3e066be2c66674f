import { Access } from '../../app/ledger/access/access';
import type { AccessCommand, NewCredential } from '../../app/ledger/access/access-command';
import type { AccessEntry, CredentialKind } from '../../app/ledger/access/access-entry';
import { CREDENTIALS_MAX } from '../../app/ledger/access/decide-sign-in';
import { passkeyOf, passkeyText } from '../../app/ledger/access/passkey';
import { accept, invite, Journal, LATER, NOW } from './access-journal';

const KINDS: readonly CredentialKind[] = ['passkey', 'identity'];

const credential = (kind: CredentialKind, secretHash = `c-${kind}`): NewCredential => ({
  kind,
  name: 'phone',
  secretHash,
  credential: passkeyText({ credentialID: 'id', publicKey: 'key', counter: 0 }),
});
const add = (sessionID: number, given: NewCredential): AccessCommand => ({
  kind: 'add-credential',
  sessionID,
  credential: given,
});
let marks = 0;
const signIn = (
  { kind, secretHash }: NewCredential,
  { mark = `m-${++marks}`, counter }: { mark?: string; counter?: number } = {},
): AccessCommand => ({
  kind: 'sign-in',
  credential: { kind, secretHash },
  mark,
  counter,
  name: 'till',
  secretHash: `s-${marks}`,
  expiresAt: LATER,
});

/** A journal in which people are signed in, and the number of the session of each. */
function signedIn(...names: string[]) {
  const journal = new Journal();
  journal.take(invite('olga', 'owner'));
  const sessions = names.map((name) => {
    journal.take(invite(name, 'clerk'));
    journal.take(accept(`i-${name}`));
    return (journal.access.withSecret(`s-i-${name}`) as AccessEntry).subjectID;
  });
  return { journal, sessions: sessions as [number, number] };
}

describe.each(KINDS)('a %s', (kind) => {
  const mine = credential(kind);

  test('begins sessions of its person, and notes its use', () => {
    const { journal, sessions } = signedIn('ann');
    const [made] = journal.take(add(sessions[0], mine)) as AccessEntry[];
    const person = journal.access.named('person', 'ann') as AccessEntry;
    expect(made).toMatchObject({ kind, event: 'made', name: 'phone', personID: person.subjectID });
    expect(journal.take(signIn(mine))).toMatchObject([
      { kind, event: 'used', usedAt: NOW },
      { kind: 'session', event: 'made', personID: person.subjectID, name: 'till' },
    ]);
    expect(journal.take(signIn(mine))).toHaveLength(2);
    expect(journal.take(signIn(credential(kind, 'never added')))).toBe('unknown-credential');
  });

  test('is never found as the secret of a key, a session or an invitation', () => {
    const { journal, sessions } = signedIn('ann');
    journal.take(add(sessions[0], mine));
    expect(journal.access.withSecret(mine.secretHash)).toBeUndefined();
    expect(journal.access.withSecret(`${kind} ${mine.secretHash}`)).toBeUndefined();
    expect(journal.take(accept(mine.secretHash))).toBe('bad-invitation');
    // Nor is one of these found as another.
    expect(journal.take(accept('s-i-ann'))).toBe('bad-invitation');
    const session = { kind, secretHash: 's-i-ann' } as NewCredential;
    expect(journal.take(signIn(session))).toBe('unknown-credential');
    const other = kind === 'passkey' ? 'identity' : 'passkey';
    expect(journal.take(signIn({ ...mine, kind: other }))).toBe('unknown-credential');
  });

  test('is added only by a session that is valid, and of a person who is let in', () => {
    const { journal, sessions } = signedIn('ann');
    const ann = journal.access.named('person', 'ann') as AccessEntry;
    expect(journal.take(add(ann.subjectID, mine))).toBe('unknown-subject');
    expect(journal.take(add(999, mine))).toBe('unknown-subject');
    const [made] = journal.take(add(sessions[0], credential(kind, 'first'))) as [AccessEntry];
    expect(journal.take(add(made.subjectID, mine))).toBe('unknown-subject');
    journal.take({ kind: 'end', subjectID: sessions[0] });
    expect(journal.take(add(sessions[0], mine))).toBe('unknown-subject');
    const expired = signedIn('ann');
    expired.journal.now = LATER;
    expect(expired.journal.take(add(expired.sessions[0], mine))).toBe('unknown-subject');
  });

  test('belongs to one person', () => {
    const { journal, sessions } = signedIn('ann', 'bob');
    journal.take(add(sessions[0], mine));
    expect(journal.take(add(sessions[1], mine))).toBe('credential-taken');
    expect(journal.take(add(sessions[0], mine))).toBe('credential-taken');
    journal.take(invite('eve', 'clerk'));
    const asEve = { ...accept('i-eve'), credential: mine } as AccessCommand;
    expect(journal.take(asEve)).toBe('credential-taken');
    // The invitation is still good.
    expect(journal.take(accept('i-eve'))).toHaveLength(2);
  });

  test('begins one session for each answer', () => {
    const { journal, sessions } = signedIn('ann');
    journal.take(add(sessions[0], mine));
    expect(journal.take(signIn(mine, { mark: 'once' }))).toHaveLength(2);
    expect(journal.take(signIn(mine, { mark: 'once' }))).toBe('answered-already');
    // Nor on another process, which has read the latest entry about each subject, or in a later turn.
    const begun = journal.access.all().find(({ credential: mark }) => mark === 'once');
    journal.take({ kind: 'end', subjectID: begun?.subjectID as number });
    const read = new Access();
    read.load(journal.access.all());
    expect(read.hasMark('once')).toBe(true);
    expect(read.layer().hasMark('once')).toBe(true);
    expect(journal.take(signIn(mine, { mark: 'once' }))).toBe('answered-already');
  });

  test('lets nobody in after it, or its person, was ended', () => {
    const { journal, sessions } = signedIn('ann', 'bob');
    const [made] = journal.take(add(sessions[0], mine)) as AccessEntry[];
    journal.take(add(sessions[1], credential(kind, 'of bob')));
    journal.take({ kind: 'end', subjectID: (made as AccessEntry).subjectID });
    expect(journal.take(signIn(mine))).toBe('unknown-credential');
    expect(journal.access.get(sessions[0])?.state).toBe('active');
    const bob = journal.access.named('person', 'bob') as AccessEntry;
    expect(journal.take({ kind: 'end', subjectID: bob.subjectID })).toHaveLength(3);
    expect(journal.take(signIn(credential(kind, 'of bob')))).toBe('unknown-credential');
  });

  test('has a limit for each person', () => {
    const { journal, sessions } = signedIn('ann', 'bob');
    for (let i = 0; i < CREDENTIALS_MAX; i++) {
      expect(journal.take(add(sessions[0], credential(kind, `c-${i}`)))).toHaveLength(1);
    }
    expect(journal.take(add(sessions[0], mine))).toBe('too-many-credentials');
    expect(journal.take(add(sessions[1], mine))).toHaveLength(1);
  });

  test('can come with an invitation, which it uses up', () => {
    const journal = new Journal();
    journal.take(invite('ann', 'clerk'));
    const withMine = { ...accept('i-ann'), credential: mine } as AccessCommand;
    const taken = journal.take(withMine);
    expect(taken).toMatchObject([
      { kind: 'invitation', event: 'used', state: 'ended' },
      { kind, event: 'made', personID: 1 },
      { kind: 'session', event: 'made', personID: 1 },
    ]);
    expect(journal.take(withMine)).toBe('bad-invitation');
    expect(journal.take(signIn(mine))).toHaveLength(2);
    // To one more device, with what is the person's already.
    journal.take(invite('ann', undefined, 'i-2'));
    const again = { ...accept('i-2'), credential: mine } as AccessCommand;
    expect(journal.take(again)).toMatchObject([
      { kind: 'invitation', event: 'used', state: 'ended' },
      { kind, event: 'used' },
      { kind: 'session', event: 'made' },
    ]);
  });
});

test('a passkey that was removed stays removed, and an identity may be added again', () => {
  for (const kind of KINDS) {
    const { journal, sessions } = signedIn('ann', 'bob');
    const [first] = journal.take(add(sessions[0], credential(kind))) as [AccessEntry];
    journal.take({ kind: 'end', subjectID: first.subjectID });
    const again = journal.take(add(sessions[1], credential(kind)));
    if (kind === 'passkey') expect(again).toBe('credential-taken');
    else {
      // What is noted later of the one that has ended does not hide the one that is active.
      journal.take({ kind: 'refuse', subjectID: first.subjectID, refusedFor: 'ended' });
      const bob = journal.access.named('person', 'bob')?.subjectID;
      expect(journal.take(signIn(credential(kind)))).toMatchObject([
        { personID: bob },
        { kind: 'session', personID: bob },
      ]);
    }
  }
});

test('a passkey whose counter goes back is refused; one that does not count is not', () => {
  const { journal, sessions } = signedIn('ann');
  const mine = credential('passkey');
  journal.take(add(sessions[0], mine));
  const after = (counter: number) => {
    const taken = journal.take(signIn(mine, { counter }));
    return typeof taken === 'string' ? taken : taken.length;
  };
  const said = [0, 0, 5, 5, 4, 0, 6].map(after);
  const back = 'counter-went-back';
  expect(said).toEqual([2, 2, 2, back, back, back, 2]);
  const passkey = journal.access.withCredential('passkey', mine.secretHash) as AccessEntry;
  expect(passkeyOf(passkey)).toEqual({ credentialID: 'id', publicKey: 'key', counter: 6 });
});

test('a layer that ends a passkey or session hides it, and what is below keeps it', () => {
  const { journal, sessions } = signedIn('ann');
  const [made] = journal.take(add(sessions[0], credential('passkey'))) as [AccessEntry];
  const layer = journal.access.layer();
  layer.fold([{ ...made, entry: made.entry + 1, state: 'ended' }]);
  expect(layer.withCredential('passkey', made.secretHash as string)?.state).toBe('ended');
  expect(journal.access.withCredential('passkey', made.secretHash as string)?.state).toBe('active');
});
