import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { Unreachable } from '../../app/client/failure';
import { Api } from '../../app/monitor/api';
import type { Clock } from '../../app/monitor/clock';
import { Deliverer } from '../../app/monitor/delivery/deliverer';
import { MONITOR_SETTINGS } from '../../app/monitor/settings';
import { readSettings } from '../../app/setting-table';
import type { Alert } from '../../app/wire/alerts';
import type { Claim, Delivery } from '../../app/wire/deliveries';
import { until } from '../faults/until';
import { startService, type TestService } from '../http/service';
import { type LedgerPlace, sqlitePlace } from '../stores';
import { Mailbox, Receiver, WEBHOOK_SECRET } from './receivers';

const ANN = 'ann@shop.example';
const LOOK_MS = 10;

/** The time as it is, with shorter pauses between looks. */
const eager: Clock = {
  now: () => new Date(),
  wait: (_ms, signal) => pause(LOOK_MS, undefined, { signal }).catch(() => {}),
};

/** Runs behind, and catches up by each pause: what is to be in a minute is soon. */
function hurrying(): Clock {
  let now = Date.now() - 200_000;
  return {
    now: () => new Date(Math.min(now, Date.now())),
    wait: async (ms, signal) => {
      await eager.wait(ms, signal);
      if (!signal.aborted) now += ms;
    },
  };
}

/** Addresses beside Ann's. */
const PEOPLE = Array.from({ length: 12 }, (_, index) => `p${index}@shop.example`);

let place: LedgerPlace;
let service: TestService;
let mailbox: Mailbox;
let receiver: Receiver;
let hook: string;
let api: WatchedApi;
let stop: () => Promise<void>;

/** The service's API, which notes the claims, and seems to be away as often as the test wants. */
class WatchedApi extends Api {
  claims = 0;
  away = 0;

  override claim(claim: Claim) {
    this.claims += 1;
    return super.claim(claim);
  }

  override async alert(alertID: number) {
    this.away -= 1;
    if (this.away >= 0) throw new Unreachable('away');
    return super.alert(alertID);
  }
}

beforeEach(async () => {
  place = await sqlitePlace();
  service = await startService(place.environment);
  mailbox = new Mailbox();
  receiver = new Receiver();
  hook = await receiver.open();
  api = new WatchedApi(`http://127.0.0.1:${service.port}`);
  stop = async () => {};
});
afterEach(async () => {
  // What is on its way fails then, and is not waited for.
  await Promise.all([mailbox.close(), receiver.close()]);
  await stop();
  await service.close();
  await place.remove();
});

async function deliver(clock: Clock, more: Record<string, string> = {}): Promise<void> {
  const settings = readSettings(MONITOR_SETTINGS, {
    SMTP_URL: await mailbox.open(),
    MAIL_TO: [ANN, 'bob@shop.example', ...PEOPLE].join(','),
    WEBHOOK_URLS: hook,
    WEBHOOK_SECRET,
    WEBHOOK_ALLOW_PRIVATE: 'true',
    ...more,
  });
  const logger = pino({ level: 'silent' });
  const ended = new AbortController();
  const running = new Deliverer({ api, settings, logger, clock, shop: () => undefined }).run(
    ended.signal,
  );
  stop = () => {
    ended.abort();
    return running;
  };
}

type Target = readonly ['mail' | 'webhook', string];

/** Opens an alert of a product, with these deliveries. @returns its number */
async function alertOf(
  productID: number,
  targets: readonly Target[],
  notBefore?: Date,
): Promise<number> {
  const deliveries = targets.map(([channel, target]) => ({ channel, target, notBefore }));
  const count = { productID, availableQuantity: 0 };
  const { record } = (await service.ask.post('/inventory').send(count).expect(201)).body;
  const found = { ...count, kind: 'out', record, revision: 0 };
  const findings = [{ ...found, threshold: 5, daysOfCover: null, deliveries }];
  const { body } = await service.ask.post('/alerts/findings').send({ findings }).expect(200);
  return body.outcomes[0].alertID;
}

/** How telling stands, once it is finished. */
async function finished(alertID: number): Promise<Delivery[]> {
  return until('an end', async () => {
    const { deliveries }: Alert = (await service.ask.get(`/alerts/${alertID}`)).body;
    const isOver = deliveries.every(({ status }) => status === 'delivered' || status === 'dead');
    return isOver ? deliveries : undefined;
  });
}

