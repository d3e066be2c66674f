import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'main.js');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inventory-start-'));
  writeFileSync(path.join(folder, 'letter.sqlite'), 'Dear Sir or Madam, '.repeat(100));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a service that cannot start says, and its exit code. */
function start(settings: Readonly<Record<string, string>>) {
  const env = { PATH: process.env.PATH, DB_HOST: '', LOG_LEVEL: 'silent', PORT: '0', ...settings };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, lines: `${stdout}${stderr}`.trim().split('\n') };
}

test.each([
  ['a file that is no database', { SQLITE_FILE: 'letter.sqlite' }, 'SQLITE_FILE'],
  ['a folder that cannot be made', { SQLITE_FILE: 'letter.sqlite/ledger.sqlite' }, 'SQLITE_FILE'],
  ["an address that is not this machine's", { HOST: '192.0.2.1' }, 'HOST'],
])('%s ends the start in one line that names the setting', (_name, settings, setting) => {
  const { status, lines } = start(settings);
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringContaining(setting)]);
});
