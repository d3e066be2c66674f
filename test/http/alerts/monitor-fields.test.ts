import { expectFaults, expectProblem } from '../problem-answer';
import { useSharedService } from '../service';
import { finding, TELL_ANN } from './shortages';

/** So large a body may be here. */
const LIMIT_BYTES = 200_000;

const service = useSharedService({
  BODY_LIMIT_BYTES: String(LIMIT_BYTES),
  BATCH_LIMIT_BYTES: String(LIMIT_BYTES),
});

const post = (path: string, body: object) => service.ask.post(`/alerts/${path}`).send(body);
const NO_NUMBER = [-1, 1.5, '01', 'many', true, null, 2 ** 53];

test.each<[string, unknown[]]>([
  ['productID', [0, 4_294_967_296, ...NO_NUMBER]],
  ['kind', ['resolved', 'LOW', '', null, ['low']]],
  ['record', NO_NUMBER],
  ['revision', NO_NUMBER],
  ['availableQuantity', [2_147_483_648, ...NO_NUMBER]],
  ['threshold', [2_147_483_648, ...NO_NUMBER]],
  ['daysOfCover', [-1, '01', '1.', 'many', '1e3', true, []]],
  ['deliveries', [{}, 'ann@shop.example', null, Array(21).fill(TELL_ANN)]],
])('a finding is refused for its %s', async (field, values) => {
  for (const value of values) {
    const faulty = post('findings', { findings: [finding(1), finding(2, { [field]: value })] });
    expectFaults(await faulty, `findings.1.${field}`);
  }
});

test('all missing and unknown fields of a finding are reported at once', async () => {
  const needs = ['productID', 'kind', 'record', 'revision', 'availableQuantity', 'threshold'];
  const answer = await post('findings', { findings: [{ note: 'x' }] });
  const fields = [...needs, 'daysOfCover', 'note'].map((field) => `findings.0.${field}`);
  expectFaults(answer, ...fields);
});

test.each<[string, object]>([
  ['channel', { ...TELL_ANN, channel: 'pigeon' }],
  ['target', { ...TELL_ANN, target: '' }],
  ['target', { ...TELL_ANN, target: 'x'.repeat(501) }],
  ['target', { ...TELL_ANN, target: 'a\r\nBcc: b' }],
  ['target', { ...TELL_ANN, target: 'ann' }],
  ['target', { ...TELL_ANN, target: 'ann@shop.example, all@shop.example' }],
  ['target', { channel: 'webhook', target: 'ann@shop.example' }],
  ['target', { channel: 'webhook', target: 'file:///etc/passwd' }],
  ['target', { channel: 'webhook', target: 'shop.example#x' }],
  ['notBefore', { ...TELL_ANN, notBefore: null }],
  ['notBefore', { ...TELL_ANN, notBefore: '2026-11-24' }],
  ['status', { ...TELL_ANN, status: 'delivered' }],
])('a delivery is refused for its %s: %j', async (field, delivery) => {
  const deliveries = [TELL_ANN, delivery];
  const answer = await post('findings', { findings: [finding(1, { deliveries })] });
  expectFaults(answer, `findings.0.deliveries.1.${field}`);
});

test('a delivery that says nothing lacks its channel and its target', async () => {
  const answer = await post('findings', { findings: [finding(1, { deliveries: [{}] })] });
  const fields = ['channel', 'target'];
  expectFaults(answer, ...fields.map((field) => `findings.0.deliveries.0.${field}`));
});

test('findings come as a list of 1 to 1000', async () => {
  const many = Array.from({ length: 1_001 }, (_, index) => finding(index + 1));
  for (const findings of [undefined, {}, 'x', [], many]) {
    expectFaults(await post('findings', { findings }), 'findings');
  }
  expectFaults(await post('findings', { findings: [[]] }), 'findings.0');
});

