import { Access } from '../../app/ledger/access/access';
import type { AccessChange, AccessCommand } from '../../app/ledger/access/access-command';
import type { AccessEntry } from '../../app/ledger/access/access-entry';
import { decideAccess } from '../../app/ledger/access/decide-access';
import { ALL_RIGHTS, type Rights } from '../../app/ledger/access/rights';
import type { Scope } from '../../app/ledger/access/scope';

export const NOW = new Date('2026-11-26T10:00:00Z');
export const LATER = new Date('2026-12-26T10:00:00Z');

/** A journal that decides and takes up what was decided, as a turn does. */
export class Journal {
  readonly access = new Access();
  now = NOW;

  take(command: AccessCommand, own: Rights = ALL_RIGHTS): string | readonly AccessEntry[] {
    const decided = decideAccess(this.access, own, command, this.now);
    if ('refusal' in decided) return decided.refusal;
    let added = 0;
    return decided.map((change) => {
      const entry = this.#placed(change, added);
      added = entry.subjectID;
      this.access.fold([entry]);
      return entry;
    });
  }

  #placed(change: AccessChange, added: number): AccessEntry {
    const entry = (this.access.last?.entry ?? 0) + 1;
    const { subjectID = entry, madeAt = this.now } = change;
    const personID = change.personID === 'new' ? added : change.personID;
    const place = { entry, subjectID, personID, madeAt, recordedAt: this.now };
    return { ...change, ...place, actor: null, turnMark: 1 };
  }
}

export const key = (name: string, ...scopes: Scope[]): AccessCommand => ({
  kind: 'make-key',
  name,
  secretHash: name,
  scopes,
  locations: null,
  rateLimit: null,
  expiresAt: null,
});
export const invite = (
  name: string,
  role?: 'owner' | 'clerk',
  secretHash = `i-${name}`,
): AccessCommand => ({
  kind: 'invite',
  name,
  role,
  locations: null,
  secretHash,
  expiresAt: LATER,
});
export const accept = (
  invitationHash: string,
  secretHash = `s-${invitationHash}`,
): AccessCommand => ({
  kind: 'accept',
  invitationHash,
  name: 'till',
  secretHash,
  expiresAt: LATER,
});
