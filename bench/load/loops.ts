import { runScript } from './child';
import { type Loaded, type Loading, refuseErrors } from './load';

/** What to send: each connection takes the next few requests of the list, and sends them one after the other. */
export interface Looping extends Loading {
  /** How many requests belong together. In their paths and bodies `#` stands for a name that no others have. */
  readonly together: number;
}

/** The result of loops-process.ts. */
export interface Looped extends Loaded {
  readonly errors: Readonly<Record<string, number>>;
}

/**
 * Sends requests that belong together, such as a hold and its sale, from a separate process. It takes more CPU time than wrk, which
 * cannot do this: compare it only with itself.
 *
 * @throws Error if one was not answered by 2xx
 */
export async function loops(looping: Looping): Promise<Loaded> {
  const result = await runScript<Looped>('load/loops-process.js', looping);
  refuseErrors(result.errors, result.answers);
  return result;
}
