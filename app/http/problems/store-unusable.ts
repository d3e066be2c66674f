import type { UnusableReason } from '../../ledger/store-failure';
import { Problem } from './problem';
import { RETRY_LATER } from './retry-after';

/** The cause and the remedy, for the administrator. Texts of drivers never reach a client. */
const DETAILS: Record<UnusableReason, string> = {
  'disk-full': 'The disk of the database is full: make room on it.',
  'write-failed':
    'The disk of the database cannot be written: check for a quota, a limit on the size of files, or a hardware fault.',
  'read-only': 'The database is read-only: make it writable.',
  'no-rights':
    "The database refuses the service's account, or the account lacks a right: check DB_USER and DB_PASSWORD, and grant the rights as db/init.sql does.",
  'no-head':
    'The row by which processes take turns is missing in the database: put it back, as docs/problems.md says.',
  'no-table': 'A table or column of the ledger is missing in the database: restore it.',
  'newer-schema':
    'A later version of the service has changed the database: run that version here, too.',
  damaged: 'The database is damaged: restore a backup.',
  'file-gone':
    'The file of the ledger is gone from its folder: put it back, or restore a backup. If it is there, the -wal or -shm beside it is gone: start the service again.',
  'file-replaced':
    'Another file is in the place of the ledger: stop the service before a file is put there, and start it again.',
};

/** The problem of a store that cannot be used until an administrator acts. */
export function storeUnusable(reason: UnusableReason, recorded = ''): Problem {
  return new Problem('store-unusable', `${recorded}${DETAILS[reason]}`, { reason }, RETRY_LATER);
}
