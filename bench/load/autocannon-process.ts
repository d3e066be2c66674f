import autocannon from 'autocannon';
import type { Shot } from './autocannon';
import { answerTask } from './child';
import type { Loading } from './load';

/** A request that takes longer is an error. */
const TIMEOUT_S = 30;

/** Each connection builds all its requests before it sends the first. */
const REQUESTS_MAX = 20;

answerTask(async ({ url, requests, connections, seconds }: Loading): Promise<Shot> => {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: TIMEOUT_S,
    requests: requests
      .slice(0, REQUESTS_MAX)
      .map(({ body, ...request }) => (body === '' ? request : { ...request, body })),
  });
  const { errors, timeouts, non2xx } = result;
  return {
    answers: result['2xx'],
    seconds: result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    errors: { errors, timeouts, non2xx },
  };
});
