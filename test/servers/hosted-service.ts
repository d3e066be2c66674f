import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ServiceClient } from './service-client';

/** Starts the process that runs hosted services, until `stop` or the end of this one. @returns where it listens */
export async function startServiceHost(): Promise<{ url: string; stop(): void }> {
  const program = [path.join(__dirname, 'typescript.js'), path.join(__dirname, 'service-host.ts')];
  const host: ChildProcess = spawn(process.execPath, ['--require', ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = await once(host.stdout as NodeJS.EventEmitter, 'data');
  return { url: `http://127.0.0.1:${Number(port)}`, stop: () => void host.kill() };
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
  const answer = await fetch(`${process.env.TEST_SERVICE_HOST}${resource}`, request);
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}
