import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Pinged } from '../load/ping-process';
import type { ServerProcess } from '../servers/server-process';

const SCRIPT = path.join(__dirname, '..', 'load', 'ping-process.js');

/** How long a service kept others waiting while it did some work: tiny requests are sent one after the other meanwhile. */
export async function longestPing(
  { url, pid }: ServerProcess,
  work: () => Promise<unknown>,
): Promise<Pinged> {
  const child = fork(SCRIPT, { serialization: 'advanced' });
  const answered = once(child, 'message');
  child.send({ url, pid });
  await work();
  child.send('stop');
  const [pinged] = (await answered) as [Pinged];
  return pinged;
}