test('a message that always fails is tried several times under one name, and is then dead', async () => {
  receiver.statuses.push(500, 500, 500);
  const alertID = await alertOf(7, [['webhook', hook]]);
  await deliver(hurrying(), { DELIVERY_TRIES: '3' });
  expect(await finished(alertID)).toMatchObject([
    { status: 'dead', tries: 3, error: 'the receiver answered 500', notBefore: null },
  ]);
  expect(receiver.posts).toHaveLength(3);
  expect(new Set(receiver.posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const { text } = await service.ask.get('/metrics');
  expect(text).toContain('inventory_alert_dead_letters 1');
});

test('a mail that is refused for now arrives later, once', async () => {
  mailbox.refusals.push(450, 421);
  const alertID = await alertOf(7, [['mail', ANN]]);
  await deliver(hurrying());
  const [delivery] = await finished(alertID);
  expect(delivery).toMatchObject({ status: 'delivered', tries: 3, error: null });
  expect(mailbox.mails.map(({ messageId }) => messageId)).toEqual([
    `<${delivery?.messageID}@localhost>`,
  ]);
});

test('the lease of one that died runs out, and the same message goes', async () => {
  const alertID = await alertOf(7, [['webhook', hook]]);
  const [{ delivery } = { delivery: '' }] = (await api.alert(alertID)).deliveries;
  const died = { deliveries: [delivery], messageID: 'm-died', claim: 'c-died', leaseSeconds: 1 };
  expect(await api.claim(died)).toHaveLength(1);
  const before = Date.now();
  await deliver(eager);
  expect(await finished(alertID)).toMatchObject([
    { status: 'delivered', tries: 2, messageID: 'm-died' },
  ]);
  expect(receiver.accepted.map(({ id }) => id)).toEqual(['m-died']);
  expect(Date.now() - before).toBeGreaterThan(500);
});

test('a mail server that is silent to everybody holds up no webhook', async () => {
  mailbox.fault = 'silent';
  const people = PEOPLE.map((person) => ['mail', person] as const);
  await alertOf(7, [...people, ['webhook', hook]]);
  await deliver(eager);
  await until('mails on their way', () => mailbox.connections >= 8);
  await until('the webhook', () => receiver.accepted.length === 1);
  // None of them has been given up, which would make room for another.
  expect(mailbox.connections).toBe(8);
});

test('a host that hangs holds up its own webhooks, and no other host', async () => {
  const hanging = new Receiver();
  hanging.fault = 'silent';
  const url = await hanging.open();
  const slow = Array.from({ length: 19 }, (_, index) => `${url}/${index}`);
  await alertOf(
    7,
    slow.map((target) => ['webhook', target] as const),
  );
  await deliver(eager, { WEBHOOK_URLS: [...slow, hook].join(',') });
  await until('posts to the one that hangs', () => hanging.posts.length >= 2);
  await alertOf(8, [['webhook', hook]]);
  await until('the other webhook', () => receiver.accepted.length === 1);
  // Neither has been given up, which would make room for another.
  expect(hanging.posts).toHaveLength(2);
  await hanging.close();
});

test('deliveries beyond DELIVERIES_LIMIT are given up, the newest first, and its alert says why', async () => {
  mailbox.fault = 'silent';
  const alerts: number[] = [];
  for (let productID = 1; productID <= 5; productID += 1) {
    alerts.push(await alertOf(productID, [['mail', ANN]]));
  }
  const digest = await alertOf(6, [['mail', ANN]], new Date(Date.now() + 3_600_000));
  await deliver(eager, { DELIVERIES_LIMIT: '3' });
  for (const alertID of alerts.slice(3)) {
    expect(await finished(alertID)).toMatchObject([
      { status: 'dead', error: expect.stringContaining('DELIVERIES_LIMIT') },
    ]);
  }
  await until('a mail on its way', () => mailbox.connections === 1);
  const statuses = await Promise.all(
    [...alerts.slice(0, 3), digest].map(
      async (alertID) => ((await api.alert(alertID)).deliveries[0] as Delivery).status,
    ),
  );
  // The oldest is on its way, and what is not due may find room yet.
  expect(statuses).toEqual(['sending', 'pending', 'pending', 'pending']);
});

test('stored messages go only to targets of the settings', async () => {
  const other = new Receiver();
  const elsewhere = await other.open();
  const stranger = 'stranger@elsewhere.example';
  const own = `7=${ANN};8=cy@shop.example`;
  const named = await alertOf(8, [['mail', 'cy@shop.example']]);
  const alertID = await alertOf(7, [
    ['mail', stranger],
    ['mail', 'cy@shop.example'],
    ['mail', ANN],
    ['webhook', elsewhere],
    ['webhook', hook],
  ]);
  await deliver(eager, { MAIL_TO: '', MAIL_TO_BY_PRODUCT: own });
  const mail = expect.stringContaining('neither MAIL_TO nor MAIL_TO_BY_PRODUCT');
  expect(await finished(alertID)).toMatchObject([
    { target: stranger, status: 'dead', tries: 1, error: mail },
    { target: 'cy@shop.example', status: 'dead', tries: 1, error: mail },
    { target: ANN, status: 'delivered' },
    { status: 'dead', tries: 1, error: expect.stringContaining('WEBHOOK_URLS') },
    { status: 'delivered' },
  ]);
  await finished(named);
  expect(mailbox.mails.map(({ to }) => to?.[0]?.address).toSorted()).toEqual([
    ANN,
    'cy@shop.example',
  ]);
  expect(receiver.accepted).toHaveLength(1);
  expect(other.connections).toBe(0);
  await other.close();
});

test('only the part of a digest that the settings name is sent, and the rest is dead', async () => {
  const soon = new Date(Date.now() + 300);
  const [first, second] = [
    await alertOf(7, [['mail', ANN]], soon),
    await alertOf(8, [['mail', ANN]], soon),
  ];
  await deliver(eager, { MAIL_TO: '', MAIL_TO_BY_PRODUCT: `7=${ANN}` });
  expect(await finished(first)).toMatchObject([{ status: 'delivered' }]);
  expect(await finished(second)).toMatchObject([{ status: 'dead' }]);
  expect(mailbox.mails.map(({ subject }) => subject)).toEqual(['Out of stock: Product 7']);
});

test('many mails to one address go one after another, each once', async () => {
  const alerts: number[] = [];
  for (let productID = 1; productID <= 6; productID += 1) {
    alerts.push(await alertOf(productID, [['mail', ANN]]));
  }
  await deliver(eager);
  for (const alertID of alerts) await finished(alertID);
  expect(mailbox.mails.map(({ subject }) => subject)).toEqual(
    alerts.map((_alertID, index) => `Out of stock: Product ${index + 1}`),
  );
});

test('messages that are due later go in one mail to each recipient, at that time', async () => {
  const soon = new Date(Date.now() + 1_000);
  const both = [
    ['mail', ANN],
    ['mail', 'bob@shop.example'],
  ] as const;
  const alerts = [await alertOf(1, both, soon), await alertOf(2, both, soon)];
  await deliver(eager);
  for (const alertID of alerts) await finished(alertID);
  expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime());
  expect(mailbox.mails.map(({ to }) => to?.[0]?.address).toSorted()).toEqual([
    ANN,
    'bob@shop.example',
  ]);
  for (const { subject } of mailbox.mails) expect(subject).toBe('2 products are out of stock');
});

test('a service that is away costs no try', async () => {
  api.away = 3;
  const alertID = await alertOf(7, [['webhook', hook]]);
  await deliver(eager);
  expect(await finished(alertID)).toMatchObject([{ status: 'delivered', tries: 1 }]);
  expect([api.claims, api.away]).toEqual([1, -1]);
});

test('messages that the service does not hand out yet are asked for once at each look at most', async () => {
  const HOUR_MS = 3_600_000;
  let looks = 0;
  const ahead: Clock = {
    now: () => new Date(Date.now() + HOUR_MS),
    wait: async (_ms, signal) => {
      // Longer than a claim takes.
      await pause(200, undefined, { signal }).catch(() => {});
      if (!signal.aborted) looks += 1;
    },
  };
  await alertOf(7, [['webhook', hook]], new Date(Date.now() + HOUR_MS / 2));
  await deliver(ahead);
  await until('some looks', () => looks >= 4);
  expect(api.claims).toBeGreaterThan(0);
  expect(api.claims).toBeLessThanOrEqual(looks + 1);
  expect(receiver.posts).toEqual([]);
});

test.each([
  ['a secret of the test', true],
  ['', false],
])('with the LINK_SECRET %p a mail has links that act: %p', async (secret, hasLinks) => {
  const alertID = await alertOf(7, [['mail', ANN]]);
  await deliver(eager, { LINK_SECRET: secret, PUBLIC_URL: 'https://shop.example' });
  await finished(alertID);
  const { text, html } = mailbox.mails[0] ?? {};
  expect(text).toContain('https://shop.example/#/products/7');
  for (const said of [text, html]) expect(said?.includes('/act?')).toBe(hasLinks);
});

test('a message without settings for its way fails, and says what to set', async () => {
  const alertID = await alertOf(7, [
    ['mail', ANN],
    ['webhook', hook],
  ]);
  await deliver(hurrying(), { SMTP_URL: '', WEBHOOK_SECRET: '', DELIVERY_TRIES: '1' });
  expect(await finished(alertID)).toMatchObject([
    { status: 'dead', error: 'no SMTP_URL is set' },
    { status: 'dead', error: 'no WEBHOOK_SECRET is set' },
  ]);
  expect([mailbox.connections, receiver.connections]).toEqual([0, 0]);
});
