import type { Bench } from '../bench';
import type { Sample, Side } from './interleaved';

/** Work that is done again and again, one after the other, for a round: how many of its parts are done in a second. */
export function repeated(
  { settings: { seconds } }: Bench,
  name: string,
  parts: number,
  work: () => Promise<unknown>,
): Side {
  return {
    name,
    warmUp: async () => {
      await work();
      await work();
    },
    measure: async (): Promise<Sample> => {
      const begun = performance.now();
      let times = 0;
      let elapsedMs = 0;
      do {
        await work();
        times += 1;
        elapsedMs = performance.now() - begun;
      } while (elapsedMs < seconds * 1_000);
      return { perSecond: (times * parts) / (elapsedMs / 1_000), times };
    },
  };
}
