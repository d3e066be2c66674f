import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';

/**
 * A process that runs built services for tests which do not kill them: one more costs a tenth of what a process of its
 * own does.
 *
 * - `POST /` with its settings as JSON starts one on a free port. Answers `{port}`.
 * - `DELETE /<port>` closes it.
 *
 * It prints its own port, and ends when its standard input does, which is when the process that started it ends.
 */
const services = new Map<number, RunningService>();

interface RunningService {
  readonly port: number;
  close(): Promise<void>;
}

const host = createServer((req, res) => {
  answer(req).then(
    (body) => res.end(JSON.stringify(body)),
    (error: Error) => res.writeHead(500).end(error.stack),
  );
});
host.listen(0, '127.0.0.1', () => console.log((host.address() as AddressInfo).port));
process.stdin.resume().on('end', () => process.exit());

async function answer(req: IncomingMessage): Promise<{ port?: number }> {
  if (req.method === 'POST') {
    const service = await start((await json(req)) as NodeJS.ProcessEnv);
    services.set(service.port, service);
    return { port: service.port };
  }
  const port = Number(req.url?.slice(1));
  await services.get(port)?.close();
  services.delete(port);
  return {};
}

/** Starts a service as the program does, without its log, and has it load its stock. */
async function start(settings: NodeJS.ProcessEnv): Promise<RunningService> {
  // Loaded when the first one is asked for, since most runs of a single file need none.
  const { pino } = require('pino') as typeof import('pino');
  const { readConfig } = built('config') as typeof import('../../app/config');
  const { createService } = built('service') as typeof import('../../app/service');
  const { httpServer } = built('http/front/server') as typeof import('../../app/http/front/server');
  const config = readConfig(settings);
  const service = createService(config, pino({ level: 'silent' }));
  const server = httpServer(service.app, config.requestTimeoutMs, config.basePath);
  service.connections.watch(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await service.ledger.load();
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      service.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await service.close();
    },
  };
}

function built(file: string): unknown {
  return require(path.join(__dirname, '..', '..', 'dist', file));
}
