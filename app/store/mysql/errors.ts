import type { QueryError } from 'mysql2';
import { StoreUnavailable } from '../../ledger/store';

/**
 * What the server says when another transaction was in the way, or when it is about to go, by
 * number: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and
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
  1290, // ER_OPTION_PREVENTS_STATEMENT: read-only until the failover is done
  1317, // ER_QUERY_INTERRUPTED
  1836, // ER_READ_ONLY_MODE
  1927, // ER_CONNECTION_KILLED
  3100, // ER_RUN_HOOK_ERROR: Group Replication refused the COMMIT
  3101, // ER_TRANSACTION_ROLLBACK_DURING_COMMIT
  4031, // ER_CLIENT_INTERACTION_TIMEOUT: wait_timeout ran out
]);

/** The schema is gone or was never made. */
export const NO_SUCH_TABLE = 1146;

/** Whether an error of mysql2's is one that may pass: StoreUnavailable in the port's terms. */
export function isPassing(error: unknown): boolean {
  const { errno, code, fatal } = error as Partial<QueryError>;
  if (typeof errno === 'number' && errno > 0) return PASSING.has(errno) || fatal === true;
  return fatal === true || typeof code === 'string';
}

/** Puts an error of mysql2's in the port's terms. */
export function translated(error: unknown): unknown {
  if (error instanceof StoreUnavailable || !isPassing(error)) return error;
  return new StoreUnavailable(described(error), { cause: error });
}

/** An error in one line for the log; never for a client. */
export function described(error: unknown): string {
  const { code, message } = error as Partial<QueryError>;
  return [code, message].filter(Boolean).join(': ') || String(error);
}
