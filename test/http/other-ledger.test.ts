import { onEveryStore, sqlitePlace, usePlace } from '../stores';
import { csv, upload } from './files/files';
import { expectProblem } from './problem-answer';
import { type TestService, useService } from './service';
import { numberOf } from './tags';

/** Everything that is exact as of a record or a revision. */
const READ = [
  '/inventory',
  '/inventory?asOf=2',
  '/inventory/1',
  '/inventory/1/explain',
  '/inventory/1/explain?asOf=1',
  '/sales',
  '/sales?groupBy=day',
  '/products/1',
  '/overview',
  '/inventory.csv',
  '/inventory.csv?asOf=2',
  '/records.csv',
  '/products.csv',
];

onEveryStore((place) => {
  const service = useService(place);
  const other = useService(usePlace(sqlitePlace));

  /** The same numbers of records, revisions and events, and other stock. */
  const fill = async ({ ask }: TestService, units: number) => {
    await ask.post('/products').send({ name: `Cup ${units}` });
    await ask.post('/inventory').send({ productID: 1, availableQuantity: units });
    await ask.post('/sales').send({ productID: 1, quantity: 1, unitPrice: units });
  };
  beforeEach(async () => {
    await fill(service, 5);
    await fill(other, 6);
  });
  const tag = async ({ ask }: TestService, path: string) =>
    (await ask.get(path)).headers.etag as string;

  test.each(READ)('%s of one ledger is not mistaken for that of another', async (path) => {
    const mine = await tag(service, path);
    const theirs = await tag(other, path);
    expect(numberOf(theirs)).toBe(numberOf(mine));
    const again = await service.ask.get(path).set('If-None-Match', `"a,b", ${mine}`);
    expect([again.status, again.headers.etag]).toEqual([304, mine]);
    expect((await service.ask.get(path).set('If-None-Match', theirs)).status).toBe(200);
  });

  test('a change that is meant for another ledger is refused, by number and mark', async () => {
    const theirs = await tag(other, '/inventory/1');
    const count = (match: string) =>
      service.ask
        .post('/inventory')
        .set('If-Match', match)
        .send({ productID: 1, availableQuantity: 9 });
    expectProblem(await count(theirs), 'stale-record', {
      productID: 1,
      record: 2,
      availableQuantity: 4,
    });
    const sale = { productID: 1, quantity: 1 };
    const sold = await service.ask.post('/sales').set('If-Match', theirs).send(sale);
    expect(sold.status).toBe(412);
    const counted = await count(await tag(service, '/inventory/1'));
    expect(counted.status).toBe(201);
    expect((await count(counted.headers.etag as string)).status).toBe(201);
    // The number alone is taken as it always was.
    expect((await count('"4"')).status).toBe(201);
  });

  test.each([
    ['counts', csv('productID,availableQuantity', '1,9')],
    ['products', csv('productID,name', '1,Mug')],
  ])(
    'a file of %s that was looked through on another ledger is not recorded',
    async (what, file) => {
      const path = `/imports/${what}`;
      const asOfIn = async (ledger: TestService): Promise<string> =>
        (await upload(ledger, `${path}?dryRun=true`, file)).body.asOf;
      const theirs = await asOfIn(other);
      const mine = await asOfIn(service);
      const [number] = mine.split('-');
      expect(theirs.split('-')[0]).toBe(number);
      for (const query of [`asOf=${theirs}`, `asOf=${theirs}&dryRun=true`, 'asOf=9', 'asOf=0-a']) {
        expectProblem(await upload(service, `${path}?${query}`, file), 'not-in-ledger', {
          errors: [{ field: 'asOf', detail: expect.any(String) }],
        });
      }
      await upload(service, `${path}?asOf=${mine}`, file).expect(201);
      // The number alone is taken as it always was, for what has not moved since.
      const now = (await asOfIn(service)).split('-')[0];
      await upload(service, `${path}?asOf=${now}`, file).expect(201);
    },
  );

  test('the same holds of the catalogue', async () => {
    const rename = (match: string) =>
      service.ask.patch('/products/1').set('If-Match', match).send({ name: 'Mug' });
    const theirs = await tag(other, '/products/1');
    expectProblem(await rename(theirs), 'stale-revision', { productID: 1, revision: 1 });
    const retired = await service.ask.delete('/products/1').set('If-Match', theirs);
    expect(retired.status).toBe(412);
    expect((await rename(await tag(service, '/products/1'))).status).toBe(200);
    expect((await rename('"2"')).status).toBe(200);
  });
});
