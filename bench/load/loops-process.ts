import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { percentile } from '../stats';
import { answered } from './answered';
import { answerTask } from './child';
import type { Looped, Looping } from './loops';

answerTask(async ({ url, requests, together, connections, seconds }: Looping): Promise<Looped> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latenciesMs: number[] = [];
  const errors = { failed: 0, refused: 0 };
  const run = randomUUID();
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  let turns = 0;
  const loop = async () => {
    while (performance.now() < end) {
      const first = (turns * together) % requests.length;
      turns += 1;
      const name = `${run}-${turns}`;
      for (const { path, body, ...request } of requests.slice(first, first + together)) {
        const sent = performance.now();
        const wanted = {
          ...request,
          path: path.replaceAll('#', name),
          body: body.replaceAll('#', name),
        };
        try {
          const status = await answered(agent, url, wanted);
          if (status >= 200 && status < 300) latenciesMs.push(performance.now() - sent);
          else errors.refused += 1;
        } catch {
          errors.failed += 1;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  const tookSeconds = (performance.now() - begun) / 1_000;
  agent.destroy();
  return {
    answers: latenciesMs.length,
    perSecond: latenciesMs.length / tookSeconds,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    errors,
  };
});
