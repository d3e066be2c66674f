import { setTimeout as pause } from 'node:timers/promises';
import type { MysqlPlace } from '../stores';

/** InnoDB checks again only if nobody has asked for 100 ms. */
const SNAPSHOT_MS = 120;

/** How many transactions wait for another one's lock in a database now. */
export async function lockWaits(place: MysqlPlace): Promise<number> {
  await pause(SNAPSHOT_MS);
  const waiting = await place.sql(
    `SELECT trx_id
     FROM information_schema.INNODB_TRX
       JOIN information_schema.PROCESSLIST ON ID = trx_mysql_thread_id
     WHERE DB = '${place.address.database}' AND trx_state = 'LOCK WAIT'`,
  );
  return waiting.length;
}
