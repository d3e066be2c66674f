import mysql, { type Connection, type ConnectionOptions, type QueryError } from 'mysql2';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import type { Asking, Statement } from '../asking';
import { described, translated } from './errors';

/** Where the database is, and the account to use. */
export interface MysqlAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A database that does not answer the TCP or MySQL handshake in this time is out of reach. */
const CONNECT_TIMEOUT_MS = 3_000;

/** A statement that takes longer is given up, and its connection closed. Nearly all statements are short. */
const QUERY_TIMEOUT_MS = 5_000;

/** For statements that may read the whole ledger, or rebuild a large table. */
export const NO_TIMEOUT = 0;

/** Strict, and the same on every server, independent of its defaults. */
const SQL_MODE = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

export function connectionOptions(address: MysqlAddress): ConnectionOptions {
  return {
    ...address,
    connectTimeout: CONNECT_TIMEOUT_MS,
    charset: 'utf8mb4',
    timezone: 'Z',
    // Integers beyond 2^53 are read as text, so that they can be refused instead of rounded.
    supportBigNumbers: true,
    multipleStatements: false,
  };
}

/** The first statements of every session. @param more further session variables */
export function sessionSetup(more = ''): string[] {
  return [
    `SET SESSION time_zone = '+00:00', sql_mode = '${SQL_MODE}'${more}`,
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  ];
}

/**
 * Opens a connection and sets up its session.
 *
 * @param options beyond those of every connection
 * @throws StoreUnavailable, or StoreUnusable if the account is refused
 */
export async function connect(
  address: MysqlAddress,
  setup: readonly string[],
  options: ConnectionOptions = {},
): Promise<Connection> {
  const connection = mysql.createConnection({ ...connectionOptions(address), ...options });
  // The server may close an idle connection. The next query on it fails, and that is handled.
  connection.on('error', () => {});
  try {
    for (const sql of setup) await query(connection, sql);
    return connection;
  } catch (error) {
    connection.destroy();
    throw unreachable(error);
  }
}

/**
 * The error of a connection that could not be opened: no answer, or the account was refused. A refused account stays
 * refused until somebody changes that, so it is not tried again at once. At the start it is tried again all the same,
 * since a database that is still being set up refuses it too.
 */
export function unreachable(error: unknown): StoreUnavailable | StoreUnusable {
  const known = translated(error);
  if (known instanceof StoreUnusable || known instanceof StoreUnavailable) return known;
  return new StoreUnavailable(described(error), { cause: error });
}

/**
 * Runs one statement.
 *
 * @param timeoutMs 0 for no bound
 * @returns the rows, or the result header of a statement that has none
 * @throws StoreUnavailable, or the driver's error if trying again would not help
 */
export function query<T>(
  connection: Connection,
  sql: string,
  values: readonly unknown[] = [],
  timeoutMs = QUERY_TIMEOUT_MS,
): Promise<T> {
  const asked = { sql, values: values as unknown[] };
  const options = timeoutMs > 0 ? { ...asked, timeout: timeoutMs } : asked;
  return new Promise((resolve, reject) => {
    connection.query(options, (error, result) => {
      if (!error) {
        resolve(result as T);
        return;
      }
      // The answer may still come. The next statement would wait behind it for ever.
      if (error.code === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
      reject(translated(error));
    });
  });
}

/** Answers what is asked, on a connection that nobody else uses meanwhile. @throws the same errors as `query` */
export async function answer<T>(connection: Connection, asking: Asking<T>): Promise<T> {
  let step = asking.next();
  while (!step.done) {
    const { sql, values, isLong } = step.value;
    const rows = await query<unknown[]>(connection, sql, values, isLong ? NO_TIMEOUT : undefined);
    step = asking.next(rows);
  }
  return step.value;
}

/** The outcome of statements that were sent together: all were run, or the server refused one and ran none after it. */
export type PacketOutcome =
  | { readonly done: true }
  /** `refused` is the index of the refused statement. */
  | { readonly done: false; readonly refused: number; readonly error: unknown };

/**
 * Sends statements in one packet, in one round trip, on a connection with `multipleStatements`. The server runs them
 * one after the other. None of them may return rows.
 *
 * @throws StoreUnavailable if the connection was lost: then it is unknown how many of them were run
 */
export function queryTogether(
  connection: Connection,
  statements: readonly Statement[],
): Promise<PacketOutcome> {
  const sql = statements.map((statement) => statement.sql).join('; ');
  const values = statements.flatMap((statement) => statement.values ?? []);
  return new Promise((resolve, reject) => {
    let answered = 0;
    const command = connection.query({ sql, values, timeout: QUERY_TIMEOUT_MS }, (error) => {
      if (!error && answered === statements.length) resolve({ done: true });
      else if (error && isServerError(error))
        resolve({ done: false, refused: answered, error: translated(error) });
      else {
        connection.destroy();
        reject(translated(error ?? new Error('fewer statements were answered than were sent')));
      }
    });
    // Emitted once for each statement that was run.
    command.on('fields', () => {
      answered += 1;
    });
  });
}

/**
 * Whether the server itself reports this error of a statement. The driver's own errors have no number, or the negative
 * one of a socket error. Those of client libraries, which a proxy may pass on, are 2000 and up.
 */
function isServerError({ errno = 0, fatal }: QueryError): boolean {
  return !fatal && errno > 0 && !(errno >= 2_000 && errno < 3_000);
}
