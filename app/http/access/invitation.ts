import type { InviteCommand } from '../../ledger/access/access-command';
import type { Role } from '../../ledger/access/scope';
import { hashOf } from './api-key';
import { INVITATION_MS } from './lifetimes';
import { newSecret } from './secret';

/** An invitation to sign in: the change that makes it, and the link to give to the person. */
export interface Invitation {
  readonly command: InviteCommand;
  /** It has the secret, of which only a hash is kept: it is told once. */
  readonly link: string;
}

/** Whom to invite. */
interface Invited {
  readonly name: string;
  /** Needed for a person that there is not. */
  readonly role?: Role | undefined;
  /** The locations that a person who is new is bound to; null or left out for all. */
  readonly locations?: readonly number[] | null | undefined;
  /** Only if nobody is an owner yet. */
  readonly isFirstOwner?: true;
}

/** Where people reach the page. */
export interface PagePlace {
  readonly publicUrl?: string | undefined;
  readonly basePath?: string | undefined;
}

/** Makes the secret and the link of an invitation, which is good for three days. */
export function newInvitation(invited: Invited, place: PagePlace): Invitation {
  const secret = newSecret();
  const expiresAt = new Date(Date.now() + INVITATION_MS);
  return {
    command: {
      kind: 'invite',
      ...invited,
      locations: invited.locations ?? null,
      secretHash: hashOf(secret),
      expiresAt,
    },
    // Behind the hash: no request and no log has it.
    link: `${pageUrl(place)}/#/sign-in/${secret}`,
  };
}

/** Where the page is: PUBLIC_URL, which may have the BASE_PATH already. */
export function pageUrl({ publicUrl = '', basePath = '' }: PagePlace): string {
  return publicUrl.endsWith(basePath) ? publicUrl : `${publicUrl}${basePath}`;
}
