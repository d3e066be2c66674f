import path from 'node:path';
import { ServerProcess } from './server-process';

/** The built service, as it is deployed. */
const MAIN = path.join(__dirname, '..', '..', '..', 'main.js');

/**
 * Starts the service with its default settings, except for the place of its ledger.
 *
 * @param checkout the folder of another version, built; undefined for this one
 */
export function startService(
  environment: Readonly<Record<string, string>>,
  checkout?: string,
): Promise<ServerProcess> {
  const main = checkout === undefined ? MAIN : path.join(checkout, 'dist', 'main.js');
  return ServerProcess.start(main, environment, '/readyz');
}
