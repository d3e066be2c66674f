import { amount, finding } from '../measure/finding';
import { interleaved, type Measured, type Side } from '../measure/interleaved';
import { MIB, settledBytes } from '../measure/memory';
import type { Row } from '../row';
import { startService } from '../servers/service';
import { HUNDRED_THOUSAND } from './import';

/** How much more memory a service uses for its products than a service without any. */
export const memory: Row = {
  name: 'memory',
  about: 'memory at 100,000 products',
  measure: async (bench) => {
    const ledger = await bench.ledger(HUNDRED_THOUSAND);
    const nothing = await bench.database.create('bench_empty');
    const [full, empty] = await interleaved(bench, [
      holding('full', ledger.environment),
      holding('empty', nothing),
    ]);
    return [
      finding(
        {
          what: `memory at ${ledger.products.toLocaleString('en')} products, above the empty service`,
          unit: 'MiB',
          figure: 'aboveMiB',
          target: amount('at most', 100),
        },
        above(full, empty),
      ),
    ];
  },
};

function holding(name: string, environment: Readonly<Record<string, string>>): Side {
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

function above(full: Measured, empty: Measured): Measured {
  const rounds = full.rounds.map(({ heldMiB: fullMiB = 0 }, round) => {
    const emptyMiB = empty.rounds[round]?.heldMiB ?? 0;
    return { fullMiB, emptyMiB, aboveMiB: fullMiB - emptyMiB };
  });
  return { name: 'service', rounds };
}
