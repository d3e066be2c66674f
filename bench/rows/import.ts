import type { FilledLedger } from '../fill/ledger';
import { RawInsert } from '../fill/raw-insert';
import { ask } from '../load/ask';
import { amount, finding, ratio } from '../measure/finding';
import { interleaved, type Side } from '../measure/interleaved';
import { MIB, mostBytes, settledBytes } from '../measure/memory';
import { repeated } from '../measure/repeated';
import type { Row } from '../row';
import { startService } from '../servers/service';
import { countsOf } from './batch';

/** Each product with one record. */
export const HUNDRED_THOUSAND = { records: 100_000, products: 100_000 };

/** A file of counts, compared with the same rows inserted by hand, and the memory that it takes. */
export const imports: Row = {
  name: 'import',
  about: 'CSV import of 100,000 counts',
  measure: async (bench) => {
    const ledger = await bench.ledger(HUNDRED_THOUSAND);
    const counts = countsOf(ledger.products);
    const lines = counts.map((count) => `${count.productID},${count.availableQuantity}\r\n`);
    const file = `productID,availableQuantity\r\n${lines.join('')}`;
    const what = `CSV import of ${counts.length.toLocaleString('en')} counts`;
    const [grown] = await interleaved(bench, [growing(ledger, file)]);
    const service = await bench.use(startService(ledger.environment));
    const raw = await bench.use(RawInsert.open(bench.database, ledger.name));
    const [mine, theirs] = await interleaved(bench, [
      repeated(bench, 'service', counts.length, () => upload(service.url, file)),
      repeated(bench, 'raw INSERT', counts.length, () => raw.insert(counts)),
    ]);
    const speed = { what, unit: 'records/s', figure: 'perSecond' };
    const memory = { what: `${what}, memory growth`, unit: 'MiB', figure: 'grownMiB' };
    return [
      finding({ ...speed, target: ratio('at least', 0.4) }, mine, theirs),
      finding({ ...memory, target: amount('at most', 64) }, grown),
    ];
  },
};

/** The first import of a process that knows all products already: only the import itself makes its memory grow. */
function growing(ledger: FilledLedger, file: string): Side {
  return {
    name: 'service',
    measure: async () => {
      const service = await startService(ledger.environment);
      try {
        const before = await settledBytes(service);
        const most = await mostBytes(service, () => upload(service.url, file));
        return { beforeMiB: before / MIB, mostMiB: most / MIB, grownMiB: (most - before) / MIB };
      } finally {
        await service.stop();
      }
    },
  };
}

function upload(url: string, file: string): Promise<string> {
  const body = new FormData();
  body.set('file', new Blob([file], { type: 'text/csv' }), 'counts.csv');
  return ask(`${url}/imports/counts`, { method: 'POST', body });
}
