import { setTimeout as pause } from 'node:timers/promises';
import mysql from 'mysql2/promise';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/** Waits until a server lets its account in and answers a query. @throws its last error after a minute */
export async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const connection = await mysql.createConnection({ uri: url, connectTimeout: 2_000 });
      await connection.query('SELECT 1');
      await connection.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(POLL_MS);
    }
  }
}
