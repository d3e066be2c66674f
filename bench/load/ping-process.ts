import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';

/** The URL to ask, and the kernel's number of the server's first thread. */
export interface Pinging {
  readonly url: string;
  readonly pid: number;
}

/** The results until it was told to stop. */
export interface Pinged {
  readonly pings: number;
  /** The longest time until an answer, and the most CPU time of the server's first thread during one ping. */
  readonly longestMs: number;
  readonly longestCpuMs: number;
}

/** The pause between an answer and the next request. */
const PAUSE_MS = 3;

const agent = new Agent({ keepAlive: true });

process.once('message', async ({ url, pid }: Pinging) => {
  let isOver = false;
  process.once('message', () => {
    isOver = true;
  });
  let [pings, longestMs, longestCpuMs] = [0, 0, 0];
  do {
    const [begun, cpu] = [performance.now(), cpuMs(pid)];
    await ping(url);
    longestMs = Math.max(longestMs, performance.now() - begun);
    longestCpuMs = Math.max(longestCpuMs, cpuMs(pid) - cpu);
    pings += 1;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  } while (!isOver);
  agent.destroy();
  process.send?.({ pings, longestMs, longestCpuMs } satisfies Pinged, () => process.disconnect());
});

function ping(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = get(`${url}/healthz`, { agent }, (response) => {
      response.resume().once('end', resolve);
    });
    asking.once('error', reject);
  });
}

/** CPU time of a process's first thread; 0 if the machine does not tell. */
function cpuMs(pid: number): number {
  try {
    const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return 0;
  }
}
