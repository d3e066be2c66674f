import { cpus } from 'node:os';
import { SETTINGS } from '../../app/config';
import { counts } from '../load/forms';
import { finding, ratio } from '../measure/finding';
import { interleaved, type Measured } from '../measure/interleaved';
import { throughput } from '../measure/throughput';
import { type Row, Skipped } from '../row';
import { startService } from '../servers/service';
import { spread } from '../stats';

/** The setting for the number of processes. */
const PROCESSES = 'WEB_CONCURRENCY';

/** Two processes on one ledger, compared with one process. */
export const processes: Row = {
  name: 'processes',
  about: `POST /inventory, 2 processes (${PROCESSES}=2)`,
  measure: async (bench) => {
    if (!Object.values(SETTINGS).some(({ name }) => name === PROCESSES)) {
      throw new Skipped(`the service has no setting ${PROCESSES}`);
    }
    const start = async (name: string, count: number) =>
      startService({ ...(await bench.database.create(name)), [PROCESSES]: String(count) });
    const two = await bench.use(start('bench_two_processes', 2));
    const one = await bench.use(start('bench_one_process', 1));
    const traffic = { requests: counts(1_000), connections: 256 };
    const [both, alone] = await interleaved(bench, [
      throughput(bench, '2 processes', two, traffic),
      throughput(bench, '1 process', one, traffic),
    ]);
    return [
      finding(
        {
          what: 'POST /inventory, MySQL, 256 connections, 2 processes',
          unit: 'requests/s',
          figure: 'perSecond',
          target: ratio('at least', 1.5),
          note: `of ${cpus().length} cores ${accounting(both)}, and ${accounting(alone)}`,
        },
        both,
        alone,
      ),
    ];
  },
};

/** How many cores the service and its database used. The load used the rest, or they were idle. */
function accounting({ name, rounds }: Measured): string {
  const busy = (figure: string) =>
    spread(
      rounds.map((sample) => ((sample[figure] ?? Number.NaN) * (sample.perSecond ?? 0)) / 1_000),
    ).median.toFixed(2);
  return `${name} kept ${busy('cpuMsEach')} busy, its database ${busy('databaseCpuMsEach')}`;
}
