import { onEveryStore } from '../../stores';
import { expectProblem } from '../problem-answer';
import { useService } from '../service';
import { report } from './shortages';

onEveryStore((place) => {
  const service = useService(place);

  /** Product 1: 17 at location 1, 3 at location 2, which is called Van and has a reorder point of 5. */
  beforeEach(async () => {
    await service.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
    await service.ask.post('/products').send({ name: 'Tea' }).expect(201);
    await service.ask.put('/products/1/locations/2').send({ reorderPoint: 5 }).expect(200);
    const count = (locationID: number, availableQuantity: number) =>
      service.ask.post('/inventory').send({ productID: 1, availableQuantity, locationID });
    await count(1, 17).expect(201);
    await count(2, 3).expect(201);
  });

  const low = (changes: object = {}) => ({
    productID: 1,
    locationID: 2,
    kind: 'low',
    record: 2,
    revision: 2,
    availableQuantity: 3,
    threshold: 5,
    daysOfCover: null,
    ...changes,
  });
  const total = { locationID: undefined, availableQuantity: 20, threshold: 30 };
  const alerts = async (query = '') => (await service.ask.get(`/alerts${query}`).expect(200)).body;

  test('a product at a location has an alert beside that of the product', async () => {
    const [at, whole, again] = await report(service, low(), low(total), low());
    expect(at).toMatchObject({ alertID: 1, productID: 1, locationID: 2, availableQuantity: 3 });
    expect(whole).toMatchObject({ alertID: 2, productID: 1, availableQuantity: 20 });
    expect(whole).not.toHaveProperty('locationID');
    expect(again).toEqual(at);
    expect(await alerts('?locationID=2')).toMatchObject([
      { alertID: 1, name: 'Tea', locationID: 2, locationName: 'Van' },
    ]);
    expect(await alerts('?locationID=1')).toEqual([]);
    expect(await alerts('?productID=1')).toHaveLength(2);
    const handled = service.ask.patch('/alerts/1').send({ status: 'acknowledged' });
    expect((await handled.expect(200)).body).toMatchObject({ locationID: 2, locationName: 'Van' });
    expect(await alerts('?status=open')).toMatchObject([{ alertID: 2 }]);
    const { body: outlook } = await service.ask.get('/products/1/outlook').expect(200);
    expect(outlook.ordered).toBeNull();
    await report(service, low({ kind: 'none', record: 2 }));
    expect(await alerts('?status=resolved&locationID=2')).toMatchObject([{ alertID: 1 }]);
    expect(await alerts()).toMatchObject([{ alertID: 2 }]);
  });

  test('a finding about a location is held against what is free there', async () => {
    const refused = (changes: object) =>
      service.ask
        .post('/alerts/findings')
        .set(service.monitorHeaders)
        .send({ findings: [low(changes)] });
    expectProblem(await refused({ availableQuantity: 20 }), 'not-in-ledger', {
      errors: [
        {
          field: 'findings.0.availableQuantity',
          detail: 'is not what was free at location 2 as of record 2, which was 3',
        },
      ],
    });
    await service.ask.post('/sales').send({ productID: 1, quantity: 1, locationID: 2 }).expect(201);
    const other = {
      errors: [{ field: 'findings.0.availableQuantity', detail: expect.any(String) }],
    };
    expectProblem(await refused({ availableQuantity: 2 }), 'not-in-ledger', other);
    expectProblem(await refused({ record: 1, availableQuantity: 3 }), 'not-in-ledger', other);
    await refused({ record: 1, availableQuantity: 0 }).expect(200);
    expectProblem(await refused({ locationID: 1, availableQuantity: 17 }), 'not-in-ledger', {
      errors: [
        {
          field: 'findings.0.locationID',
          detail: 'is no location at which the product has a reorder point',
        },
      ],
    });
  });

  test('the overview has the reorder points at locations, with what is free there', async () => {
    const points = async () =>
      (await service.ask.get('/overview').expect(200)).body.products[0].reorderPoints;
    const time = expect.any(String);
    const point = { locationID: 2, reorderPoint: 5, reorderQuantity: null };
    expect(await points()).toEqual([{ ...point, availableQuantity: 3, recordedAt: time }]);
    await service.ask.post('/sales').send({ productID: 1, quantity: 3, locationID: 2 }).expect(201);
    expect(await points()).toEqual([{ ...point, availableQuantity: 0, recordedAt: time }]);
    await service.ask.put('/locations/3').send({ name: 'Shop' }).expect(200);
    await service.ask.put('/products/1/locations/3').send({ reorderQuantity: 6 }).expect(200);
    expect((await points())[1]).toEqual({
      locationID: 3,
      reorderPoint: null,
      reorderQuantity: 6,
      availableQuantity: null,
      recordedAt: null,
    });
    await service.ask.delete('/locations/2').expect(204);
    expect(await points()).toMatchObject([{ locationID: 3 }]);
    await service.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
    expect(await points()).toMatchObject([{ locationID: 2 }, { locationID: 3 }]);
  });
});
