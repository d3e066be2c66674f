import { onEveryStore } from '../../stores';
import { expectFaults, expectProblem } from '../problem-answer';
import { useService } from '../service';

onEveryStore((place) => {
  const service = useService(place);
  let overdue: number;
  let onTime: number;

  beforeEach(async () => {
    await service.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 50 }).expect(201);
    const send = async (expectedAt?: string) => {
      const lines = [{ productID: 1, quantity: 5 }];
      const fields = { from: 1, to: 2, lines, ...(expectedAt && { expectedAt }) };
      return (await service.ask.post('/transfers').send(fields).expect(201)).body.transferID;
    };
    overdue = await send('2026-01-02T15:00:00Z');
    onTime = await send('2036-01-02T15:00:00Z');
  });

  const report = (...findings: object[]) =>
    service.ask.post('/alerts/findings').set(service.monitorHeaders).send({ findings });
  const finding = (transferID: number, changes: object = {}) => ({
    transferID,
    kind: 'overdue-transfer',
    record: 3,
    revision: 0,
    ...changes,
  });
  const close = (transferID: number) =>
    service.ask.post(`/transfers/${transferID}/closing`).send({ remainder: 'returned' });

  test('a transfer that should have arrived has an alert, until it is closed', async () => {
    const { body } = await report(finding(overdue), finding(overdue)).expect(200);
    expect(body.outcomes[0]).toMatchObject({
      alertID: 1,
      kind: 'overdue-transfer',
      status: 'open',
      productID: null,
      transferID: overdue,
      availableQuantity: null,
      threshold: null,
      daysOfCover: null,
    });
    expect(body.outcomes[1]).toEqual(body.outcomes[0]);
    expect((await service.ask.get(`/alerts?transferID=${overdue}`)).body).toMatchObject([
      { alertID: 1, name: null },
    ]);
    expect((await service.ask.get('/alerts?productID=1')).body).toEqual([]);
    expect((await service.ask.get('/alerts/summary')).body.open).toEqual({
      cover: 0,
      low: 0,
      'overdue-transfer': 1,
      out: 0,
    });
    await service.ask.patch('/alerts/1').send({ status: 'acknowledged' }).expect(200);
    await close(overdue).expect(200);
    await report(finding(overdue, { kind: 'none' })).expect(200);
    expect((await service.ask.get('/alerts?status=resolved')).body).toMatchObject([
      { transferID: overdue, kind: 'overdue-transfer', status: 'resolved' },
    ]);
  });

  test('a finding that is not so is refused', async () => {
    const refused = async (finding: object, detail: string) =>
      expectProblem(await report(finding), 'not-in-ledger', {
        errors: [{ field: 'findings.0.transferID', detail }],
      });
    const isNone = 'is no open transfer that is overdue';
    await refused(finding(onTime), isNone);
    await refused(finding(999), isNone);
    await refused(finding(overdue, { kind: 'none' }), 'is a transfer that is still open');
    await close(overdue).expect(200);
    await refused(finding(overdue), isNone);
    expect((await service.ask.get('/alerts')).body).toEqual([]);
  });

  test('a finding is about a product or about a transfer', async () => {
    const both = await report(finding(overdue, { productID: 1, kind: 'low' }));
    expectFaults(both, 'findings.0.kind', 'findings.0.productID');
    const kind = { productID: 1, kind: 'overdue-transfer', availableQuantity: 0, threshold: 0 };
    const product = await report({ ...kind, record: 1, revision: 0, daysOfCover: null });
    expectFaults(product, 'findings.0.kind');
  });
});
