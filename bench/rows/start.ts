import { amount, finding } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import type { Row } from '../row';
import { startService } from '../servers/service';
import { TEN_MILLION } from './growth';

/** From the start of the process until it is ready, including Node's own start. */
export const start: Row = {
  name: 'start',
  about: 'starting on 10 million records of 10,000 products',
  measure: async (bench) => {
    const ledger = await bench.ledger(TEN_MILLION);
    const measure = async () => {
      const service = await startService(ledger.environment);
      await service.stop();
      return { seconds: service.startMs / 1_000 };
    };
    const [service] = await interleaved(bench, [{ name: 'service', warmUp: measure, measure }]);
    return [
      finding(
        {
          what: `start to ready on ${ledger.records.toLocaleString('en')} records, MySQL`,
          unit: 's',
          figure: 'seconds',
          target: amount('at most', 2),
        },
        service,
      ),
    ];
  },
};
