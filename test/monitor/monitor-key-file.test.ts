import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withMonitorKey } from '../../app/monitor-key-file';
import { ServiceProcess } from '../faults/service-process';
import { until } from '../faults/until';
import { onEveryStore } from '../stores';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inventory-key-'));
  file = path.join(folder, 'monitor-key');
});
afterEach(async () => {
  await ServiceProcess.killAll();
  rmSync(folder, { recursive: true });
});

onEveryStore((place) => {
  test('the file of the key is made by the first that starts, and the monitor works with it', async () => {
    const { environment } = place();
    const keys = { ACCESS: 'keys', MONITOR_KEY_FILE: file };
    const open = await ServiceProcess.start(environment);
    const service = await ServiceProcess.start({ ...environment, ...keys });
    const key = readFileSync(file, 'utf8').trim();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await open.count(7, 0);
    const API_URL = `http://127.0.0.1:${service.port}`;
    const monitor = await ServiceProcess.startMonitor({ ...keys, API_URL });
    await until('the alert', async () => (await open.get('/alerts')).body[0]);
    for (const { log } of [service, monitor]) expect(JSON.stringify(log)).not.toContain(key);
    expect(readdirSync(folder)).toEqual(['monitor-key']);
  });
});

test('the file is made only where it is needed, and MONITOR_KEY goes before it', () => {
  const given = { ACCESS: 'keys', MONITOR_KEY: 'given', MONITOR_KEY_FILE: file };
  for (const env of [given, { MONITOR_KEY_FILE: file }, { ACCESS: 'keys' }]) {
    expect(withMonitorKey(env)).toBe(env);
  }
  expect(readdirSync(folder)).toEqual([]);
  const asked = { ACCESS: 'keys', MONITOR_KEY_FILE: file };
  const { MONITOR_KEY } = withMonitorKey(asked);
  expect(withMonitorKey(asked).MONITOR_KEY).toBe(MONITOR_KEY);
});

test('a file that can be neither read nor made is told in one line', () => {
  mkdirSync(file);
  const asked = { ACCESS: 'keys', MONITOR_KEY_FILE: file };
  expect(() => withMonitorKey(asked)).toThrow(/^MONITOR_KEY_FILE must be .*EISDIR\)$/);
  const missing = { ACCESS: 'keys', MONITOR_KEY_FILE: path.join(folder, 'no', 'key') };
  expect(() => withMonitorKey(missing)).toThrow(/^MONITOR_KEY_FILE must be .*ENOENT\)$/);
});
