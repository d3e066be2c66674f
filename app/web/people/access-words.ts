import type { AccessEventAnswer } from '../../wire/access';

/** What is said of a refusal whose reason is no scope. */
const ENDED = 'revoked or signed out before';
const EXPIRED = 'expired';

/** What happened, in plain words: "ann signed in on The till". The person or key comes first. */
export function accessInWords(event: AccessEventAnswer): string {
  const { event: what, kind, name = '', person = 'somebody', role = '', refusedFor = '' } = event;
  switch (kind) {
    case 'person':
      return PERSON[what](name, role);
    case 'key':
      return what === 'refused'
        ? `The key ${name} was refused: ${why(refusedFor)}`
        : KEY[what](name);
    case 'session':
      return what === 'refused'
        ? `${person} was refused on ${name}: ${why(refusedFor)}`
        : SESSION[what](person, name);
    case 'invitation':
      return what === 'ended'
        ? `An invitation of ${person} was used or revoked`
        : `${person} was invited to sign in on a device`;
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
  ended: (who) => `${who} was revoked`,
};

const KEY: Word = {
  made: (who) => `The key ${who} was made`,
  changed: (who) => `The key ${who} was changed`,
  used: (who) => `The key ${who} was let in`,
  refused: (who) => `The key ${who} was refused`,
  ended: (who) => `The key ${who} was revoked`,
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

/** Why somebody was refused. */
function why(refusedFor: string): string {
  if (refusedFor === 'ended') return ENDED;
  if (refusedFor === 'expired') return EXPIRED;
  const scopes = refusedFor.split(' ');
  return `that needs the ${scopes.length === 1 ? 'scope' : 'scopes'} ${scopes.join(', ')}`;
}
