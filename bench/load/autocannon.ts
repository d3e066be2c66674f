import { runScript } from './child';
import { type Load, type Loaded, type Loading, refuseErrors } from './load';

/** The result of autocannon-process.ts. */
export interface Shot {
  readonly answers: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: Readonly<Record<string, number>>;
}

/** autocannon (https://github.com/mcollina/autocannon), in a separate process. */
export class Autocannon implements Load {
  readonly name = 'autocannon';

  async run(loading: Loading): Promise<Loaded> {
    const { answers, seconds, errors, p50Ms, p99Ms } = await runScript<Shot>(
      'load/autocannon-process.js',
      loading,
    );
    refuseErrors(errors, answers);
    return { answers, perSecond: answers / seconds, p50Ms, p99Ms };
  }
}
