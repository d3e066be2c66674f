import { alertLink, type LinkAction } from '../../../app/wire/alert-link';
import { DUE } from '../../due';
import { onEveryStore, sqlitePlace, usePlace } from '../../stores';
import { expectFaults } from '../problem-answer';
import { startService, useService } from '../service';
import { ENCODINGS } from '../wire';
import { finding, report } from './shortages';

const SECRET = 'a secret of the test';
const ANN = 'ann@shop.example';
const DAY_MS = 86_400_000;

const day = (inDays: number) => new Date(Date.now() + inDays * DAY_MS).toISOString().slice(0, 10);

const link = (action: LinkAction, by = ANN) =>
  alertLink('', SECRET, { alertID: 1, action, by, expires: 4_102_444_800 });

describe('the page of a link', () => {
  const place = usePlace(sqlitePlace);
  const service = useService(place, { LINK_SECRET: SECRET });
  beforeEach(async () => {
    await report(service, finding(7));
  });

  const press = (action: LinkAction, fields: object = {}, by = ANN) =>
    service.ask.post(link(action, by)).type('form').send(fields);
  const life = async () => (await service.ask.get('/alerts/1')).body.life;

  test.each(['acknowledge', 'order', 'snooze'] as const)(
    'to follow a link to %s shows how it stands and a button, and changes nothing',
    async (action) => {
      const shown = await service.ask.get(link(action));
      expect(shown.status).toBe(200);
      expect(shown.text).toContain('4 available when it was found, low at 5.');
      expect(shown.text).toContain('Not handled yet.');
      expect(shown.text.match(/<button>/g)).toHaveLength(1);
      expect(shown.text).toContain('<form method="post">');
      expect((await service.ask.head(link(action))).status).toBe(200);
      expect(await life()).toHaveLength(1);
    },
  );

  test.each<[LinkAction, object, object, RegExp]>([
    ['acknowledge', {}, { status: 'acknowledged', until: null, due: null }, /ann@\S+ is on it/],
    ['order', { due: DUE }, { status: 'ordered', due: DUE }, new RegExp(`due on ${DUE}`)],
    ['snooze', { days: '3' }, { status: 'snoozed', due: null }, /Snoozed by ann@.* until .* UTC/],
  ])(
    'its button acts once, even if it is pressed several times: %s',
    async (action, fields, said, words) => {
      for (const _ of [1, 2, 3]) {
        const pressed = await press(action, fields);
        expect(pressed.status).toBe(200);
        expect(pressed.text).toMatch(words);
        expect(pressed.text).not.toContain('<form');
      }
      expect(await life()).toMatchObject([{ status: 'open' }, { ...said, handledBy: ANN }]);
    },
  );

  test('without a choice it is due in a week, or quiet for a day', async () => {
    const due = [day(7)];
    await press('order').expect(200);
    due.push(day(7));
    expect(due).toContain((await life())[1].due);
    const before = Date.now();
    await press('snooze').expect(200);
    const snoozed = Date.parse((await life())[2].until) - DAY_MS;
    expect(snoozed).toBeGreaterThanOrEqual(before);
    expect(snoozed).toBeLessThanOrEqual(Date.now());
  });

  test('a snooze by somebody else, or for longer, is another', async () => {
    await press('snooze');
    await press('snooze', { days: '7' });
    await press('snooze', { days: '7' }, 'bob@shop.example');
    const events = (await life()).slice(1);
    expect(events.map(({ handledBy }: { handledBy: string }) => handledBy)).toEqual([
      ANN,
      ANN,
      'bob@shop.example',
    ]);
    const ends = events.map(({ until }: { until: string }) => Date.parse(until));
    expect(Math.round((ends[1] - ends[0]) / DAY_MS)).toBe(6);
  });

  test.each(Object.entries(ENCODINGS))('the form is taken as %s', async (_name, encode) => {
    const { type, text } = encode([['due', DUE]]);
    await service.ask.post(link('order')).set('Content-Type', type).send(text).expect(200);
    expect((await life())[1]).toMatchObject({ status: 'ordered', due: DUE });
  });

  test.each<[LinkAction, string, object]>([
    ['order', 'due', { due: '' }],
    ['order', 'due', { due: 'soon' }],
    ['order', 'due', { due: '2020-01-01' }],
    ['order', 'due', { due: '2096-01-01' }],
    ['snooze', 'days', { days: '2' }],
    ['snooze', 'days', { days: '-1' }],
    ['acknowledge', 'status', { status: 'resolved' }],
    ['acknowledge', 'handledBy', { handledBy: 'eve@shop.example' }],
  ])('to %s with a faulty %s is refused: %j', async (action, field, fields) => {
    expectFaults(await press(action, fields), field);
    expect(await life()).toHaveLength(1);
  });

  test('the page of a resolved alert says so, and its button does nothing', async () => {
    await report(service, finding(7, { kind: 'none', record: 21 }), finding(7, { record: 22 }));
    for (const action of ['acknowledge', 'order', 'snooze'] as const) {
      const [shown, pressed] = [await service.ask.get(link(action)), await press(action)];
      for (const page of [shown, pressed]) {
        expect(page.status).toBe(200);
        expect(page.text).toContain('The stock has ended this shortage');
        expect(page.text).not.toContain('<form');
      }
    }
    expect(await life()).toHaveLength(2);
    expect(await place().sql("SELECT 1 FROM alerts WHERE status <> 'resolved'")).toHaveLength(2);
  });
});

onEveryStore((place) => {
  test('a link by the longest name that can be kept does it, by a longer one it is refused', async () => {
    const service = await startService(place().environment, { LINK_SECRET: SECRET });
    await report(service, finding(7));
    await service.ask.post(link('acknowledge', '𝄞'.repeat(100))).expect(200);
    expect((await service.ask.get('/alerts/1')).body.handledBy).toBe('𝄞'.repeat(100));
    expectFaults(await service.ask.post(link('snooze', 'x'.repeat(201))), 'by');
    expect(await place().sql('SELECT 1 FROM alerts')).toHaveLength(2);
    await service.close();
  });
});
