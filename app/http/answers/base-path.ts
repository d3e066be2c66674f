import type { ServerResponse } from 'node:http';
import { isProblemURI } from '../../wire/problem';

/** Where an answer has the base path: nothing else is handed to all that writes answers. */
const BASE_PATH = Symbol('base path');
type Based = ServerResponse & { [BASE_PATH]?: string };

export function setBasePath(res: ServerResponse, basePath: string): void {
  if (basePath !== '') (res as Based)[BASE_PATH] = basePath;
}

/** What stands before each path that an answer names: empty unless the service is under a path of its host. */
export function basePathOf(res: ServerResponse): string {
  return (res as Based)[BASE_PATH] ?? '';
}

type Replacer = (name: string, value: unknown) => unknown;

/** For JSON.stringify: has the types of problems lead to where they are told of (RFC 9457, section 3.1.1). */
export function typesAt(basePath: string): Replacer | undefined {
  if (basePath === '') return undefined;
  return (name, value) =>
    name === 'type' && typeof value === 'string' && isProblemURI(value) ? basePath + value : value;
}
