import { DatabaseSync } from '@photostructure/sqlite';
import mysql from 'mysql2/promise';
import { dummyShop } from '../../app/store/migrations';
import { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { loaded } from '../contract/loaded';
import type { ServiceClient } from '../servers/service-client';
import type { LedgerPlace, MysqlPlace } from '../stores';

/** What is in a ledger before its service starts. */
export type Filling = (place: LedgerPlace) => Promise<void>;

/** Nothing. */
export const empty: Filling = async () => {};

/**
 * The dummy shop without its order: 12 products, and three months of sales, up to yesterday. Tests of alerts begin
 * with none.
 */
export const dummy: Filling = async (place) => {
  const store = place.open();
  // The first read makes MySQL's tables.
  await loaded(store.records).finally(() => store.close());
  const dialect = store instanceof SqliteStore ? 'sqlite' : 'mysql';
  const sql = dummyShop(dialect)
    .join('\n')
    .replace(/^INSERT INTO alerts[^;]*;/m, '');
  if (dialect === 'mysql') await runOnMysql(place as MysqlPlace, sql);
  else runOnSqlite(place.environment.SQLITE_FILE as string, sql);
};

function runOnSqlite(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

async function runOnMysql({ address }: MysqlPlace, sql: string): Promise<void> {
  const connection = await mysql.createConnection({ ...address, multipleStatements: true });
  try {
    await connection.query(`SET time_zone = '+00:00'; ${sql}`);
  } finally {
    await connection.end();
  }
}

const KINDS = ['Beans', 'Filter', 'Grinder', 'Kettle', 'Cup', 'Jug', 'Scale', 'Bottle'];

/**
 * Adds and counts the products 1 to n. Product 42 is named `Grinder 42`, has the SKU `SKU-00042`, the barcode
 * `2000000000428`, the price 4.20, and 42 in stock; product 10,042 has 42, too.
 */
export async function manyProducts(service: ServiceClient, n: number): Promise<void> {
  const ids = Array.from({ length: n }, (_, index) => index + 1);
  const products = ids.map((id) => {
    const digits = String(id).padStart(5, '0');
    const price = (id / 10).toFixed(2);
    return `${id},${KINDS[id % KINDS.length]} ${id},SKU-${digits},${ean13(`2000000${digits}`)},${price}`;
  });
  const counts = ids.map((id) => `${id},${id % 1_000}`);
  const catalogue = ['productID,name,sku,barcode,price', ...products];
  // The shop's own barcodes have no right check digit, which is meant so.
  const { confirm } = (await service.upload('/imports/products?dryRun=true', catalogue.join('\n')))
    .body;
  await importLines(service, `/imports/products?confirm=${confirm}`, catalogue);
  await importLines(service, '/imports/counts', ['productID,availableQuantity', ...counts]);
}

/** The EAN-13 of twelve digits: they and their check digit. */
function ean13(digits: string): string {
  const sum = [...digits].reduce(
    (all, digit, place) => all + Number(digit) * (place % 2 ? 3 : 1),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

async function importLines(service: ServiceClient, resource: string, lines: string[]) {
  const { status, body } = await service.upload(resource, lines.join('\n'));
  expect({ status, body }).toEqual({ status: 201, body: { recorded: lines.length - 1 } });
}
