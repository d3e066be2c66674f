import {
  type Claim,
  claimSteps,
  type DeliveryOutcome,
  type DeliveryStep,
  firstStep,
  outcomeSteps,
} from '../../app/ledger/delivery';

const NOW = new Date('2026-11-24T12:00:00.000Z');
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

const to = { channel: 'mail', target: 'ann@shop.example', notBefore: NOW } as const;
const pending = firstStep({ event: 11, alertID: 10 }, 1, to, NOW);

const claim: Claim = {
  deliveries: [{ event: 11, line: 1 }],
  messageID: 'm1',
  claim: 'c1',
  until: after(120),
};
const [sending] = claimSteps([pending], claim, NOW) as [DeliveryStep];

const outcome = (changes: Partial<DeliveryOutcome>): DeliveryOutcome => ({
  deliveries: claim.deliveries,
  claim: 'c1',
  status: 'delivered',
  retryAt: null,
  error: null,
  ...changes,
});
const failure = outcome({ status: 'failed', retryAt: after(30), error: '451 later' });
const [failed] = outcomeSteps([sending], failure, after(1)) as [DeliveryStep];
const [delivered] = outcomeSteps([sending], outcome({}), after(1)) as [DeliveryStep];

test('a claim begins a try, an outcome ends it, and the next try has the same message', () => {
  expect(sending).toMatchObject({ step: 2, status: 'sending', tries: 1, messageID: 'm1' });
  expect(sending.notBefore).toEqual(after(120));
  expect(failed).toMatchObject({ step: 3, status: 'failed', tries: 1, messageID: 'm1' });
  expect(failed).toMatchObject({ notBefore: after(30), error: '451 later', recordedAt: after(1) });
  const [again] = claimSteps([failed], { ...claim, claim: 'c2' }, after(30)) as [DeliveryStep];
  expect(again).toMatchObject({ step: 4, status: 'sending', tries: 2, claim: 'c2', error: null });
  expect(delivered).toMatchObject({ step: 3, status: 'delivered', notBefore: null });
});

test.each<[string, DeliveryStep, Partial<Claim>, Date]>([
  [
    'before it is due',
    firstStep({ event: 11, alertID: 10 }, 1, { ...to, notBefore: after(1) }, NOW),
    {},
    NOW,
  ],
  ['while another try lasts', sending, { claim: 'c2' }, after(119)],
  ['before a failed one may be tried again', failed, { claim: 'c2' }, after(29)],
  ['that was delivered', delivered, { claim: 'c2' }, after(900)],
  ['that is part of another message', failed, { claim: 'c2', messageID: 'm2' }, after(900)],
])('nobody takes a delivery %s', (_name, latest, changes, now) => {
  expect(claimSteps([latest], { ...claim, ...changes }, now)).toEqual([]);
});

test('a try without an outcome ends when its claim ends', () => {
  expect(claimSteps([sending], { ...claim, claim: 'c2' }, after(120))).toHaveLength(1);
});

test.each(['delivered', 'failed', 'dead'] as const)(
  'the outcome %s counts only from the claim that holds it, even after that has ended',
  (status) => {
    const said = outcome({ status });
    const [taken] = claimSteps([sending], { ...claim, claim: 'c2' }, after(120)) as [DeliveryStep];
    for (const other of [pending, taken, failed]) {
      expect(outcomeSteps([other], said, after(121))).toEqual([]);
    }
    expect(outcomeSteps([sending], { ...said, claim: 'c2' }, after(1))).toEqual([]);
    expect(outcomeSteps([sending], said, after(121))).toMatchObject([{ status, claim: 'c1' }]);
  },
);

test('a finished delivery stays finished', () => {
  const [dead] = outcomeSteps([sending], outcome({ status: 'dead', error: '550 no' }), NOW) as [
    DeliveryStep,
  ];
  expect(dead).toMatchObject({ status: 'dead', error: '550 no', notBefore: null });
  for (const status of ['delivered', 'failed', 'dead'] as const) {
    expect(outcomeSteps([dead, delivered], outcome({ status }), NOW)).toEqual([]);
  }
});
