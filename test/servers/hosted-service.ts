import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../faults/until';
import { ServiceClient } from './service-client';

/** The process that runs hosted services. */
export interface ServiceHost {
  readonly url: string;
  /** A file that is written when the process ends. It says with what. */
  readonly endFile: string;
  stop(): Promise<void>;
}

/** Starts the process that runs hosted services, until `stop` or the end of this one. @throws Error if it ends at once */
export async function startServiceHost(): Promise<ServiceHost> {
  const folder = mkdtempSync(path.join(tmpdir(), 'service-host-'));
  const endFile = path.join(folder, 'end');
  const program = [path.join(__dirname, 'typescript.js'), path.join(__dirname, 'service-host.ts')];
  const host = spawn(process.execPath, ['--require', ...program]);
  let stderr = '';
  host.stderr.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    stderr += chunk;
  });
  const ended = once(host, 'close').then(([code, signal]) => {
    const end = `The process that runs the services of all tests has ended with ${signal ?? code}. ${stderr}`;
    writeFileSync(endFile, end);
    return end;
  });
  const remove = () => rmSync(folder, { recursive: true });
  const port = await Promise.race([once(host.stdout, 'data').then(Number), ended]);
  if (typeof port === 'string') {
    remove();
    throw new Error(port);
  }
  const stop = async () => {
    host.kill();
    await ended;
    remove();
  };
  return { url: `http://127.0.0.1:${port}`, endFile, stop };
}

/** A service that shares a process with those of other tests. It cannot be killed; see `ServiceProcess` for one that can. */
export class HostedService extends ServiceClient {
  private constructor(readonly port: number) {
    super();
  }

  /** Starts a service with these settings, and waits until it has loaded its stock. */
  static async start(settings: Readonly<Record<string, string>>): Promise<HostedService> {
    const answer = await askHost('/', { method: 'POST', body: JSON.stringify(settings) });
    return new HostedService(((await answer.json()) as { port: number }).port);
  }

  async stop(): Promise<void> {
    await askHost(`/${this.port}`, { method: 'DELETE' });
  }
}

async function askHost(resource: string, request: RequestInit): Promise<Response> {
  const answer = await fetch(`${process.env.TEST_SERVICE_HOST}${resource}`, request).catch(
    async (cause: Error) => {
      throw new Error(await hostEnd(), { cause });
    },
  );
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

/** What the host ended with. It is written by another process, which may notice the end a moment later than this one. */
function hostEnd(): Promise<string> {
  const file = process.env.TEST_SERVICE_HOST_END as string;
  const read = () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  return until('the host of services has ended', read, 2_000);
}
