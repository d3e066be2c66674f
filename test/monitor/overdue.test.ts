import { type OpenTransfers, overdueFindings } from '../../app/monitor/overdue';
import type { KnownAlert } from '../../app/monitor/rules';
import { MONITOR_SETTINGS } from '../../app/monitor/settings';
import { readSettings } from '../../app/setting-table';
import { keyOf } from '../../app/wire/alerts';
import type { TransferAnswer } from '../../app/wire/documents';
import { ServiceProcess } from '../faults/service-process';
import { until } from '../faults/until';
import { HostedService } from '../servers/hosted-service';
import { onEveryStore } from '../stores';
import { Mailbox } from './receivers';

const SHOP = { asOf: 40, revision: 3 };
const AT = { now: new Date('2026-11-26T12:00:00.000Z'), today: '2026-11-26' };
const settings = readSettings(MONITOR_SETTINGS, {
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_TO: 'ann@shop.example',
});

const transfer = (transferID: number, overdue: boolean): TransferAnswer => ({
  transferID,
  status: 'open',
  from: 1,
  to: 2,
  ...(overdue && { overdue }),
  lines: [],
  recordedAt: '2026-11-20T12:00:00.000Z',
  records: [1],
});
const open = (...transfers: TransferAnswer[]): OpenTransfers =>
  new Map(transfers.map((one) => [one.transferID, one]));
const alerts = (changes: Partial<KnownAlert> = {}) => {
  const alert = { status: 'open', kind: 'overdue-transfer', until: null, due: null } as const;
  return new Map([[keyOf({ transferID: 7 }), { ...alert, transferID: 7, ...changes }]]);
};
const found = (transfers: OpenTransfers, known = alerts()) =>
  overdueFindings(SHOP, transfers, known, settings, AT).map(
    ({ transferID, kind, record, deliveries }) =>
      `${transferID} ${kind} at ${record}, told ${deliveries?.length}`,
  );

test('a transfer that is overdue is reported once', () => {
  expect(found(open(transfer(7, true), transfer(8, false)), new Map())).toEqual([
    '7 overdue-transfer at 40, told 1',
  ]);
  expect(found(open(transfer(7, true)))).toEqual([]);
  expect(found(open(transfer(7, true)), alerts({ status: 'acknowledged' }))).toEqual([]);
});

test('it is reported again when a snooze is over', () => {
  const snoozed = (until: string) => alerts({ status: 'snoozed', until: new Date(until) });
  expect(found(open(transfer(7, true)), snoozed('2026-11-26T12:00:01.000Z'))).toEqual([]);
  expect(found(open(transfer(7, true)), snoozed('2026-11-26T11:59:59.000Z'))).toEqual([
    '7 overdue-transfer at 40, told 1',
  ]);
});

test('only its end ends the alert, of which no mail tells', () => {
  expect(found(open())).toEqual(['7 none at 40, told 0']);
  expect(found(open(transfer(7, false)))).toEqual([]);
});

onEveryStore((place) => {
  let service: HostedService;
  let mailbox: Mailbox;
  let environment: Record<string, string>;

  beforeEach(async () => {
    mailbox = new Mailbox();
    service = await HostedService.start(place().environment);
    environment = {
      API_URL: `http://127.0.0.1:${service.port}`,
      PUBLIC_URL: `http://127.0.0.1:${service.port}`,
      SMTP_URL: await mailbox.open(),
      MAIL_TO: 'ann@shop.example',
      DIGEST_MINUTES: '0',
      LOW_STOCK_THRESHOLD: '0',
      LINK_SECRET: 'a secret of the test',
    };
    await ask('PUT', '/locations/2', { name: 'Van' });
    await ask('POST', '/inventory', { productID: 1, availableQuantity: 50 });
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await service.stop();
    await mailbox.close();
  });

  const ask = async (method: string, path: string, body: object) => {
    const answer = await fetch(`http://127.0.0.1:${service.port}${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
    expect({ path, isOk: answer.ok }).toEqual({ path, isOk: true });
    return answer.json() as Promise<{ transferID: number }>;
  };
  const send = (expectedAt: string) =>
    ask('POST', '/transfers', {
      from: 1,
      to: 2,
      expectedAt,
      reference: 'VAN-17',
      lines: [{ productID: 1, quantity: 5 }],
    });
  const alertList = async (query = '') => (await service.get(`/alerts${query}`)).body;

  test('a transfer that should have arrived is mailed once, by however many monitors, and ends when it has arrived', async () => {
    const monitors = await Promise.all([
      ServiceProcess.startMonitor(environment),
      ServiceProcess.startMonitor(environment),
    ]);
    await send('2036-01-01T00:00:00Z');
    const { transferID } = await send('2026-01-02T15:00:00Z');
    const mail = await until('the mail', () => mailbox.mails[0]);
    expect(mail.subject).toBe(`Overdue: Transfer ${transferID}`);
    expect(mail.text).toContain(
      'From: Main · To: Van · Expected: 2026-01-02 15:00 · On its way: 5 · Reference: VAN-17',
    );
    expect(await alertList()).toMatchObject([
      { kind: 'overdue-transfer', productID: null, transferID, availableQuantity: null },
    ]);
    await ask('POST', `/transfers/${transferID}/receipts`, {
      lines: [{ productID: 1, received: 2 }],
    });
    expect(await alertList()).toMatchObject([{ transferID, status: 'open' }]);
    await ask('POST', `/transfers/${transferID}/closing`, { remainder: 'lost' });
    await until('the end', async () => (await alertList()).length === 0);
    for (const monitor of monitors) {
      monitor.kill('SIGTERM');
      await monitor.exited;
    }
    const over = await alertList('?status=resolved');
    expect(over).toMatchObject([{ transferID, status: 'resolved' }]);
    const { life } = (await service.get(`/alerts/${over[0].alertID}`)).body;
    expect(life.map(({ status }: { status: string }) => status)).toEqual(['open', 'resolved']);
    expect(mailbox.mails).toHaveLength(1);
  });

  test('one that was overdue before the monitor ran is found, and one that arrived meanwhile ends', async () => {
    const { transferID } = await send('2026-01-02T15:00:00Z');
    const first = await ServiceProcess.startMonitor(environment);
    await until('the alert', async () => (await alertList()).length === 1);
    first.kill('SIGTERM');
    await first.exited;
    await ask('POST', `/transfers/${transferID}/receipts`, {
      lines: [{ productID: 1, received: 5 }],
    });
    await ServiceProcess.startMonitor(environment);
    await until('the end', async () => (await alertList()).length === 0);
  });
});
