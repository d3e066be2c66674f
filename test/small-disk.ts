import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A small disk in memory. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills the rest of the disk. */
  fill(): void;
  /** Removes what `fill` wrote. */
  clear(): void;
  /** Makes it read-only, or writable again. */
  remount(mode: 'ro' | 'rw'): void;
  remove(): void;
}

/** Whether this user may mount one. */
export function maySmallDisk(): boolean {
  try {
    smallDisk(4_096).remove();
    return true;
  } catch {
    return false;
  }
}

/** Mounts one. @throws if this user may not */
export function smallDisk(bytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'inventory-disk-'));
  try {
    const mount = ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder];
    execFileSync('mount', mount, { stdio: 'ignore' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill: () => {
      try {
        writeFileSync(ballast, Buffer.alloc(bytes));
      } catch {
        // It is full.
      }
    },
    clear: () => rmSync(ballast, { force: true }),
    remount: (mode) => void execFileSync('mount', ['-o', `remount,${mode}`, folder]),
    remove: () => {
      // SQLite closes its files when their statements are garbage collected. This does not wait for that.
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
