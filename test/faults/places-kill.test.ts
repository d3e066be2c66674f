import { imbalancesOf } from '../../app/ledger/conservation';
import type { Answer } from '../servers/ask';
import { type LedgerPlace, onEveryStore } from '../stores';
import { changeHold, changeTransfer, putHold, putLocation, ship } from './placed-requests';
import { ServiceProcess } from './service-process';
import { until } from './until';

const CLIENTS = 12;
const KILLS = 3;
const ACKNOWLEDGED_BETWEEN = 40;

interface Step {
  readonly document: string;
  readonly firstRecord: number;
  readonly records: number;
}

/** The steps of holds and transfers, and the records that belong to each of these, past the service. */
async function rowsOf(place: LedgerPlace) {
  const steps = await place.sql(
    'SELECT document, firstRecord, records FROM documents ORDER BY firstRecord',
  );
  const records = await place.sql(
    `SELECT record, document
     FROM inventory
     WHERE document LIKE 'hold:%' OR document LIKE 'transfer:%'
     ORDER BY record`,
  );
  return {
    steps: steps as Step[],
    records: (records as { record: number; document: string }[]).map((row) => ({ ...row })),
  };
}

onEveryStore((place) => {
  afterEach(() => ServiceProcess.killAll());

  test(`kill -9 in the middle of holds and transfers, ${KILLS} times: each step is there whole or not at all`, async () => {
    let service = await ServiceProcess.start(place().environment);
    await putLocation(service, 2);
    const products = Array.from({ length: CLIENTS }, (_, index) => index + 1);
    for (const productID of products) await service.count(productID, 10_000);
    /** The records of each step that was acknowledged. */
    const acknowledged: number[][] = [];
    let isStopping = false;
    const noted = ({ status, body }: Answer): Answer['body'] => {
      if (status >= 300) throw new Error(`${status} ${body.type}`);
      acknowledged.push(body.records);
      return body;
    };
    /** One life after the other of a hold and a transfer, each step after the answer to the one before. */
    const run = async (productID: number) => {
      for (let life = 0; !isStopping; life++) {
        const name = `${productID}-${life}`;
        const line = (units: object) => ({ lines: [{ productID, ...units }] });
        try {
          noted(await putHold(service, name, productID, { quantity: 2 }));
          noted(await changeHold(service, name, 'sale', line({ quantity: 1 })));
          const { transferID } = noted(await ship(service, productID, 3));
          noted(
            await changeTransfer(
              service,
              transferID,
              'receipts',
              line({ received: 1, damaged: 1 }),
            ),
          );
          noted(await changeTransfer(service, transferID, 'closing', { remainder: 'returned' }));
        } catch (error) {
          // The connection failed: nobody knows. It goes on with the next one.
          if ((error as Error).name !== 'TypeError') throw error;
          await until('there is a service again', () => service.get('/healthz').catch(() => null));
        }
      }
    };
    const running = products.map(run);
    for (let kill = 1; kill <= KILLS; kill++) {
      const enough = acknowledged.length + ACKNOWLEDGED_BETWEEN;
      await until('enough was acknowledged', () => acknowledged.length >= enough);
      service.kill('SIGKILL');
      await service.exited;
      service = await ServiceProcess.start(place().environment);
    }
    isStopping = true;
    await Promise.all(running);

    const { steps, records } = await rowsOf(place());
    const whole = steps.flatMap(({ document, firstRecord, records }) =>
      Array.from({ length: records }, (_, index) => ({ record: firstRecord + index, document })),
    );
    expect(records).toEqual(whole);
    const recorded = new Set(steps.map(({ firstRecord, records }) => `${firstRecord} ${records}`));
    for (const numbers of acknowledged) {
      expect(recorded).toContain(`${numbers[0]} ${numbers.length}`);
    }
    const store = place().open();
    expect(imbalancesOf(await store.audit())).toEqual([]);
    await store.close();
    const verified = await ServiceProcess.run(place().environment, 'verify');
    expect(verified).toMatchObject({ code: 0 });
  });

  test('a hold whose process died is ended by another one', async () => {
    const service = await ServiceProcess.start(place().environment);
    await service.count(1, 5);
    await putHold(service, 'a', 1, { quantity: 5, expiresIn: 2 });
    service.kill('SIGKILL');
    await service.exited;
    const other = await ServiceProcess.start(place().environment);
    const isEnded = async () => (await other.get('/holds/a')).body.status === 'expired';
    await until('the hold has ended', isEnded);
    expect((await other.get('/inventory/1')).body.availableQuantity).toBe(5);
    expect(await changeHold(other, 'a', 'sale')).toMatchObject({ body: { ended: 'expired' } });
  });
});
