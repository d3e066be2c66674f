import { counts, get } from '../load/forms';
import { paced } from '../load/paced';
import { finding, ratio } from '../measure/finding';
import { interleaved, type Sample } from '../measure/interleaved';
import type { Row } from '../row';
import { startService } from '../servers/service';
import { MILLION } from './get';

const WRITES_PER_SECOND = 500;
/** Few enough that they do not wait for each other. */
const READS_PER_SECOND = 100;

/** Reads that each have to catch up, compared with the same reads while nothing changes. */
export const getWhileWriting: Row = {
  name: 'get-while-writing',
  about: `GET /inventory while ${WRITES_PER_SECOND} writes a second arrive`,
  measure: async (bench) => {
    const ledger = await bench.ledger(MILLION);
    const { url } = await bench.use(startService(ledger.environment));
    // A percentile of so few requests needs more time than a mean to become stable.
    const seconds = 2 * bench.settings.seconds;
    const read = async (): Promise<Sample> => {
      const requests = [get('/inventory')];
      const { p50Ms, p99Ms } = await paced({ url, requests, perSecond: READS_PER_SECOND, seconds });
      return { p50Ms, p99Ms };
    };
    const write = async (): Promise<Sample> => {
      const requests = counts(ledger.products);
      const written = await paced({ url, requests, perSecond: WRITES_PER_SECOND, seconds });
      return { writes: written.answers / seconds, writeP99Ms: written.p99Ms };
    };
    const readAndWrite = async () => {
      const [reads, writes] = await Promise.all([read(), write()]);
      return { ...reads, ...writes };
    };
    const [busy, atRest] = await interleaved(bench, [
      { name: 'while writing', warmUp: readAndWrite, measure: readAndWrite },
      { name: 'at rest', measure: read },
    ]);
    return [
      finding(
        {
          what: `GET /inventory while ${WRITES_PER_SECOND} writes a second arrive, p99`,
          unit: 'ms',
          figure: 'p99Ms',
          target: ratio('at most', 3),
          note: `${READS_PER_SECOND} reads a second`,
        },
        busy,
        atRest,
      ),
    ];
  },
};
