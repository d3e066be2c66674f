import type { AccessEventAnswer } from '../../wire/access';

/** What happened, in plain words: "ann signed in on The till". The person or key comes first. */
export function accessInWords(event: AccessEventAnswer): string {
  const { event: what, kind, name = '', person = 'somebody', role = '', refusedFor = '' } = event;
  switch (kind) {
    case 'person':
      return PERSON[what](name, role);
    case 'key':
      return what === 'refused'
        ? `The key ${name} was refused: ${why(refusedFor, 'it was removed')}`
        : KEY[what](name);
    case 'session':
      return what === 'refused'
        ? `${person} was refused on ${name}: ${why(refusedFor, 'the device was signed out')}`
        : SESSION[what](person, name);
    case 'invitation':
      return INVITATION[what](person);
    case 'passkey':
      return CREDENTIAL[what](person, `the passkey ${name}`);
    case 'identity':
      return CREDENTIAL[what](person, `the account ${name}`);
    case 'challenge-key':
      return 'The service made its key for passkeys';
  }
}

type Word = Record<AccessEventAnswer['event'], (who: string) => string>;
type WordOf = Record<AccessEventAnswer['event'], (who: string, what: string) => string>;

const PERSON: WordOf = {
  made: (who, role) => `${who} was added as ${role}`,
  changed: (who, role) => `${who} became ${role}`,
  used: (who) => `${who} was let in`,
  refused: (who) => `${who} was refused`,
  ended: (who) => `${who} was removed`,
};

const KEY: Word = {
  made: (who) => `The key ${who} was made`,
  changed: (who) => `The key ${who} was changed`,
  used: (who) => `The key ${who} was let in`,
  refused: (who) => `The key ${who} was refused`,
  ended: (who) => `The key ${who} was removed`,
};

const INVITATION: Word = {
  made: (who) => `${who} was invited to sign in on a device`,
  changed: (who) => `An invitation of ${who} was changed`,
  used: (who) => `${who} used an invitation`,
  refused: (who) => `An invitation of ${who} was refused`,
  ended: (who) => `An invitation of ${who} was removed`,
};

const SESSION: WordOf = {
  made: (who, device) => `${who} signed in on ${device}`,
  changed: (who, device) => `The session of ${who} on ${device} was changed`,
  used: (who, device) => `${who} was let in on ${device}`,
  refused: (who, device) => `${who} was refused on ${device}`,
  ended: (who, device) => `${who} was signed out on ${device}`,
};

const CREDENTIAL: WordOf = {
  made: (who, what) => `${who} added ${what}`,
  changed: (who, what) => `${what} of ${who} was changed`,
  used: (who, what) => `${who} signed in with ${what}`,
  refused: (who, what) => `${who} was refused with ${what}`,
  ended: (who, what) => `${what} of ${who} was removed`,
};

/** Why somebody was refused. @param ended what is said of a key or session that has ended */
function why(refusedFor: string, ended: string): string {
  if (refusedFor === 'ended') return ended;
  if (refusedFor === 'expired') return 'it has expired';
  const scopes = refusedFor.split(' ');
  return `that needs the ${scopes.length === 1 ? 'scope' : 'scopes'} ${scopes.join(', ')}`;
}
