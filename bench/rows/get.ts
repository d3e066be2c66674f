import { plainTable } from '../fill/plain-table';
import { get as getting } from '../load/forms';
import { finding, ratio } from '../measure/finding';
import { interleaved } from '../measure/interleaved';
import { once } from '../measure/once';
import { throughput } from '../measure/throughput';
import type { Row } from '../row';
import { startMemory, startPlain } from '../servers/references';
import { startService } from '../servers/service';

/** The ledger of the rows that read. */
export const MILLION = { records: 1_000_000, products: 1_000 };

const CONNECTIONS = 64;

/** The plain join takes about a minute, or a few minutes if the machine has other work. */
const PLAIN_TIMEOUT_MS = 180_000;

/** The stock of all products, asked by many clients at a time. */
export const get: Row = {
  name: 'get',
  about: 'GET /inventory, 1,000 products, 1 million records',
  measure: async (bench) => {
    const ledger = await bench.ledger(MILLION);
    const service = await bench.use(startService(ledger.environment));
    const memory = await bench.use(startMemory(`${service.url}/inventory`));
    const plain = await bench.use(startPlain(await plainTable(bench.database, ledger.name)));
    const traffic = { requests: [getting('/inventory')], connections: CONNECTIONS };
    const [mine, same] = await interleaved(bench, [
      throughput(bench, 'service', service, traffic),
      throughput(bench, 'memory', memory, traffic),
    ]);
    const joined = await once(plain, '/inventory', PLAIN_TIMEOUT_MS);
    bench.say(`the plain join: ${(1_000 / joined.perSecond).toFixed(0)} ms`);
    const question = {
      what: `GET /inventory, ${ledger.products} products, ${ledger.records} records`,
      unit: 'requests/s',
      figure: 'perSecond',
    };
    return [
      finding({ ...question, target: ratio('at least', 0.85) }, mine, same),
      finding(
        {
          ...question,
          target: ratio('at least', 1_000),
          note: joined.givenUp
            ? 'the plain join was given up after three minutes: it is slower than shown'
            : 'the plain join was run once, alone',
        },
        mine,
        { name: 'plain', rounds: [{ perSecond: joined.perSecond }] },
      ),
    ];
  },
};
