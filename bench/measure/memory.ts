import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../load/ask';
import type { ServerProcess } from '../servers/server-process';
import { startService } from '../servers/service';
import type { Measured, Side } from './interleaved';

export const MIB = 2 ** 20;

/** How often memory is looked at while work is under way. */
const LOOK_MS = 10;

/** Reads that a service answers before its memory is looked at, and the rest that it gets then. */
const SETTLING_READS = 5;
const SETTLING_MS = 2_000;

/** Memory of a service that has loaded its stock, answered, and become idle. */
export async function settledBytes(service: ServerProcess): Promise<number> {
  for (let read = 0; read < SETTLING_READS; read += 1) await ask(`${service.url}/inventory`);
  await pause(SETTLING_MS);
  return service.memoryBytes();
}

/** The most memory that a service holds while work is under way. */
export async function mostBytes(
  service: ServerProcess,
  work: () => Promise<unknown>,
): Promise<number> {
  let most = service.memoryBytes();
  const looking = setInterval(() => {
    most = Math.max(most, service.memoryBytes());
  }, LOOK_MS);
  try {
    await work();
  } finally {
    clearInterval(looking);
  }
  return Math.max(most, service.memoryBytes());
}

/** Memory of a service that has loaded a ledger: one process for each round. */
export function holding(name: string, environment: Readonly<Record<string, string>>): Side {
  return {
    name,
    measure: async () => {
      const service = await startService(environment);
      try {
        return { heldMiB: (await settledBytes(service)) / MIB };
      } finally {
        await service.stop();
      }
    },
  };
}

/** What the one holds more than the other, round by round. */
export function above(full: Measured, empty: Measured): Measured {
  const rounds = full.rounds.map(({ heldMiB: fullMiB = 0 }, round) => {
    const emptyMiB = empty.rounds[round]?.heldMiB ?? 0;
    return { fullMiB, emptyMiB, aboveMiB: fullMiB - emptyMiB };
  });
  return { name: 'service', rounds };
}
