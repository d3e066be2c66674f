import { readdirSync, readFileSync } from 'node:fs';

/** What Linux counts CPU time in, for programs: USER_HZ (proc(5)). */
const TICK_MS = 10;

/** Fields of /proc/PID/stat behind the name, which stands in brackets and may hold spaces. */
const GROUP = 2;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

/** CPU time that a process has used, user and system; undefined if the machine does not say. */
export function cpuMs(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields && ticks(fields) * TICK_MS;
}

/** The same of all processes of a group. */
export function groupCpuMs(group: number): number | undefined {
  return processes(group)?.reduce((sum, { fields }) => sum + ticks(fields) * TICK_MS, 0);
}

/** Memory that a group's processes hold now, or the most that they ever held; undefined if the machine does not say. */
export function groupMemoryBytes(group: number, which: 'now' | 'most'): number | undefined {
  const name = which === 'now' ? 'VmRSS' : 'VmHWM';
  return processes(group)?.reduce((sum, { pid }) => {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const [, kibibytes = 0] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
    return sum + Number(kibibytes) * 1024;
  }, 0);
}

function processes(group: number): { pid: number; fields: string[] }[] | undefined {
  if (!statOf(group)) return undefined;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), fields: statOf(Number(name)) ?? [] }))
    .filter(({ fields }) => Number(fields[GROUP]) === group);
}

function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function ticks(fields: readonly string[]): number {
  return Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS]);
}
