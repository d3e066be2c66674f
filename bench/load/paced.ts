import { runScript } from './child';
import { type LoadRequest, refuseErrors } from './load';

/** What to send: a fixed number of requests a second, whether or not the last one was answered. */
export interface Pacing {
  readonly url: string;
  readonly requests: readonly LoadRequest[];
  readonly perSecond: number;
  readonly seconds: number;
}

/** The result of paced-process.ts. */
export interface Paced {
  readonly answers: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: Readonly<Record<string, number>>;
}

/** Sends requests at a steady pace, from a separate process. @throws Error if one was not answered by 2xx */
export async function paced(pacing: Pacing): Promise<Paced> {
  const result = await runScript<Paced>('load/paced-process.js', pacing);
  refuseErrors(result.errors, result.answers);
  return result;
}
