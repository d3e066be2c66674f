import path from 'node:path';
import { ServerProcess } from './server-process';

const REFERENCES = path.join(__dirname, 'reference');

/** Express + multer with the same route and no database: the most that these libraries can do. */
export function startLimit(): Promise<ServerProcess> {
  return ServerProcess.start(path.join(REFERENCES, 'limit.js'), {}, '/ready');
}

/**
 * Express that sends the same bytes from memory.
 *
 * @param source the URL from which it gets them, once
 */
export function startMemory(source: string): Promise<ServerProcess> {
  return ServerProcess.start(path.join(REFERENCES, 'memory.js'), { SOURCE: source }, '/ready');
}

/** The service written in the plain way. */
export function startPlain(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  return ServerProcess.start(path.join(REFERENCES, 'plain.js'), environment, '/ready');
}
