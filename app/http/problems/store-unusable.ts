import type { UnusableReason } from '../../ledger/store-failure';
import { Problem } from './problem';
import { RETRY_LATER } from './retry-after';

/** What is wrong, and what to do about it: for whoever runs the service, without what a driver says. */
const WORDS: Record<UnusableReason, string> = {
  'disk-full': 'The disk of the database is full: make room on it.',
  'write-failed':
    'The disk of the database cannot be written: look for a quota, a limit on the size of files, or a fault.',
  'read-only': 'The database is read-only: make it writable.',
  'no-rights':
    "The service's account is not let in by the database, or lacks a right there: check DB_USER and DB_PASSWORD, and grant the rights as db/init.sql does.",
  'no-head':
    'The row by which changes take turns is missing in the database: put it back, as docs/problems.md says.',
  'no-table': 'A table or column of the ledger is missing in the database: restore it.',
  damaged: 'The database is damaged: restore a backup.',
  'file-gone':
    'The file of the ledger is gone from its folder: put it back, or restore a backup. If it is there, the -wal or -shm beside it is gone: start the service again.',
  'file-replaced':
    'Another file is in the place of the ledger: stop the service before a file is put there, and start it again.',
};

/** The problem that the store cannot be used until somebody sees to it. */
export function storeUnusable(reason: UnusableReason, recorded = ''): Problem {
  return new Problem('store-unusable', `${recorded}${WORDS[reason]}`, { reason }, RETRY_LATER);
}
