import type { Connection } from 'mysql2';
import { migrations, SchemaTooOld } from '../migrations';
import { connect, type MysqlAddress, sessionSetup } from './connection';
import { isCurrent, isNoRights, migrate, schemaVersion } from './migrate';

/** An account that may change the schema, which the service's own account need not. */
export interface Migrator {
  readonly user: string;
  readonly password: string;
}

/** The server's error numbers for an account that it refuses: ER_ACCESS_DENIED_ERROR and similar ones. */
const NOT_ADMITTED = new Set([1044, 1045, 1698]);

/**
 * Brings the schema forward if it is incomplete, with the migrator's account or else with the service's own. A database
 * that was made before there was a migrator does not have that account, and the service's own still has the rights.
 *
 * @param connection the service's own
 * @throws SchemaTooNew, SchemaTooOld, StoreUnavailable
 */
export async function bringForward(
  connection: Connection,
  address: MysqlAddress,
  migrator: Migrator | undefined,
): Promise<void> {
  if (await isCurrent(connection)) return;
  const own = migrator ? await connectAs(address, migrator) : undefined;
  try {
    await migrate(own ?? connection);
  } catch (error) {
    if (!isNoRights(error)) throw error;
    const needed = migrations('mysql').at(-1)?.version ?? 0;
    const user = own && migrator ? migrator.user : address.user;
    throw new SchemaTooOld(await schemaVersion(connection), needed, user, { cause: error });
  } finally {
    own?.destroy();
  }
}

/** @returns undefined if the server refuses the account */
async function connectAs(
  address: MysqlAddress,
  migrator: Migrator,
): Promise<Connection | undefined> {
  try {
    return await connect({ ...address, ...migrator }, sessionSetup());
  } catch (error) {
    const { errno = 0 } = ((error as Error).cause ?? {}) as { errno?: number };
    if (isNoRights(error) && NOT_ADMITTED.has(errno)) return undefined;
    throw error;
  }
}