const CLAIM = { deliveries: ['1.1'], messageID: 'm1', claim: 'c1', leaseSeconds: 60 };
const OUTCOME = { deliveries: ['1.1'], claim: 'c1', status: 'failed' };
const NO_MARK = ['', ' ', 'two words', 'é', '😀', 'x'.repeat(65), 'a\nb', null, ['a']];
const NO_NAME = ['1', '1.0', '0.1', '01.1', '1.1.1', '1e3.1', '1.1234567890', 'x', '', null, 1.1];

test.each<[string, string, object, unknown[]]>([
  ['claims', 'messageID', CLAIM, [undefined, ...NO_MARK]],
  ['claims', 'claim', CLAIM, [undefined, ...NO_MARK]],
  ['claims', 'leaseSeconds', CLAIM, [undefined, 0, 3_601, ...NO_NUMBER]],
  ['claims', 'deliveries', CLAIM, [undefined, {}, '1.1', [], Array(1_001).fill('1.1')]],
  ['claims', 'until', CLAIM, ['2036-12-01T00:00:00Z']],
  ['outcomes', 'claim', OUTCOME, [undefined, ...NO_MARK]],
  ['outcomes', 'status', OUTCOME, [undefined, 'sending', 'pending', 'Dead', null]],
  ['outcomes', 'retryAt', OUTCOME, ['soon', '2036-12-01', null, 1]],
  ['outcomes', 'deliveries', OUTCOME, [undefined, {}, '1.1', [], Array(1_001).fill('1.1')]],
])('of %s a faulty %s is refused', async (path, field, right, values) => {
  for (const value of values) {
    expectFaults(await post(`deliveries/${path}`, { ...right, [field]: value }), field);
  }
});

test('outcomes with a faulty error, or with fields of claims, are refused', async () => {
  for (const error of ['', 'x'.repeat(501), 'a\nb', null]) {
    const answer = await post('deliveries/outcomes', { ...OUTCOME, error, messageID: 'm1' });
    expect(answer.status).toBe(400);
    const fields = answer.body.errors.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(['error', 'messageID']);
  }
});

test.each(['claims', 'outcomes'])('the faults of %s name each field by its place', async (path) => {
  const right = path === 'claims' ? CLAIM : OUTCOME;
  const answer = await post(`deliveries/${path}`, { ...right, deliveries: ['1.1', ...NO_NAME] });
  // In JSON the number 1.1 is the name 1.1.
  const fields = NO_NAME.slice(0, -1).map((_, index) => `deliveries.${index + 1}`);
  expectFaults(answer, ...fields);
});

test('a checkpoint is a record', async () => {
  for (const record of [undefined, ...NO_NUMBER]) {
    expectFaults(await post('checkpoint', { record }), 'record');
  }
  expectFaults(await post('checkpoint', { record: 1, at: 'now' }).expect(400), 'at');
});

test.each([
  ['after', '-1'],
  ['after', 'x'],
  ['after', '1&after=2'],
  ['limit', '0'],
  ['limit', '1001'],
  ['status', 'dead'],
])('GET /alerts/deliveries?%s=%s is refused', async (field, value) => {
  expectFaults(await service.ask.get(`/alerts/deliveries?${field}=${value}`), field);
});

test.each(['findings', 'deliveries/claims', 'deliveries/outcomes', 'checkpoint'])(
  'POST /alerts/%s takes JSON alone, one object, whole and not too large',
  async (path) => {
    const send = (type: string, text: string) =>
      service.ask.post(`/alerts/${path}`).set('Content-Type', type).send(text);
    expectProblem(await send('application/x-www-form-urlencoded', 'a=1'), 'unsupported-media-type');
    expectProblem(await send('application/json', '{"findings":'), 'malformed-body');
    expectProblem(await send('application/json', '[]'), 'malformed-body');
    const large = `{${' '.repeat(LIMIT_BYTES)}}`;
    expectProblem(await send('application/json', large), 'body-too-large');
  },
);

test('none of it had any effect', async () => {
  for (const table of ['alerts', 'alert_deliveries', 'alert_checkpoints']) {
    expect(await service.place.sql(`SELECT * FROM ${table}`)).toEqual([]);
  }
});
