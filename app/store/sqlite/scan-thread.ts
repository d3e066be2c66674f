import { parentPort, workerData } from 'node:worker_threads';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store';
import { Database } from './database';
import { type Answered, type Asked, SCANS } from './scans';

/** The thread in which one SQLite file is read: it answers each question that it is asked, until it is told to end. */

const { file } = workerData as { readonly file: string };
const database = new Database(file, { isThere: true });
database.exec('PRAGMA query_only = ON');

parentPort?.on('message', (question: Asked | 'end') => {
  if (question === 'end') {
    database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answerTo(question));
});

function answerTo({ scan, asked }: Asked): Answered {
  try {
    const select = SCANS[scan] as (database: Database, ...asked: readonly unknown[]) => unknown;
    return { answer: select(database, ...asked) };
  } catch (error) {
    return {
      unavailable: error instanceof StoreUnavailable,
      unusable: error instanceof StoreUnusable ? error.reason : undefined,
      message: `${scan}: ${(error as Error).message}`,
    };
  }
}
