import fc from 'fast-check';
import { type AlertEvent, type AlertKind, isLouder } from '../../app/ledger/alert';
import type { AlertCommand, HandleCommand } from '../../app/ledger/alert-command';
import { subjectOf, wholeProduct } from '../../app/ledger/alert-subject';
import { Alerts } from '../../app/ledger/alerts';
import { UTC } from '../../app/ledger/calendar';
import { Catalogue } from '../../app/ledger/catalogue';
import { decideAlert } from '../../app/ledger/decide-alert';
import type { Finding } from '../../app/ledger/finding';
import { onStock } from '../../app/ledger/memories';
import { Stock } from '../../app/ledger/stock';
import { draft } from '../../app/ledger/write/draft';
import { revision } from './products';
import { record } from './records';

const NOW = new Date('2026-11-24T12:00:00.000Z');
const LATER = new Date('2026-11-25T12:00:00.000Z');

const found: Finding = {
  ...wholeProduct(7),
  record: 20,
  revision: 3,
  availableQuantity: 4,
  threshold: 5,
  daysOfCover: 2.5,
};

function event(changes: Partial<AlertEvent> = {}): AlertEvent {
  return {
    ...found,
    event: 11,
    alertID: 10,
    kind: 'low',
    status: 'open',
    until: null,
    due: null,
    handledBy: null,
    note: null,
    openedAt: NOW,
    recordedAt: NOW,
    actor: null,
    turnMark: 1,
    ...changes,
  };
}

const report = (alert: AlertKind, changes: Partial<Finding> = {}): AlertCommand => ({
  ...found,
  ...changes,
  kind: 'report',
  alert,
  deliveries: [],
});
const resolve = (changes: Partial<Finding> = {}): AlertCommand => ({
  ...found,
  ...changes,
  kind: 'resolve',
});
const handle = (changes: Partial<HandleCommand> = {}): HandleCommand => ({
  kind: 'handle',
  ...wholeProduct(7),
  alertID: 10,
  status: 'acknowledged',
  until: null,
  due: null,
  handledBy: 'ann@shop.example',
  note: null,
  ...changes,
});

const EVENTS_LIMIT = 1_000;

/** Handling an alert that had so many events fewer than its limit, up to an event. */
const countedTo = (at: number, left: number, changes: Partial<HandleCommand> = {}) =>
  handle({ ...changes, counted: { event: at, events: EVENTS_LIMIT - left } });

/** A moment, and its day. */
const on = (now: Date) => ({ now, today: UTC.dayOf(now) });

/** The outcome of a command: another status and kind, `same`, or a refusal. */
function outcome(latest: AlertEvent | undefined, command: AlertCommand, now = NOW): string {
  const decision = decideAlert(latest, command, on(now), EVENTS_LIMIT);
  if ('refusal' in decision) return decision.refusal;
  if ('event' in decision) return 'same';
  return `${decision.of ? '' : 'new '}${decision.status} ${decision.kind}`;
}

const snoozed = event({ status: 'snoozed', until: LATER });
const ordered = event({ status: 'ordered', due: '2026-11-24' });
const acknowledged = event({ status: 'acknowledged' });
const resolved = event({ status: 'resolved' });
const DAY_AFTER = new Date('2026-11-25T00:00:00.000Z');

