import { ask } from '../load/ask';
import { amount, finding } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import type { Row } from '../row';
import { startService } from '../servers/service';
import { TEN_THOUSAND } from './growth';

/** Changes in a round: enough to measure the cost of one in spite of noise. */
const REPETITIONS = 200;

/** The CPU time of `GET /inventory` after one product has changed, without that of the change itself. */
export const oneChange: Row = {
  name: 'one-change',
  about: "10,000 products' GET /inventory after one change",
  measure: async (bench) => {
    const ledger = await bench.ledger(TEN_THOUSAND);
    const { url } = await bench.use(startService(ledger.environment));
    let quantity = 0;
    const change = async () => {
      quantity += 1;
      const body = new URLSearchParams({ productID: '1', availableQuantity: String(quantity) });
      await ask(`${url}/inventory`, { method: 'POST', body });
    };
    const changeAndGet = async () => {
      await change();
      await ask(`${url}/inventory`);
    };
    const measure = async () => {
      const changing = await cpuMsOf(url, change);
      const both = await cpuMsOf(url, changeAndGet);
      return { cpuMs: both - changing, changeCpuMs: changing };
    };
    const [service] = await interleaved(bench, [{ name: 'service', warmUp: measure, measure }]);
    return [
      finding(
        {
          what: `GET /inventory of ${ledger.products.toLocaleString('en')} products after one change`,
          unit: 'ms of CPU',
          figure: 'cpuMs',
          target: amount('at most', 5),
        },
        service,
      ),
    ];
  },
};

/** CPU time of the service for one of many repetitions, as the service reports it: the kernel counts in steps of 10 ms. */
async function cpuMsOf(url: string, work: () => Promise<void>): Promise<number> {
  const before = await cpuSeconds(url);
  for (let time = 0; time < REPETITIONS; time += 1) await work();
  return ((await cpuSeconds(url)) - before) * (1_000 / REPETITIONS);
}

async function cpuSeconds(url: string): Promise<number> {
  const metrics = await ask(`${url}/metrics`);
  const [, seconds] = /^process_cpu_seconds_total ([0-9.e+-]+)$/m.exec(metrics) ?? [];
  return Number(seconds);
}
