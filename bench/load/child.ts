import { fork } from 'node:child_process';
import path from 'node:path';

/**
 * Gives a task to a script in a separate process.
 *
 * @param script the built file, below `bench/`
 * @returns its answer
 */
export function runScript<T>(script: string, task: unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, '..', script), { serialization: 'advanced' });
    child.once('message', (answer) => resolve(answer as T));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}, unanswered`)));
    child.send(task as object);
  });
}

/** The other end: does the one task of this process, and ends. */
export function answerTask<T, R>(work: (task: T) => Promise<R>): void {
  process.once('message', async (task) => {
    const answer = await work(task as T);
    process.send?.(answer, () => process.disconnect());
  });
}
