import type { Bench } from '../bench';
import type { Loaded, Loading, LoadRequest } from '../load/load';
import type { ServerProcess } from '../servers/server-process';
import type { Sample, Side } from './interleaved';

/** How long a side is loaded before its first round: by many at first, since one alone makes code warm in minutes only. */
const WARM_UP_S = 4;
const WARM_UP_CONNECTIONS = 64;

/** What is sent, over so many connections. */
export interface Traffic {
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
}

/**
 * A server under load: what it answers in a second, and what CPU time an answer costs it and the database.
 *
 * @param send if the requests are to be sent in another way
 */
export function throughput(
  bench: Bench,
  name: string,
  server: ServerProcess,
  traffic: Traffic,
  send: (loading: Loading) => Promise<Loaded> = (loading) => bench.load.run(loading),
): Side {
  const run = (seconds: number, connections = traffic.connections) =>
    send({ url: server.url, ...traffic, connections, seconds });
  const { seconds } = bench.settings;
  const warmUpSeconds = Math.min(WARM_UP_S, seconds);
  return {
    name,
    warmUp: async () => {
      if (traffic.connections < WARM_UP_CONNECTIONS) await run(warmUpSeconds, WARM_UP_CONNECTIONS);
      await run(warmUpSeconds);
    },
    measure: async (): Promise<Sample> => {
      const before = { server: server.cpuMs(), database: bench.database.cpuMs() };
      const { answers, perSecond, p50Ms, p99Ms } = await run(seconds);
      return {
        perSecond,
        p50Ms,
        p99Ms,
        ...each('cpuMsEach', before.server, server.cpuMs(), answers),
        ...each('databaseCpuMsEach', before.database, bench.database.cpuMs(), answers),
      };
    },
  };
}

function each(
  name: string,
  before: number | undefined,
  after: number | undefined,
  answers: number,
): Sample {
  return before === undefined || after === undefined ? {} : { [name]: (after - before) / answers };
}
