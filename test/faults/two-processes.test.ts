import { tagOf } from '../http/tags';
import type { Answer } from '../servers/ask';
import { onEveryStore } from '../stores';
import { foldOf, type Row, readRows, violations } from './ledger-rows';
import { ServiceProcess } from './service-process';

/** A wave sells out this many products at once; each is a round of its own. */
const PRODUCTS = 10;
const WAVES = 100;

/** Sales of 1 to 3 units for a product with 1 to 4 of them: more than there is, nearly always. */
const SALES = 5;
const UNITS_MAX = 4;
const QUANTITY_MAX = 3;

/** Both stores together stay within a minute; a slow disk may take its time. */
const TIMEOUT_MS = 180_000;

interface Sale {
  readonly productID: number;
  readonly quantity: number;
  readonly answer: Answer;
}

const productIDs = Array.from({ length: PRODUCTS }, (_, index) => index + 1);

onEveryStore((place) => {
  let services: [ServiceProcess, ServiceProcess];
  beforeEach(async () => {
    const start = () => ServiceProcess.start(place().environment);
    services = await Promise.all([start(), start()]);
  });
  afterEach(() => ServiceProcess.killAll());

  /** A product is counted by one process, and sold by both at once. */
  async function sellOut(
    productID: number,
    wave: number,
  ): Promise<{ count: Answer; sales: Sale[] }> {
    const [counting] = wave % 2 ? services : services.toReversed();
    const units = 1 + ((wave + productID) % UNITS_MAX);
    const count = await (counting as ServiceProcess).count(productID, units);
    const sales = Array.from({ length: SALES }, async (_, index) => {
      const [seller, reader] = (index % 2 ? services : services.toReversed()) as typeof services;
      const quantity = 1 + ((wave + index) % QUANTITY_MAX);
      const answer = await seller.sell(productID, quantity);
      if (answer.status === 201) await expectSeen(reader, answer);
      return { productID, quantity, answer };
    });
    return { count, sales: await Promise.all(sales) };
  }

  /** A write that one process acknowledged is in what the other one answers from now on. */
  async function expectSeen(reader: ServiceProcess, { body }: Answer): Promise<void> {
    const read = await reader.get(`/inventory/${body.productID}`);
    expect(read.body.record).toBeGreaterThanOrEqual(body.record);
  }

  /** Every answer of a wave is true of the rows that it left, and there are no others. */
  function expectTrue(
    rows: readonly Row[],
    counts: readonly Answer[],
    sales: readonly Sale[],
  ): void {
    expect(counts.map(({ status }) => status)).toEqual(counts.map(() => 201));
    const sold = sales.filter(({ answer }) => answer.status === 201).map(({ answer }) => answer);
    const answered = [...counts, ...sold]
      .map(({ body }) => ({
        record: body.record,
        productID: body.productID,
        availableQuantity: body.availableQuantity,
        reason: body.quantity === undefined ? 'count' : 'sale',
        quantity: body.quantity ?? null,
      }))
      .sort((a, b) => a.record - b.record);
    expect(rows).toEqual(answered);
    const refused = sales.filter(({ answer }) => answer.status !== 201);
    for (const { productID, quantity, answer } of refused) {
      expect(answer).toMatchObject({ status: 409, body: { type: '/problems/insufficient-stock' } });
      const { availableQuantity } = answer.body;
      expect(availableQuantity).toBeLessThan(quantity);
      const held = rows.filter((row) => row.productID === productID);
      expect(held.map((row) => row.availableQuantity)).toContain(availableQuantity);
    }
  }

  test(
    `two processes sell the last units ${PRODUCTS * WAVES} times: never one too many, and every answer is true`,
    async () => {
      const ledger: Row[] = [];
      for (let wave = 0; wave < WAVES; wave++) {
        const rounds = await Promise.all(productIDs.map((productID) => sellOut(productID, wave)));
        const rows = await readRows(place(), ledger.length + 1);
        const sales = rounds.flatMap((round) => round.sales);
        expectTrue(
          rows,
          rounds.map(({ count }) => count),
          sales,
        );
        ledger.push(...rows);
        for (const service of services) {
          const { headers, body } = await service.get('/inventory');
          expect(body).toEqual(foldOf(ledger));
          expect(headers.get('etag')).toEqual(tagOf(ledger.length));
        }
      }
      expect(violations(ledger)).toEqual([]);
      expect(ledger.filter(({ reason }) => reason === 'sale').length).toBeGreaterThan(WAVES);
      const verified = await ServiceProcess.run(place().environment, 'verify');
      expect(verified).toMatchObject({ code: 0, stderr: '' });
      expect(verified.stdout).toContain(`${ledger.length} records`);
    },
    TIMEOUT_MS,
  );
});
