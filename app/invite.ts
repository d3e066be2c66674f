import { pino } from 'pino';
import type { Config } from './config';
import { type Invitation, newInvitation } from './http/access/invitation';
import { callerName } from './http/resources/access/caller-fields';
import { hasOwner } from './ledger/access/decide-access';
import { ROLES, type Role } from './ledger/access/scope';
import type { Ledger } from './ledger/ledger';
import { createService } from './service';
import { StartError } from './start-error';

/** The name of the first person, who may invite all others. */
const OWNER = 'owner';

/** An invitation that was made. */
export interface Invited {
  readonly link: string;
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

/**
 * Invites a person from the command line. A person who can run commands with the service's settings may do everything.
 *
 * @param role of a person who is new; an owner if left out
 * @throws StartError
 */
export async function invite(config: Config, name = OWNER, role?: string): Promise<Invited> {
  const faults = callerName(OWNER)
    .safeParse(name)
    .error?.issues.map(({ message }) => message);
  if (faults) throw new StartError(`The name ${faults.join(', ')}.`);
  if (role !== undefined && !isRole(role)) {
    throw new StartError(`The role must be one of ${Object.keys(ROLES).join(', ')}.`);
  }
  const service = createService(config, pino({ level: 'silent' }));
  try {
    const known = (await service.ledger.access()).named('person', name)?.role;
    if (known && role !== undefined && known !== role) {
      throw new StartError(
        `${name} is a ${known} already: leave out the role, or change it on the page.`,
      );
    }
    const given = known ?? role ?? 'owner';
    const invitation = newInvitation({ name, role: given }, config);
    await submit(service.ledger, invitation, 'command-line');
    return invitedBy(invitation, given);
  } finally {
    service.stop();
    await service.close();
  }
}

/**
 * Invites the first owner if there is no owner yet. That is decided in the turn that records it, so one of all processes on a
 * ledger does it, and no other.
 *
 * @returns undefined if there is an owner, or another process has invited one
 */
export async function inviteFirstOwner(
  ledger: Ledger,
  config: Config,
): Promise<Invited | undefined> {
  if (hasOwner(await ledger.access())) return undefined;
  const invitation = newInvitation({ name: OWNER, role: 'owner', isFirstOwner: true }, config);
  const made = await submit(ledger, invitation, 'service');
  return made ? invitedBy(invitation, 'owner') : undefined;
}

/** A QR code of a link, for a terminal. */
export async function qrCode(link: string): Promise<string> {
  const { renderUnicodeCompact } = await import('uqr');
  return renderUnicodeCompact(link, { border: 2 });
}

/** @returns whether anything was recorded */
async function submit(ledger: Ledger, { command }: Invitation, actor: string): Promise<boolean> {
  const { outcome } = await ledger.submit({ kind: 'access', command, actor });
  if ('refusal' in outcome) throw new StartError(`It was refused: ${outcome.refusal}.`);
  return outcome.length > 0;
}

function invitedBy({ command: { name, expiresAt }, link }: Invitation, role: Role): Invited {
  return { link, name, role, expiresAt };
}

function isRole(word: string): word is Role {
  return Object.hasOwn(ROLES, word);
}
