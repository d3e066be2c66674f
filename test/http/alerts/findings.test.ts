import { DUE } from '../../due';
import { until } from '../../faults/until';
import { onEveryStore } from '../../stores';
import { startService, useService } from '../service';
import { finding, inShort, listed, NEXT_MONTH, report, TELL_ANN, TIME } from './shortages';

onEveryStore((place) => {
  const service = useService(place);

  const events = async () => (await place().sql('SELECT 1 FROM alerts')).length;
  const messages = async () => (await service.ask.get('/alerts/deliveries')).body.length;

  test('a shortage opens an alert, and says who is to be notified', async () => {
    const hook = {
      channel: 'webhook',
      target: 'shop.example#0123456789ab',
      notBefore: '2036-01-01T00:00:00.000Z',
    };
    const [opened] = await report(service, finding(7, { deliveries: [TELL_ANN, hook] }));
    expect(opened).toEqual({
      ...finding(7),
      event: 1,
      mark: expect.any(String),
      alertID: 1,
      status: 'open',
      until: null,
      due: null,
      handledBy: null,
      note: null,
      openedAt: TIME,
      recordedAt: opened.openedAt,
      actor: 'open',
    });
    const { body } = await service.ask.get('/alerts/deliveries');
    const untried = { status: 'pending', tries: 0, messageID: null, error: null };
    expect(body).toEqual([
      {
        ...TELL_ANN,
        ...untried,
        delivery: '1.1',
        event: 1,
        alertID: 1,
        recordedAt: opened.recordedAt,
      },
      { ...hook, ...untried, delivery: '1.2', event: 1, alertID: 1, recordedAt: opened.recordedAt },
    ]);
  });

  test('a louder shortage makes the alert louder and is reported again; a quieter one changes nothing', async () => {
    const tell = { deliveries: [TELL_ANN] };
    await report(service, finding(1, { kind: 'cover', ...tell }));
    const [low] = await report(service, finding(1, { kind: 'low', record: 21, ...tell }));
    expect(low).toMatchObject({ event: 2, alertID: 1, kind: 'low', record: 21 });
    const [out] = await report(service, finding(1, { kind: 'out', ...tell }));
    // It is older than what is known.
    expect(out).toEqual({ refusal: 'stale-alert', productID: 1, alertID: 1, event: 2 });
    const [louder] = await report(service, finding(1, { kind: 'out', record: 21, ...tell }));
    expect(louder).toMatchObject({ event: 3, alertID: 1, kind: 'out' });
    expect(await report(service, finding(1, { kind: 'low', record: 22, ...tell }))).toEqual([
      louder,
    ]);
    expect(await messages()).toBe(3);
  });

  test('the same finding twice, even at once, is one event and is reported once', async () => {
    const same = finding(1, { deliveries: [TELL_ANN] });
    const all = await Promise.all(Array.from({ length: 5 }, () => report(service, same, same)));
    for (const outcome of all.flat()) expect(outcome).toEqual(all[0]?.[0]);
    const over = finding(1, { kind: 'none', record: 21 });
    const [ended] = await report(service, over);
    expect(ended).toMatchObject({ status: 'resolved', event: 2, alertID: 1 });
    expect(await report(service, over, over)).toEqual([ended, ended]);
    expect([await events(), await messages()]).toEqual([2, 1]);
  });

  test('a shortage that is over is over, and the next is another alert', async () => {
    await report(service, finding(1));
    const [over] = await report(
      service,
      finding(1, { kind: 'none', record: 21, availableQuantity: 40, daysOfCover: null }),
    );
    expect(over).toMatchObject({
      status: 'resolved',
      kind: 'low',
      availableQuantity: 40,
      daysOfCover: null,
    });
    expect(await listed(service)).toEqual([]);
    const [stale] = await report(service, finding(1));
    expect(stale).toEqual({ refusal: 'stale-alert', productID: 1, alertID: 1, event: 2 });
    const [next] = await report(service, finding(1, { record: 22 }));
    expect(next).toMatchObject({ event: 3, alertID: 3, status: 'open' });
  });

  test('a healthy product that never had an alert has none to end', async () => {
    expect(await report(service, finding(1, { kind: 'none' }))).toEqual([
      { refusal: 'no-alert', productID: 1 },
    ]);
    expect(await events()).toBe(0);
  });

  test('a finding is stale by its record or by its revision', async () => {
    await report(service, finding(1));
    const stale = { refusal: 'stale-alert', productID: 1, alertID: 1, event: 1 };
    for (const older of [{ record: 19 }, { revision: 2 }, { record: 99, revision: 2 }]) {
      for (const kind of ['out', 'low', 'none']) {
        expect(await report(service, finding(1, { kind, ...older }))).toEqual([stale]);
      }
    }
    expect(await events()).toBe(1);
  });

  test('a finding about something that is not in the ledger is refused, and silences nobody', async () => {
    await report(service, finding(1, { deliveries: [TELL_ANN] }));
    const [last, revision] = [20, 3];
    const ahead = [
      finding(1, { record: Number.MAX_SAFE_INTEGER, kind: 'none' }),
      finding(1, { record: last + 1, revision: revision + 1 }),
      finding(77),
      finding(1, { kind: 'out' }),
    ];
    const answer = await service.ask.post('/alerts/findings').send({ findings: ahead });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      type: '/problems/not-in-ledger',
      errors: [
        {
          field: 'findings.0.record',
          detail: `is beyond the ledger, whose last record is ${last}`,
        },
        { field: 'findings.1.record' },
        { field: 'findings.1.revision' },
        { field: 'findings.2.productID', detail: 'is neither counted nor in the catalogue' },
      ],
    });
    // Nothing of it was recorded, and a true finding counts as before.
    expect(await events()).toBe(1);
    const [louder] = await report(service, finding(1, { kind: 'out', record: 21 }));
    expect(louder).toMatchObject({ event: 2, kind: 'out' });
  });

  test('a finding with a quantity that the product did not have is refused', async () => {
    const counts = [14, 5, 9].map((availableQuantity) => ({ productID: 2, availableQuantity }));
    await service.ask.post('/inventory/batch').send({ changes: counts }).expect(201);
    await service.ask.post('/inventory').send({ productID: 3, availableQuantity: 1 }).expect(201);
    await service.ask.post('/products').send({ productID: 4, name: 'Never counted' }).expect(201);
    const found = (record: number, availableQuantity: number, productID = 2) =>
      finding(productID, { record, revision: 1, availableQuantity });
    const isFalse = [
      found(4, 77),
      found(3, 14),
      found(2, 14),
      found(1, 5),
      found(0, 1),
      found(4, 1, 4),
    ];
    const answer = await service.ask.post('/alerts/findings').send({ findings: isFalse });
    expect(answer.status).toBe(409);
    const had = [9, 9, 5, 14, 0, 0];
    expect(answer.body.errors).toEqual(
      isFalse.map(({ record }, index) => ({
        field: `findings.${index}.availableQuantity`,
        detail: `is not what the product had as of record ${record}, which was ${had[index]}`,
      })),
    );
    expect(await events()).toBe(0);
    const isTrue = [found(1, 14), found(2, 5), found(4, 9), found(4, 0, 4)];
    const taken = await service.ask.post('/alerts/findings').send({ findings: isTrue }).expect(200);
    expect(taken.body.outcomes.map(inShort)).toEqual([
      '1 low open',
      '1 low open',
      '1 low open',
      '2 low open',
    ]);
  });

  test("only the label of a webhook's URL is kept, and rows that hold a URL show as their label", async () => {
    const url = 'https://hooks.example:8443/services/T0/s3cret?token=hush';
    const label = expect.stringMatching(/^hooks\.example:8443#[0-9a-f]{12}$/);
    await report(service, finding(1, { deliveries: [{ channel: 'webhook', target: url }] }));
    const targets = async () => {
      const [unfinished, all] = [
        await service.ask.get('/alerts/deliveries'),
        await service.ask.get('/alerts'),
      ];
      expect(unfinished.text + all.text).not.toMatch(/s3cret|hush/);
      return [...unfinished.body, ...all.body[0].deliveries].map(({ target }) => target);
    };
    const kept = await targets();
    expect(kept).toEqual([label, label]);
    const rows = await place().sql('SELECT * FROM alert_deliveries');
    expect(JSON.stringify(rows)).not.toMatch(/s3cret|hush/);
    // As an earlier version has written it.
    await place().sql(
      `INSERT INTO alert_deliveries (event, alertID, line, step, status, channel, target, tries, recordedAt)
       SELECT event, alertID, 2, step, status, channel, '${url}', tries, recordedAt FROM alert_deliveries`,
    );
    expect(await targets()).toEqual([...kept, ...kept].flat());
  });

  test('findings are decided in their order, each by itself', async () => {
    const outcomes = await report(
      service,
      finding(1),
      finding(1, { kind: 'out' }),
      finding(2, { kind: 'none' }),
      finding(1, { kind: 'none', record: 19 }),
      finding(3),
      finding(1, { kind: 'none' }),
      finding(1),
    );
    expect(outcomes.map((outcome) => outcome.refusal ?? inShort(outcome))).toEqual([
      '1 low open',
      '1 out open',
      'no-alert',
      'stale-alert',
      '3 low open',
      '1 out resolved',
      '5 low open',
    ]);
  });

  test('a snoozed alert stays quiet until its time is over, and is then open again and reported', async () => {
    const tell = finding(1, { deliveries: [TELL_ANN] });
    await report(service, tell);
    const snooze = (moment: string) =>
      service.ask.patch('/alerts/1').send({ status: 'snoozed', until: moment }).expect(200);
    await snooze(NEXT_MONTH);
    expect(await report(service, tell)).toMatchObject([{ event: 2, status: 'snoozed' }]);
    const soon = Date.now() + 300;
    await snooze(new Date(soon).toISOString());
    const woken = await until('it is woken', async () => {
      const [outcome] = await report(service, tell);
      return outcome.status === 'open' && outcome;
    });
    expect(Date.parse(woken.recordedAt)).toBeGreaterThanOrEqual(soon);
    expect(woken).toMatchObject({ event: 4, alertID: 1, kind: 'low', until: null });
    expect(await report(service, tell)).toEqual([woken]);
    expect(await messages()).toBe(2);
  });

  test('a louder shortage wakes a snoozed alert, but not an ordered one', async () => {
    await report(service, finding(1), finding(2));
    await service.ask.patch('/alerts/1').send({ status: 'snoozed', until: NEXT_MONTH });
    await service.ask.patch('/alerts/2').send({ status: 'ordered', due: DUE });
    const louder = await report(service, finding(1, { kind: 'out' }), finding(2, { kind: 'out' }));
    expect(louder).toMatchObject([
      { status: 'open', kind: 'out', until: null },
      { status: 'ordered', kind: 'out', due: DUE },
    ]);
  });

  test('alerts are the same in every process, and after a restart', async () => {
    await report(service, finding(1, { deliveries: [TELL_ANN] }));
    const other = await startService(place().environment);
    await other.ask.patch('/alerts/1').send({ status: 'acknowledged' }).expect(200);
    expect(await listed(service)).toEqual(['1 low acknowledged']);
    await report(service, finding(1, { kind: 'out' }));
    expect((await other.ask.get('/alerts')).body).toEqual((await service.ask.get('/alerts')).body);
    await other.close();
  });
});
