import type { Bench } from '../bench';
import { addHolds } from '../fill/holds';
import { amount, finding } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import type { Finding, Row } from '../row';
import { startService } from '../servers/service';
import { TEN_MILLION } from './growth';

/** From the start of the process until it is ready, including Node's own start. */
export const start: Row = {
  name: 'start',
  about: 'starting on 10 million records of 10,000 products',
  measure: async (bench) => {
    const { environment, records } = await bench.ledger(TEN_MILLION);
    return [await started(bench, environment, `${records.toLocaleString('en')} records`)];
  },
};

/** Holds that have ended are not loaded, and must not be read either. */
const HOLDS = { ended: 100_000, open: 10_000 };

/** The same with holds. It comes after the rows that use the ledger without them. */
export const startWithHolds: Row = {
  name: 'start-with-holds',
  about:
    'starting on 10 million records, with 100,000 holds that have ended and 10,000 that are open',
  measure: async (bench) => {
    const ledger = await bench.ledger(TEN_MILLION);
    const [ended, open] = [bench.scaled(HOLDS.ended), bench.scaled(HOLDS.open)];
    await addHolds(bench.database, ledger, { ended, open });
    const holds = `${ended.toLocaleString('en')} ended and ${open.toLocaleString('en')} open holds`;
    const records = ledger.records.toLocaleString('en');
    return [await started(bench, ledger.environment, `${records} records, ${holds}`)];
  },
};

async function started(
  bench: Bench,
  environment: Readonly<Record<string, string>>,
  ledger: string,
): Promise<Finding> {
  const measure = async () => {
    const service = await startService(environment);
    await service.stop();
    return { seconds: service.startMs / 1_000 };
  };
  const [service] = await interleaved(bench, [{ name: 'service', warmUp: measure, measure }]);
  return finding(
    {
      what: `start to ready on ${ledger}, MySQL`,
      unit: 's',
      figure: 'seconds',
      target: amount('at most', 2),
    },
    service,
  );
}
