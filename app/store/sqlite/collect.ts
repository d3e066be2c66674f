import { setImmediate as othersDone } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Has memory that nobody uses any more given back now. The driver finalizes statements only then, and SQLite keeps a
 * closed connection open until its statements are. It may hold up everybody for as long as the heap is large.
 */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  setFlagsFromString('--no-expose-gc');
  // What was collected is given back by the driver in a callback.
  await othersDone();
  await othersDone();
}