test.each<[string, AlertEvent | undefined, AlertCommand, string, Date?]>([
  ['a first shortage opens', undefined, report('low'), 'new open low'],
  ['the next shortage opens another', resolved, report('out'), 'new open out'],
  ['the same again', event(), report('low'), 'same'],
  ['a quieter kind', event({ kind: 'out' }), report('low'), 'same'],
  ['a louder kind', event(), report('out'), 'open out'],
  ['louder, from cover to low', event({ kind: 'cover' }), report('low'), 'open low'],
  ['seen already, the same again', acknowledged, report('low'), 'same'],
  ['seen already, and louder', acknowledged, report('out'), 'open out'],
  ['snoozed, the same again', snoozed, report('low'), 'same'],
  ['snoozed, and louder', snoozed, report('out'), 'open out'],
  ['snoozed, a moment before its end', snoozed, report('low'), 'same', new Date(+LATER - 1)],
  ['snoozed, and over', snoozed, report('low'), 'open low', LATER],
  ['snoozed, over and louder', snoozed, report('out'), 'open out', LATER],
  ['ordered, the same again', ordered, report('low'), 'same'],
  ['ordered, and louder', ordered, report('out'), 'ordered out'],
  ['ordered, and not there on its day', ordered, report('low'), 'open low', DAY_AFTER],
  ['ordered, not there, and louder', ordered, report('out'), 'open out', DAY_AFTER],
  ['found before what is known', event(), report('out', { record: 19 }), 'stale-alert'],
  ['found in an older catalogue', event(), report('out', { revision: 2 }), 'stale-alert'],
  ['found before it was resolved', resolved, report('low', { record: 19 }), 'stale-alert'],
  ['resolved by the stock', event(), resolve(), 'resolved low'],
  ['resolved though ordered', ordered, resolve(), 'resolved low'],
  ['resolved twice', resolved, resolve(), 'same'],
  ['resolved by what was before', event(), resolve({ record: 19 }), 'stale-alert'],
  ['nothing to resolve', undefined, resolve(), 'no-alert'],
  ['acknowledged', event(), handle(), 'acknowledged low'],
  ['acknowledged twice', acknowledged, handle(), 'same'],
  ['acknowledged with a word', acknowledged, handle({ note: 'called' }), 'acknowledged low'],
  ['open after all', ordered, handle({ status: 'open' }), 'open low'],
  ['snoozed', event(), handle({ status: 'snoozed', until: LATER }), 'snoozed low'],
  ['snoozed alike', snoozed, handle({ status: 'snoozed', until: LATER }), 'same'],
  ['snoozed for less', snoozed, handle({ status: 'snoozed', until: NOW }), 'snoozed low'],
  ['ordered', event(), handle({ status: 'ordered', due: '2026-12-01' }), 'ordered low'],
  ['due later', ordered, handle({ status: 'ordered', due: '2026-12-01' }), 'ordered low'],
  ['seen to when it is over', resolved, handle(), 'alert-resolved'],
  ['seen to when another is there', event({ alertID: 11 }), handle(), 'alert-resolved'],
  ['seen to as it was known', event(), handle({ expectedEvents: [10, 11] }), 'acknowledged low'],
  ['seen to for the last time', event(), countedTo(11, 1), 'acknowledged low'],
  ['seen to once too often', event(), countedTo(11, 0), 'alert-limit'],
  ['as it is, at its limit', acknowledged, countedTo(11, 0), 'same'],
  ['over, at its limit', resolved, countedTo(11, 0), 'alert-resolved'],
  ['counted before, far from its limit', event(), countedTo(8, 4), 'acknowledged low'],
  ['counted before, maybe at its limit', event(), countedTo(8, 3), 'recount'],
  ['counted in another ledger', event(), countedTo(12, 500), 'recount'],
  ['seen to as it was before', event(), handle({ expectedEvents: [10] }), 'stale-alert'],
])('%s', (_name, latest, command, expected, now = NOW) => {
  expect(outcome(latest, command, now)).toBe(expected);
});

test('handling an alert does not change what was found', () => {
  const decision = decideAlert(event(), handle({ note: 'called' }), on(NOW));
  const said = { status: 'acknowledged', handledBy: 'ann@shop.example', note: 'called' };
  expect(decision).toMatchObject({ ...found, kind: 'low', ...said, of: { alertID: 10 } });
});

test('a finding does not repeat who handled the alert and their note', () => {
  const before = event({ status: 'acknowledged', handledBy: 'ann', note: 'called' });
  const now = { record: 21, availableQuantity: 0 };
  const decision = decideAlert(before, report('out', now), on(NOW));
  expect(decision).toMatchObject({ ...found, ...now, handledBy: null, note: null });
});

