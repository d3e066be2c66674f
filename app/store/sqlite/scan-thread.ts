import { parentPort, workerData } from 'node:worker_threads';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import { answering } from '../questions';
import { Database } from './database';
import { SQLITE } from './dialect';
import type { ScanAnswer, ScanQuestion } from './scan-threads';

/** A thread that reads one SQLite file: it answers one question after the other until it is told to end. */

const { file } = workerData as { readonly file: string };
const database = new Database(file, { isThere: true });
database.exec('PRAGMA query_only = ON');

parentPort?.on('message', (question: ScanQuestion | 'end') => {
  if (question === 'end') {
    database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answerTo(question));
});

function answerTo({ question, asked }: ScanQuestion): ScanAnswer {
  try {
    return { answer: database.answer(answering(SQLITE, question, asked as never)) };
  } catch (error) {
    return {
      unavailable: error instanceof StoreUnavailable,
      unusable: error instanceof StoreUnusable ? error.reason : undefined,
      message: `${question}: ${(error as Error).message}`,
    };
  }
}
