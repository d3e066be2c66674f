import path from 'node:path';
import { ServerProcess } from './server-process';

/** The built service, as it is deployed. */
const MAIN = path.join(__dirname, '..', '..', '..', 'main.js');

/** Starts the service with its default settings, except for the place of its ledger. */
export function startService(
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  return ServerProcess.start(MAIN, environment, '/readyz');
}
