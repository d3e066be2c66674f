import { MONITOR_PASS_HEADER } from '../../../app/wire/headers';
import { monitorPass } from '../../../app/wire/monitor-pass';
import { expectProblem } from '../problem-answer';
import { useSharedService } from '../service';
import { finding, report, TELL_ANN } from './shortages';

const SECRET = 'a secret of the test';

const service = useSharedService({ LINK_SECRET: SECRET });
beforeAll(async () => {
  await report(service, finding(1, { deliveries: [TELL_ANN] }));
});

const claim = { deliveries: ['1.1'], messageID: 'm1', claim: 'c1', leaseSeconds: 60 };
const OF_THE_MONITOR = [
  ['findings', { findings: [finding(1, { kind: 'none' })] }, 200],
  ['deliveries/claims', claim, 200],
  ['deliveries/outcomes', { deliveries: ['1.1'], claim: 'c1', status: 'delivered' }, 200],
  ['checkpoint', { record: 1 }, 201],
] as const;

const anHourAgo = new Date(Date.now() - 3_600_000);

test.each<[string, string | undefined]>([
  ['no pass', undefined],
  ['one that was made with another secret', monitorPass('another secret of a test', new Date())],
  ['one that is over', monitorPass(SECRET, anHourAgo)],
  ['one that was put off', monitorPass(SECRET, anHourAgo).replace(/^\d+/, `${Date.now() / 1_000}`)],
])('with a LINK_SECRET nothing is taken from who has %s', async (_name, pass) => {
  const rows = async () =>
    Promise.all(
      ['alerts', 'alert_deliveries', 'alert_checkpoints'].map(async (table) =>
        service.place.sql(`SELECT * FROM ${table}`),
      ),
    );
  const before = await rows();
  for (const [path, body] of OF_THE_MONITOR) {
    const asked = service.ask.post(`/alerts/${path}`);
    if (pass !== undefined) asked.set(MONITOR_PASS_HEADER, pass);
    expectProblem(await asked.send(body), 'monitor-only');
  }
  expect(await rows()).toEqual(before);
});

test('from the monitor it is', async () => {
  for (const [path, body, status] of OF_THE_MONITOR) {
    const answer = await service.ask.post(`/alerts/${path}`).set(service.monitorHeaders).send(body);
    expect([path, answer.status]).toEqual([path, status]);
  }
});

test('what it reports is recorded as its own', async () => {
  const [opened] = await report(service, finding(3));
  expect(opened).toMatchObject({ alertID: 3, actor: 'monitor' });
});

test('people need no pass to read and act', async () => {
  for (const path of ['/alerts', '/alerts/deliveries', '/alerts/checkpoint']) {
    expect((await service.ask.get(path)).status).toBe(200);
  }
  const open = await report(service, finding(2));
  const { alertID } = open[0];
  await service.ask.patch(`/alerts/${alertID}`).send({ status: 'acknowledged' }).expect(200);
});
