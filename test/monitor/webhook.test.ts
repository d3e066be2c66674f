import { Webhook } from 'standardwebhooks';
import { requirePublic } from '../../app/monitor/delivery/public-address';
import { NotDelivered } from '../../app/monitor/delivery/sending';
import { WebhookSender } from '../../app/monitor/delivery/webhook';
import { until } from '../faults/until';
import { Receiver, type ReceiverFault, WEBHOOK_SECRET } from './receivers';

const PAYLOAD = { type: 'alert.opened', data: { productID: 7, name: 'Tasse “Größe L”' } };
/** How long a receiver that is silent is waited for. */
const SILENT_MS = 400;
/** For one that answers, however busy the machine is. */
const MINUTE_MS = 60_000;

let receiver: Receiver;
let url: string;
beforeEach(async () => {
  receiver = new Receiver();
  url = await receiver.open();
});
afterEach(() => receiver.close());

/** The result of posting a message; undefined if it was accepted. */
async function send(
  target = url,
  { allowPrivate = true, timeoutMs = MINUTE_MS, at = new Date() } = {},
): Promise<NotDelivered | undefined> {
  try {
    await new WebhookSender(WEBHOOK_SECRET, allowPrivate, timeoutMs).send(
      target,
      'm-1',
      at,
      PAYLOAD,
    );
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(NotDelivered);
    return error as NotDelivered;
  }
}

test.each<[ReceiverFault, RegExp]>([
  ['silent', /^no answer within 400 ms$/],
  ['closes', /hang up|ECONNRESET/],
  ['closes in the middle of its answer', /hang up|ECONNRESET|Parse Error/],
  ['has huge headers', /Header overflow/i],
  ['asks for another protocol', /closed|hang up/],
])('a receiver: %s; the try fails, and the next is the same message', async (fault, said) => {
  receiver.fault = fault;
  const timeoutMs = fault === 'silent' ? SILENT_MS : MINUTE_MS;
  expect(await send(url, { timeoutMs })).toMatchObject({
    isFinal: false,
    message: expect.stringMatching(said),
  });
  receiver.fault = undefined;
  expect(await send()).toBeUndefined();
  expect(receiver.posts).toHaveLength(2);
  expect(receiver.accepted).toMatchObject([{ id: 'm-1', body: PAYLOAD }]);
});

test('where nobody listens the try fails and says so', async () => {
  const elsewhere = new Receiver();
  const closed = await elsewhere.open();
  await elsewhere.close();
  expect(await send(closed)).toMatchObject({
    isFinal: false,
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

test('an answer that has no end is not read: its status is enough', async () => {
  receiver.fault = 'answers without end';
  expect(await send(url)).toBeUndefined();
  await until('the connection to end', async () => (await receiver.connected()) === 0);
});

test.each([200, 201, 202, 204])('%p takes it', async (status) => {
  receiver.statuses.push(status);
  expect(await send()).toBeUndefined();
});

test.each([301, 302, 307, 308, 400, 401, 404, 429, 500, 503])(
  '%p is a passing fault',
  async (status) => {
    receiver.statuses.push(status);
    expect(await send()).toMatchObject({
      isFinal: false,
      message: `the receiver answered ${status}`,
    });
    // A redirect names another place, where nobody went.
    expect(receiver.posts).toHaveLength(1);
  },
);

test('410 is a lasting fault', async () => {
  receiver.statuses.push(410);
  expect(await send()).toMatchObject({ isFinal: true, message: 'the receiver answered 410' });
});

test('each try has the same name and body, and the time and the signature of its own moment', async () => {
  receiver.statuses.push(500);
  const now = Date.now();
  await send(url, { at: new Date(now - MINUTE_MS) });
  await send(url, { at: new Date(now) });
  const [first, second] = receiver.posts;
  expect(second?.text).toBe(first?.text);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  const seconds = receiver.posts.map(({ headers }) => Number(headers['webhook-timestamp']));
  expect(seconds).toEqual([now - MINUTE_MS, now].map((at) => Math.floor(at / 1_000)));
  expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
});

test('the signature is of this body, this name, this time and this secret', async () => {
  await send();
  const [{ text, headers } = { text: '', headers: {} }] = receiver.posts;
  const verified = (
    body: string,
    changes: Record<string, string> = {},
    secret = WEBHOOK_SECRET,
  ): unknown => new Webhook(secret).verify(body, { ...headers, ...changes });
  expect(verified(text)).toEqual(PAYLOAD);
  const other = `whsec_${Buffer.from('another secret of 24 by.').toString('base64')}`;
  const later = String(Number(headers['webhook-timestamp']) + 1);
  expect(() => verified(text.replace('7', '8'))).toThrow('No matching signature found');
  expect(() => verified(text, { 'webhook-id': 'm-2' })).toThrow('No matching signature found');
  expect(() => verified(text, { 'webhook-timestamp': later })).toThrow('No matching signature');
  expect(() => verified(text, {}, other)).toThrow('No matching signature found');
});

const PRIVATE = [
  'localhost',
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '0.0.0.0',
  '0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '[fd00::1]',
  '[fe80::1]',
  '[fec0::1]',
  '224.0.0.1',
  '[ff02::1]',
  '255.255.255.255',
];

test.each(PRIVATE)('%s is not public: it is refused, and nothing is connected', async (host) => {
  const { port } = new URL(url);
  expect(await send(`http://${host}:${port}/hook`, { allowPrivate: false })).toMatchObject({
    isFinal: false,
    message: expect.stringMatching(/^\S+ is \w+, not public: WEBHOOK_ALLOW_PRIVATE=true allows/),
  });
  expect(receiver.connections).toBe(0);
});

test.each(['localhost', '127.0.0.1', '2130706433', '[::ffff:127.0.0.1]'])(
  '%s gets messages if the settings allow it',
  async (host) => {
    const { port } = new URL(url);
    expect(await send(`http://${host}:${port}/hook`)).toBeUndefined();
    expect(receiver.connections).toBe(1);
  },
);

test.each(['8.8.8.8', '::ffff:8.8.8.8', '2606:4700::1111'])('%s is public', (address) => {
  expect(() => requirePublic(address)).not.toThrow();
});
