import type { QueryError } from 'mysql2';
import { StoreUnavailable, StoreUnusable, type UnusableReason } from '../../ledger/store-failure';

/**
 * The server's error numbers for a conflict with another transaction, or a server that is shutting down:
 * https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and
 * https://mariadb.com/kb/en/mariadb-error-codes/. After each of them the same work may succeed.
 */
const PASSING = new Set([
  1020, // ER_CHECKREAD: MariaDB's snapshot isolation saw a newer version of a row
  1040, // ER_CON_COUNT_ERROR
  1047, // WSREP has not yet prepared this Galera node
  1053, // ER_SERVER_SHUTDOWN
  1062, // ER_DUP_ENTRY: somebody inserted a record by hand meanwhile
  1152, // ER_ABORTING_CONNECTION
  1158, // ER_NET_READ_ERROR and its kin
  1159,
  1160,
  1161,
  1180, // ER_ERROR_DURING_COMMIT
  1205, // ER_LOCK_WAIT_TIMEOUT
  1213, // ER_LOCK_DEADLOCK, and a lost Galera certification
  1317, // ER_QUERY_INTERRUPTED
  1927, // ER_CONNECTION_KILLED
  3100, // ER_RUN_HOOK_ERROR: Group Replication refused the COMMIT
  3101, // ER_TRANSACTION_ROLLBACK_DURING_COMMIT
  4031, // ER_CLIENT_INTERACTION_TIMEOUT: wait_timeout ran out
]);

/** The schema is missing. */
export const NO_SUCH_TABLE = 1146;

/** The server's error numbers for faults that last until somebody repairs them. */
const UNUSABLE = new Map<number, UnusableReason>([
  [1021, 'disk-full'], // ER_DISK_FULL
  [1026, 'write-failed'], // ER_ERROR_ON_WRITE
  [1030, 'write-failed'], // ER_GET_ERRNO: the storage engine's own error, such as 28, no space left
  [1034, 'damaged'], // ER_NOT_KEYFILE
  [1036, 'read-only'], // ER_OPEN_AS_READONLY
  [1044, 'no-rights'], // ER_DBACCESS_DENIED_ERROR
  [1045, 'no-rights'], // ER_ACCESS_DENIED_ERROR: another password, or no such account
  [1054, 'no-table'], // ER_BAD_FIELD_ERROR
  [1114, 'disk-full'], // ER_RECORD_FILE_FULL
  [1130, 'no-rights'], // ER_HOST_NOT_PRIVILEGED: no account may come from here
  [1142, 'no-rights'], // ER_TABLEACCESS_DENIED_ERROR
  [1143, 'no-rights'], // ER_COLUMNACCESS_DENIED_ERROR
  [NO_SUCH_TABLE, 'no-table'],
  [1194, 'damaged'], // ER_CRASHED_ON_USAGE
  [1227, 'no-rights'], // ER_SPECIFIC_ACCESS_DENIED_ERROR
  [1290, 'read-only'], // ER_OPTION_PREVENTS_STATEMENT: read_only or super_read_only
  [1698, 'no-rights'], // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
  [1792, 'read-only'], // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
  [1820, 'no-rights'], // ER_MUST_CHANGE_PASSWORD
  [1836, 'read-only'], // ER_READ_ONLY_MODE
  [1862, 'no-rights'], // ER_MUST_CHANGE_PASSWORD_LOGIN
  [1932, 'no-table'], // ER_NO_SUCH_TABLE_IN_ENGINE
  [3118, 'no-rights'], // ER_ACCOUNT_HAS_BEEN_LOCKED
  [4151, 'no-rights'], // MariaDB's ER_ACCOUNT_HAS_BEEN_LOCKED
]);

/**
 * Errors of a COMMIT that was surely rolled back, because the server has become read-only (`ha_commit_trans` in
 * sql/handler.cc, in both MySQL and MariaDB). After other errors the outcome is unknown.
 */
const NOT_COMMITTED = new Set([1290, 1836]);

/** The error of a COMMIT. It is StoreUnusable only if surely nothing was committed. */
export function commitError(error: unknown): unknown {
  if (!(error instanceof StoreUnusable)) return error;
  const { errno = 0 } = error.cause as Partial<QueryError>;
  return NOT_COMMITTED.has(errno)
    ? error
    : new StoreUnavailable(error.message, { cause: error.cause });
}

/** Whether the same work may succeed later, so that an error of mysql2 is StoreUnavailable. */
function isPassing(error: unknown): boolean {
  const { errno, code, fatal } = error as Partial<QueryError>;
  if (typeof errno === 'number' && errno > 0) return PASSING.has(errno) || fatal === true;
  return fatal === true || typeof code === 'string';
}

/** An error of mysql2 as StoreUnavailable or StoreUnusable, if it is one. */
export function translated(error: unknown): unknown {
  if (error instanceof StoreUnavailable || error instanceof StoreUnusable) return error;
  const reason = UNUSABLE.get((error as Partial<QueryError>).errno ?? 0);
  if (reason !== undefined) return new StoreUnusable(reason, described(error), { cause: error });
  if (!isPassing(error)) return error;
  return new StoreUnavailable(described(error), { cause: error });
}

/** An error in one line, for the log and never for a client. */
export function described(error: unknown): string {
  const { code, message } = error as Partial<QueryError>;
  return [code, message].filter(Boolean).join(': ') || String(error);
}
