import { get } from 'node:http';
import type { ServerProcess } from '../servers/server-process';

/** One request alone. */
export interface Once {
  /** How many of it there would be in a second. */
  readonly perSecond: number;
  /** Whether there was no answer in time: then there would be fewer. */
  readonly givenUp: boolean;
}

/** Asks once, for what takes too long to be asked again. */
export function once(server: ServerProcess, path: string, timeoutMs: number): Promise<Once> {
  const begun = performance.now();
  const perSecond = () => 1_000 / (performance.now() - begun);
  return new Promise((resolve, reject) => {
    const request = get(`${server.url}${path}`, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve({ perSecond: perSecond(), givenUp: false });
        else reject(new Error(`${path} was answered by ${response.statusCode}`));
      });
    });
    request.setTimeout(timeoutMs, () => {
      resolve({ perSecond: perSecond(), givenUp: true });
      request.destroy();
    });
    request.once('error', reject);
  });
}
