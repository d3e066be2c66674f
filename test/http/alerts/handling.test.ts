import { DUE } from '../../due';
import { onEveryStore } from '../../stores';
import { expectProblem } from '../problem-answer';
import { useService } from '../service';
import { numberOf, tagOf } from '../tags';
import { ENCODINGS, type Field } from '../wire';
import { finding, NEXT_MONTH, report, TELL_ANN, TIME } from './shortages';

const UNTIL = NEXT_MONTH.replace('Z', '.000Z');

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    await report(service, finding(7, { deliveries: [TELL_ANN] }));
  });

  const patch = (fields: object, match?: string) => {
    const asked = service.ask.patch('/alerts/1');
    return (match === undefined ? asked : asked.set('If-Match', match)).send(fields);
  };
  const read = async () => (await service.ask.get('/alerts/1')).body;
  const events = () => place().sql('SELECT * FROM alerts ORDER BY event');

  test.each<[string, object, object]>([
    ['acknowledged', {}, { until: null, due: null }],
    ['snoozed', { until: UNTIL }, { until: UNTIL, due: null }],
    ['ordered', { due: DUE }, { until: null, due: DUE }],
  ])('an alert is %s, and open after all', async (status, fields, said) => {
    await service.ask.post('/products').send({ productID: 7, name: 'Cup' }).expect(201);
    const answer = await patch({ status, ...fields, handledBy: 'Ann', note: 'two\nlines' });
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toEqual(tagOf(2));
    expect(answer.body).toEqual({
      ...finding(7),
      event: 2,
      mark: /^"2-(.+)"$/.exec(answer.headers.etag as string)?.[1],
      alertID: 1,
      status,
      ...said,
      handledBy: 'Ann',
      note: 'two\nlines',
      openedAt: TIME,
      recordedAt: TIME,
      actor: 'open',
      name: 'Cup',
      deliveries: [expect.objectContaining({ delivery: '1.1', target: TELL_ANN.target })],
    });
    const opened = { status: 'open', until: null, due: null, handledBy: null, note: null };
    expect((await patch({ status: 'open' })).body).toMatchObject({ event: 3, ...opened });
    expect((await read()).life).toMatchObject([
      { event: 1, ...opened },
      { event: 2, status, ...said, handledBy: 'Ann' },
      { event: 3, ...opened },
    ]);
  });

  test('an action is accepted in every encoding of a form', async () => {
    for (const [name, encode] of Object.entries(ENCODINGS)) {
      const fields: Field[] = [
        ['status', 'ordered'],
        ['due', DUE],
        ['handledBy', 'Änn <b>'],
        ['note', `2 × 48, as ${name}`],
      ];
      const { type, text } = encode(fields);
      const answer = await service.ask.patch('/alerts/1').set('Content-Type', type).send(text);
      expect(answer.status).toBe(200);
      const { status, due, handledBy, note } = answer.body;
      expect(Object.entries({ status, due, handledBy, note })).toEqual(fields);
    }
    expect(await events()).toHaveLength(1 + Object.keys(ENCODINGS).length);
  });

  test('actions of people send no message, and a moment is kept in UTC to the millisecond', async () => {
    const answer = await patch({
      status: 'snoozed',
      until: NEXT_MONTH.replace('00:00:00Z', '01:00:00.1239+01:00'),
    });
    expect(answer.body.until).toBe(NEXT_MONTH.replace('Z', '.123Z'));
    expect((await read()).deliveries).toHaveLength(1);
  });

  test('an action that is already in effect adds nothing, from anybody; a note with it does', async () => {
    const first = await patch({ status: 'acknowledged', handledBy: 'Ann' });
    const second = await patch({ status: 'acknowledged', handledBy: 'Bob' });
    expect(second.status).toBe(200);
    expect(second.headers.etag).toEqual(tagOf(2));
    expect(second.body).toEqual(first.body);
    expect(await events()).toHaveLength(2);
    const third = await patch({ status: 'acknowledged', handledBy: 'Bob', note: 'mine' });
    expect(third.body).toMatchObject({ event: 3, handledBy: 'Bob', note: 'mine' });
  });

  test('ten simultaneous acknowledgements make one event', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        patch({ status: 'acknowledged', handledBy: `${index}` }),
      ),
    );
    expect(
      new Set(all.map(({ status, headers }) => `${status} ${numberOf(headers.etag)}`)),
    ).toEqual(new Set(['200 2']));
    expect(await events()).toHaveLength(2);
  });

  test('If-Match fits if it names the latest event, also among others, or any', async () => {
    const tags: unknown[] = [];
    for (const [status, match] of [
      ['acknowledged', '"1"'],
      ['open', '"2"'],
      ['acknowledged', '"9", "3"'],
      ['open', '*'],
    ] as const) {
      const answer = await patch({ status }, match);
      expect(answer.status).toBe(200);
      tags.push(answer.headers.etag);
    }
    expect(tags).toEqual([2, 3, 4, 5].map(tagOf));
  });

  test('If-Match of another event, or a weak one, changes nothing', async () => {
    for (const match of ['"2"', 'W/"1"', '"9", "2"']) {
      const stale = await patch({ status: 'acknowledged' }, match);
      expectProblem(stale, 'stale-alert', { alertID: 1, event: 1 });
    }
    expect(await events()).toHaveLength(1);
  });

  test('of simultaneous different decisions on one event, one succeeds', async () => {
    const answers = await Promise.all([
      patch({ status: 'acknowledged' }, '"1"'),
      patch({ status: 'ordered', due: DUE }, '"1"'),
      patch({ status: 'snoozed', until: UNTIL }, '"1"'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    for (const answer of answers) {
      if (answer.status === 412) expectProblem(answer, 'stale-alert', { alertID: 1, event: 2 });
    }
    expect(await events()).toHaveLength(2);
  });

  test('an alert that is over cannot be handled, nor one that never existed', async () => {
    await report(service, finding(7, { kind: 'none' }));
    expectProblem(await patch({ status: 'acknowledged' }), 'alert-resolved', { alertID: 1 });
    expectProblem(await patch({ status: 'open' }, '"2"'), 'alert-resolved', { alertID: 1 });
    // Nor once the next shortage of the product is there, which has another number.
    await report(service, finding(7));
    expectProblem(await patch({ status: 'acknowledged' }), 'alert-resolved', { alertID: 1 });
    for (const alertID of [2, 99]) {
      const unknown = await service.ask.patch(`/alerts/${alertID}`).send({ status: 'open' });
      expectProblem(unknown, 'unknown-alert');
    }
    expect(await events()).toHaveLength(3);
    const next = await service.ask.patch('/alerts/3').send({ status: 'acknowledged' });
    expect(next.body).toMatchObject({ alertID: 3, event: 4 });
  });
});
