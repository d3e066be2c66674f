import { DUE } from '../../due';
import { expectFaults, expectProblem } from '../problem-answer';
import { useSharedService } from '../service';
import { ENCODINGS, type Field } from '../wire';
import { finding, NEXT_MONTH, report } from './shortages';

const service = useSharedService();
beforeAll(async () => {
  await report(service, finding(1));
});

const patch = (fields: object | string, type = 'application/json') =>
  service.ask.patch('/alerts/1').type(type).send(fields);
const day = (inDays: number) =>
  new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10);

const SNOOZED = { status: 'snoozed', until: NEXT_MONTH };
const ORDERED = { status: 'ordered', due: DUE };

test.each<[string[], object]>([
  [['status'], {}],
  [['status'], { status: 'resolved' }],
  [['status'], { status: '' }],
  [['status'], { status: ['open', 'open'] }],
  [['until'], { status: 'snoozed' }],
  [['until'], { ...SNOOZED, until: '' }],
  [['until'], { ...SNOOZED, until: 'tomorrow' }],
  [['until'], { ...SNOOZED, until: '2036-12-01' }],
  [['until'], { ...SNOOZED, until: '2026-11-23T00:00:00Z' }],
  // A slip in the year would silence it for good.
  [['until'], { ...SNOOZED, until: `${day(368)}T00:00:00Z` }],
  [['until'], { ...SNOOZED, until: '9999-12-31T23:59:59Z' }],
  [['until'], { ...SNOOZED, until: new Date().toISOString() }],
  [['until'], { status: 'acknowledged', until: SNOOZED.until }],
  [['until'], { ...ORDERED, until: SNOOZED.until }],
  [['due'], { status: 'ordered' }],
  [['due'], { ...ORDERED, due: '' }],
  [['due'], { ...ORDERED, due: '2036-02-30' }],
  [['due'], { ...ORDERED, due: '01.12.2036' }],
  [['due'], { ...ORDERED, due: day(-1) }],
  // So would a slip in the year of an order.
  [['due'], { ...ORDERED, due: day(368) }],
  [['due'], { ...ORDERED, due: DUE.replace('20', '21') }],
  [['due'], { status: 'open', due: ORDERED.due }],
  [['due'], { ...SNOOZED, due: ORDERED.due }],
  [['handledBy'], { status: 'open', handledBy: '' }],
  [['handledBy'], { status: 'open', handledBy: 'x'.repeat(201) }],
  [['handledBy'], { status: 'open', handledBy: 'a\nb' }],
  [['note'], { status: 'open', note: 'x'.repeat(501) }],
  [['note'], { status: 'open', note: 'a\0b' }],
  [['productID'], { status: 'open', productID: 1 }],
  // All faults at once, those of one field and those of fields that do not go together.
  [['until', 'due'], { status: 'snoozed', due: ORDERED.due }],
  [['until', 'due'], { status: 'ordered', until: SNOOZED.until }],
  [['until', 'due'], { status: 'acknowledged', until: SNOOZED.until, due: ORDERED.due }],
  [['until', 'handledBy', 'x'], { status: 'snoozed', handledBy: '', x: 1 }],
  [['due', 'note'], { status: 'ordered', due: day(-1), note: '' }],
  [['status', 'until', 'due'], { until: '2020-01-01T00:00:00Z', due: '2020-01-01' }],
  [['until', 'due'], { status: 'acknowledged', until: 'x', due: 'x' }],
])('faulty: %j by %j', async (fields, sent) => {
  expectFaults(await patch(sent), ...fields);
});

test.each(Object.entries(ENCODINGS))('the same faults are found in %s', async (_name, encode) => {
  const fields: Field[] = [
    ['status', 'snoozed'],
    ['due', '2020-01-01'],
    ['handledBy', ' '],
  ];
  const { type, text } = encode(fields);
  const answer = await patch(text, type);
  expectProblem(answer, 'invalid-request', { errors: expect.any(Array) });
  expect(answer.body.errors).toEqual([
    { field: 'handledBy', detail: expect.stringMatching(/^must be text/) },
    { field: 'until', detail: 'is required with status=snoozed' },
    { field: 'due', detail: 'goes with status=ordered only' },
    { field: 'due', detail: 'must be today or later, and within 366 days' },
  ]);
});

test.each(['status', 'until', 'due', 'handledBy', 'note'])(
  '%s sent twice is faulty',
  async (field) => {
    const twice = `${field}=x&${field}=x${field === 'status' ? '' : '&status=open'}`;
    expectFaults(await patch(twice, 'application/x-www-form-urlencoded'), field);
  },
);

test.each(['1', '"x"', '', '"1" "2"'])('If-Match: %j is invalid', async (match) => {
  const answer = await service.ask
    .patch('/alerts/1')
    .set('If-Match', match)
    .send({ status: 'acknowledged' });
  expectFaults(answer, 'If-Match');
});

test('a body that is no form, or too large, is refused', async () => {
  expectProblem(await patch('status=open', 'text/plain'), 'unsupported-media-type');
  expectProblem(await patch('{"status":'), 'malformed-body');
  expectProblem(await patch({ note: 'x'.repeat(200_000) }), 'body-too-large');
});

test('none of it had any effect', async () => {
  expect(await service.place.sql('SELECT * FROM alerts')).toHaveLength(1);
});
