import { Agent } from 'node:http';
import { percentile } from '../stats';
import { answered } from './answered';
import { answerTask } from './child';
import type { LoadRequest } from './load';
import type { Paced, Pacing } from './paced';

/** How often it checks which requests are due. */
const TICK_MS = 1;

/** As many connections as a browser or a small pool would have. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

answerTask(async ({ url, requests, perSecond, seconds }: Pacing): Promise<Paced> => {
  const latenciesMs: number[] = [];
  const errors = { failed: 0, refused: 0 };
  const sent: Promise<void>[] = [];
  const ask = async (wanted: LoadRequest) => {
    const begun = performance.now();
    try {
      const status = await answered(agent, url, wanted);
      if (status >= 200 && status < 300) latenciesMs.push(performance.now() - begun);
      else errors.refused += 1;
    } catch {
      errors.failed += 1;
    }
  };
  const begun = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(seconds * 1_000, performance.now() - begun) * (perSecond / 1_000);
      while (sent.length < Math.floor(due)) {
        sent.push(ask(requests[sent.length % requests.length] as LoadRequest));
      }
      if (sent.length < Math.floor(seconds * perSecond)) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  await Promise.all(sent);
  agent.destroy();
  return {
    answers: latenciesMs.length,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    errors,
  };
});
