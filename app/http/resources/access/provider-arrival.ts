import type { Request, Response } from 'express';
import type { Access } from '../../../ledger/access/access';
import type { AccessCommand, AccessRefusal } from '../../../ledger/access/access-command';
import type { AccessEntry } from '../../../ledger/access/access-entry';
import { decideSignIn } from '../../../ledger/access/decide-sign-in';
import type { Ledger } from '../../../ledger/ledger';
import { actorNamed } from '../../../wire/actor';
import type { SignInFailure } from '../../../wire/sign-in';
import { NOT_SIGNED_IN_PATH } from '../../../wire/sign-in-path';
import { hashOf } from '../../access/api-key';
import type { Guesses } from '../../access/guesses';
import { SESSION_IDLE_MS, SESSION_MS } from '../../access/lifetimes';
import type { Flow } from '../../access/provider/flow';
import { identityHash } from '../../access/provider/identity';
import type { Account } from '../../access/provider/provider';
import type { ProviderDoor } from '../../access/provider/provider-door';
import { ProviderFailure } from '../../access/provider/provider-failure';
import { newSecret } from '../../access/secret';
import type { SessionCookie } from '../../access/session-cookie';
import { Problem } from '../../problems/problem';

/** What the page is told of each refusal. */
const FAILURES: Partial<Record<AccessRefusal['refusal'], SignInFailure>> = {
  'bad-invitation': 'bad-invitation',
  'credential-taken': 'account-taken',
  'too-many-credentials': 'too-many-accounts',
  'unknown-credential': 'unknown-account',
  'answered-already': 'bad-answer',
  'unknown-subject': 'signed-out',
};

/** What it takes to let those in who are back from the provider. */
interface Entrance {
  readonly ledger: Ledger;
  readonly cookie: SessionCookie;
  readonly door: ProviderDoor | undefined;
  /** Counts those who come back, but for those who are let in: each costs a question to the provider. */
  readonly tries: Guesses;
}

/**
 * The browser is back from the provider: begins a session, or adds the account to a person.
 *
 * @returns where on the page to go, behind its `#`. It is one of a few paths: nothing in it comes from the request
 */
export async function arrive(
  { ledger, cookie, door, tries }: Entrance,
  req: Request,
  res: Response,
): Promise<string> {
  try {
    if (door) tries.count(req);
    const back = await door?.comeBack(req, res);
    if (!back) return notSignedIn('not-begun');
    const session = newSession(back.flow);
    const command = commandOf(back.flow, back.account, session);
    const access = await ledger.access();
    // It is decided in a turn, but what is refused already does not wait for one.
    const early = decideSignIn(access, command, new Date());
    if ('refusal' in early) return notSignedIn(FAILURES[early.refusal] ?? 'service-failed');
    tries.giveBack(req);
    const actor = actorOf(access, command);
    const { outcome } = await ledger.submit({ kind: 'access', command, actor });
    if ('refusal' in outcome) return notSignedIn(FAILURES[outcome.refusal] ?? 'service-failed');
    if (command.kind === 'add-credential') return '/you';
    cookie.set(res, session.secret, new Date(Date.now() + SESSION_MS));
    return '/';
  } catch (error) {
    if (error instanceof ProviderFailure) return notSignedIn(error.kind);
    const isTooMany = error instanceof Problem && error.type === 'rate-limited';
    if (isTooMany) return notSignedIn('too-many-tries');
    // It is logged as the error of the request; a person in a browser is shown the page all the same.
    res.locals.error = error;
    return notSignedIn('service-failed');
  }
}

function notSignedIn(failure: SignInFailure): string {
  return NOT_SIGNED_IN_PATH + failure;
}

/** A session that is to begin. A new secret in any case: nobody can choose it for others. */
function newSession({ device }: Flow) {
  const secret = newSecret();
  const expiresAt = new Date(Date.now() + SESSION_IDLE_MS);
  return { secret, begun: { name: device, secretHash: hashOf(secret), expiresAt } };
}

/** What was begun, now that it is known whose account it is. */
function commandOf(
  { invitationHash, sessionID, state }: Flow,
  account: Account,
  { begun }: ReturnType<typeof newSession>,
): Extract<AccessCommand, { kind: 'accept' | 'add-credential' | 'sign-in' }> {
  const credential = {
    kind: 'identity',
    name: new URL(account.issuer).host,
    secretHash: identityHash(account),
    credential: JSON.stringify(account),
  } as const;
  if (sessionID !== undefined) return { kind: 'add-credential', sessionID, credential };
  if (invitationHash !== undefined) return { kind: 'accept', invitationHash, credential, ...begun };
  // What came back for this state begins one session, on all processes together.
  return { kind: 'sign-in', credential, mark: hashOf(state), ...begun };
}

/** The person in whose name it is recorded. */
function actorOf(access: Access, command: ReturnType<typeof commandOf>): string | undefined {
  const personID = subjectOf(access, command)?.personID ?? undefined;
  const person = personID === undefined ? undefined : access.get(personID);
  return person && actorNamed('person', person.name);
}

function subjectOf(access: Access, command: ReturnType<typeof commandOf>): AccessEntry | undefined {
  switch (command.kind) {
    case 'accept':
      return access.withSecret(command.invitationHash);
    case 'add-credential':
      return access.get(command.sessionID);
    case 'sign-in':
      return access.withCredential('identity', command.credential.secretHash);
  }
}
