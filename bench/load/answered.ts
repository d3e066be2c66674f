import { type Agent, request } from 'node:http';
import type { LoadRequest } from './load';

/** The status of an answer that was read completely. */
export function answered(
  agent: Agent,
  url: string,
  { method, path, headers, body }: LoadRequest,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(`${url}${path}`, { agent, method, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    });
    sending.once('error', reject);
    sending.end(body);
  });
}
