import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Load, type Loaded, type Loading, type LoadRequest, refuseErrors } from './load';

/** A request that takes longer is an error. */
const TIMEOUT_S = 30;

/** wrk (https://github.com/wg/wrk). One thread is more than enough to load one Node process. */
export class Wrk implements Load {
  constructor(readonly name: string) {}

  async run({ url, requests, connections, seconds }: Loading): Promise<Loaded> {
    const folder = mkdtempSync(path.join(tmpdir(), 'inventory-wrk-'));
    const script = path.join(folder, 'load.lua');
    writeFileSync(script, scriptOf(requests));
    const args = ['--threads', '1', '--connections', connections, '--duration', `${seconds}s`];
    args.push('--timeout', `${TIMEOUT_S}s`, '--script', script, url);
    try {
      const { stdout } = await promisify(execFile)('wrk', args.map(String));
      const { errors, micros, answers, p50, p99 } = JSON.parse(stdout.slice(stdout.indexOf('{"')));
      refuseErrors(errors, answers);
      return {
        answers,
        perSecond: answers / (micros / 1e6),
        p50Ms: p50 / 1_000,
        p99Ms: p99 / 1_000,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** wrk's names of errors. `status` counts answers of 400 and more. */
const DONE = `
function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"answers":%d,"micros":%d,"p50":%f,"p99":%f,' ..
    '"errors":{"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect, e.read, e.write, e.status, e.timeout))
end
`;

/** All requests are built before the first is sent. */
function scriptOf(requests: readonly LoadRequest[]): string {
  const made = requests.map(({ method, path: resource, headers, body }) => {
    const pairs = Object.entries(headers).map(([name, value]) => `[${lua(name)}]=${lua(value)}`);
    const content = body === '' ? 'nil' : lua(body);
    return `  ready[#ready + 1] = wrk.format(${lua(method)}, ${lua(resource)}, {${pairs.join(', ')}}, ${content})`;
  });
  return `local ready = {}
local turn = 0
function init()
${made.join('\n')}
end
function request()
  turn = turn % #ready + 1
  return ready[turn]
end
${DONE}`;
}

/** A string in Lua. Characters that are not plain ASCII are decimal escapes. */
function lua(text: string): string {
  const escaped = [...Buffer.from(text, 'utf8')].map((byte) => {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    return plain ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
