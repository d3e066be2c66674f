import type { ServerResponse } from 'node:http';
import { isProblemURI } from '../../wire/problem';

/** The base path is kept on the answer, since that is what every function gets that writes answers. */
const BASE_PATH = Symbol('base path');
type Based = ServerResponse & { [BASE_PATH]?: string };

export function setBasePath(res: ServerResponse, basePath: string): void {
  if (basePath !== '') (res as Based)[BASE_PATH] = basePath;
}

/** The prefix of each path that an answer names; empty unless the service is below a path of its host. */
export function basePathOf(res: ServerResponse): string {
  return (res as Based)[BASE_PATH] ?? '';
}

/** As JSON.stringify takes it. */
export type Replacer = (name: string, value: unknown) => unknown;

/** A replacer for JSON.stringify that adds the base path to the types of problems (RFC 9457, section 3.1.1). */
export function withBasePath(basePath: string): Replacer | undefined {
  if (basePath === '') return undefined;
  return (name, value) =>
    name === 'type' && typeof value === 'string' && isProblemURI(value) ? basePath + value : value;
}
