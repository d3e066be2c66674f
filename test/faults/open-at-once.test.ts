import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { databaseFolder } from '../servers/folder';

const PROCESSES = 6;
const FILES = 100;

const STORE = path.join(__dirname, '..', '..', 'dist', 'store', 'sqlite', 'sqlite-store.js');

/** Opens each given file, and reports what went wrong, if anything. */
const OPENER = `
const { SqliteStore } = require(${JSON.stringify(STORE)});
process.on('message', async (file) => {
  try {
    await new SqliteStore(file).close();
    process.send('');
  } catch (error) {
    process.send(error.message);
  }
});
process.send('ready');
`;

describe('an embedded store that is not there yet', () => {
  let folder: string;
  let openers: ChildProcess[];
  beforeEach(async () => {
    folder = databaseFolder('inventory-test-');
    const script = path.join(folder, 'opener.js');
    writeFileSync(script, OPENER);
    openers = Array.from({ length: PROCESSES }, () => fork(script));
    await Promise.all(openers.map((opener) => once(opener, 'message')));
  });
  afterEach(() => {
    for (const opener of openers) opener.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  test(`is opened by ${PROCESSES} processes at once, ${FILES} times`, async () => {
    for (let file = 0; file < FILES; file++) {
      const opened = openers.map((opener) => once(opener, 'message'));
      for (const opener of openers) opener.send(path.join(folder, `${file}.sqlite`));
      const faults = (await Promise.all(opened)).map(([fault]) => fault);
      expect(faults).toEqual(openers.map(() => ''));
    }
  });
});
