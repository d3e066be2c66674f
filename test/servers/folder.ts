import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Linux's disk in memory: no test waits there until something is on a disk. */
const MEMORY = '/dev/shm';

/** Room for a server, and for the ledgers of all workers. A container's own has 64 MB by default. */
const ROOM_BYTES = 2 ** 30;

/** Makes a temporary folder for databases: in memory where there is room, else where temporary files are. */
export function databaseFolder(prefix: string): string {
  return mkdtempSync(path.join(hasRoom(MEMORY) ? MEMORY : tmpdir(), prefix));
}

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}
