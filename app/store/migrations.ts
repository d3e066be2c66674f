import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { StoreUnusable } from '../ledger/store-failure';

/** The folder `db/`, beside `app/`, and beside the built `dist/`. */
const DB_FOLDER = path.join(__dirname, '..', '..', 'db');

/** One numbered schema file. It records its own version in `schema_migrations`. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** The schema files of a dialect, in order. */
export function migrations(dialect: 'mysql' | 'sqlite'): Migration[] {
  const folder = path.join(DB_FOLDER, dialect);
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      sql: readFileSync(path.join(folder, name), 'utf8'),
    }));
}

/**
 * The migrations that a database at `version` lacks.
 *
 * @throws SchemaTooNew if the database has migrations that this version of the service does not know
 */
export function pending(all: readonly Migration[], version: number): Migration[] {
  const newest = all.at(-1)?.version ?? 0;
  if (version > newest) throw new SchemaTooNew(version, newest);
  return all.filter((migration) => migration.version > version);
}

/** A newer version of the service has changed the database's schema. */
export class SchemaTooNew extends StoreUnusable {
  override readonly name: string = 'SchemaTooNew';

  constructor(found: number, known: number) {
    super(
      'newer-schema',
      `the database's schema is at version ${found}, this service knows it up to ${known}: run the newer service, or restore an older backup`,
    );
  }
}

/** The database lacks migrations, and none of the service's accounts may change its schema. */
export class SchemaTooOld extends StoreUnusable {
  override readonly name: string = 'SchemaTooOld';

  constructor(found: number, known: number, user: string, options?: ErrorOptions) {
    super(
      'no-rights',
      `the database's schema is at version ${found}, this service needs ${known}, and the account ${user} may not change it: name one that may by DB_MIGRATION_USER and DB_MIGRATION_PASSWORD, or run the later files of db/mysql as an administrator`,
      options,
    );
  }
}

/** The dummy shop: its rows, in SQL for every database, then the statements that date them, for this one. */
export function dummyShop(dialect: 'mysql' | 'sqlite'): string[] {
  return ['shop.sql', `${dialect}.sql`].map((name) =>
    readFileSync(path.join(DB_FOLDER, 'dummy', name), 'utf8'),
  );
}