const deliveries = [{ channel: 'mail', target: 'ann@shop.example', notBefore: NOW }] as const;
const facts = {
  ...onStock(new Stock([record(1_000, { productID: 7 })])),
  catalogue: new Catalogue([revision(3)]),
  sales: new Map(),
  requests: new Map(),
  ended: new Map(),
};

function draftOn(alerts: Alerts, commands: readonly AlertCommand[]) {
  const stamp = { turnMark: 5, now: NOW };
  return draft({ ...facts, alerts }, [{ kind: 'alerts', commands }], stamp);
}

test.each([
  ['record', { record: 1_001 }],
  ['record', { record: Number.MAX_SAFE_INTEGER }],
  ['revision', { revision: 4 }],
  ['productID', { productID: 8 }],
])('a finding about a %s that the ledger does not have is refused: %j', (field, changes) => {
  const command = { ...report('out'), ...changes } as AlertCommand;
  const refused = { refusal: 'not-in-ledger', ...subjectOf(command), fields: [field] };
  const drafted = draftOn(new Alerts(), [command]);
  expect(drafted.answers).toEqual([{ answer: 'alerts', outcomes: [refused] }]);
  expect([drafted.alerts, drafted.deliveries]).toEqual([[], []]);
});

test('an alert has the number of the event that opened it, and its deliveries come with each event', () => {
  const first = { ...report('low'), deliveries } as AlertCommand;
  const again = { ...report('low', { record: 21 }), deliveries } as AlertCommand;
  const louder = { ...report('out', { record: 22 }), deliveries } as AlertCommand;
  const drafted = draftOn(new Alerts([event({ event: 4, productID: 1 })]), [first, again, louder]);
  expect(drafted.alerts.map(({ event, alertID, kind }) => [event, alertID, kind])).toEqual([
    [5, 5, 'low'],
    [6, 5, 'out'],
  ]);
  const steps = drafted.deliveries.map((step) => [step.event, step.line, step.step, step.status]);
  expect(steps).toEqual([
    [5, 1, 1, 'pending'],
    [6, 1, 1, 'pending'],
  ]);
  expect(drafted.answers).toMatchObject([
    { answer: 'alerts', outcomes: [{ event: 5 }, { event: 5 }, { event: 6 }] },
  ]);
});

test('several monitors that look at the same records, in any order, make one alert for one shortage', () => {
  // Two monitors look at the same records in order, one ahead of the other by any number of steps.
  const look = fc.record({
    quantities: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }),
    turns: fc.array(fc.boolean(), { maxLength: 40 }),
  });
  fc.assert(
    fc.property(look, ({ quantities, turns }) => {
      const alone = follow(quantities, []);
      const both = follow(quantities, turns);
      expect(both).toEqual(alone);
    }),
  );
});

/** Lets two monitors process all records, the second as far as the turns say at each step. Returns the events. */
function follow(quantities: readonly number[], turns: readonly boolean[]): string[] {
  const alerts = new Alerts();
  const events: string[] = [];
  const seen = [0, 0];
  const see = (monitor: 0 | 1) => {
    const record = (seen[monitor] as number) + 1;
    if (record > quantities.length) return;
    seen[monitor] = record;
    const availableQuantity = quantities[record - 1] as number;
    const now = { record, availableQuantity };
    const kind = availableQuantity === 0 ? 'out' : 'low';
    const command = availableQuantity > 5 ? resolve(now) : report(kind, now);
    const drafted = draftOn(alerts, [command]);
    alerts.fold(drafted.alerts);
    for (const { record, status, kind } of drafted.alerts)
      events.push(`${record} ${status} ${kind}`);
  };
  for (const isFirst of turns) see(isFirst ? 0 : 1);
  while (seen.some((record) => record < quantities.length)) {
    see(0);
    see(1);
  }
  return events;
}

test('out is louder than low, and low is louder than cover', () => {
  expect(isLouder('out', 'low') && isLouder('low', 'cover')).toBe(true);
  expect(isLouder('low', 'low') || isLouder('cover', 'out')).toBe(false);
});
