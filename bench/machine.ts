import { statfsSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';

/** The machine of the measurement. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** The file system of the temporary directory, which holds the database: it decides what an fsync costs. */
  readonly filesystem: string;
}

/** Names of file systems, by their numbers (statfs(2)). */
const FILESYSTEMS: Readonly<Record<number, string>> = {
  61267: 'ext4',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  2035054128: 'overlayfs',
  16914836: 'tmpfs, in memory: nothing is durable there',
};

export function machine(): Machine {
  const { type: filesystem } = statfsSync(tmpdir());
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    filesystem: FILESYSTEMS[filesystem] ?? String(filesystem),
  };
}
