import path from 'node:path';
import { ServerProcess } from './server-process';

/** The service as it is deployed, from where this was built to. */
const MAIN = path.join(__dirname, '..', '..', '..', 'main.js');

/** Starts the service with its default settings, but for where its ledger is. */
export function startService(
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  return ServerProcess.start(MAIN, environment, '/readyz');
}
