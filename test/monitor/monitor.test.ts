import { DUE } from '../due';
import { ServiceProcess } from '../faults/service-process';
import { until } from '../faults/until';
import { HostedService } from '../servers/hosted-service';
import { onEveryStore } from '../stores';
import { Mailbox, Receiver, WEBHOOK_SECRET } from './receivers';

const SECRET = 'a secret of the test';
const MAIL_TO = 'ann@shop.example';

onEveryStore((place) => {
  let service: HostedService;
  let mailbox: Mailbox;
  let receiver: Receiver;
  let settings: Record<string, string>;

  beforeEach(async () => {
    mailbox = new Mailbox();
    receiver = new Receiver();
    service = await HostedService.start({ ...place().environment, LINK_SECRET: SECRET });
    settings = {
      API_URL: `http://127.0.0.1:${service.port}`,
      PUBLIC_URL: `http://127.0.0.1:${service.port}`,
      LINK_SECRET: SECRET,
      SMTP_URL: await mailbox.open(),
      MAIL_TO,
      WEBHOOK_URLS: await receiver.open(),
      WEBHOOK_SECRET,
      WEBHOOK_ALLOW_PRIVATE: 'true',
      CLEAR_PERCENT: '100',
    };
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await service.stop();
    await Promise.all([mailbox.close(), receiver.close()]);
  });

  const monitor = (more: Record<string, string> = {}) =>
    ServiceProcess.startMonitor({ ...settings, ...more });
  const count = (productID: number, availableQuantity: number) =>
    service.post('/inventory', { productID, availableQuantity });
  const alerts = async (query = '') => (await service.get(`/alerts${query}`)).body;
  const only = async () => (await alerts())[0];

  test('a sale, a mail, its link followed by a scanner and then pressed: one life, reported once', async () => {
    await count(7, 20);
    const watching = await monitor();
    await service.post('/sales', { productID: 7, quantity: 20 });
    const mail = await until('the mail', () => mailbox.mails[0]);
    expect(mail.subject).toBe('Out of stock: Product 7');
    expect(mail.to).toMatchObject([{ address: MAIL_TO }]);
    await until('the webhook', () => receiver.accepted.length === 1);
    expect(receiver.accepted).toMatchObject([
      { body: { type: 'alert.opened', data: { productID: 7 } } },
    ]);

    const link = /Ordered: (\S+)/.exec(mail.text ?? '')?.[1] as string;
    for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200);
    expect((await only()).status).toBe('open');
    const forged = link.replace('do=order', 'do=snooze');
    expect((await fetch(forged, { method: 'POST' })).status).toBe(403);
    const pressed = await fetch(link, {
      method: 'POST',
      body: new URLSearchParams({ due: DUE }),
    });
    expect(await pressed.text()).toContain(`Ordered by ${MAIL_TO}, due on ${DUE}.`);
    expect(await only()).toMatchObject({ status: 'ordered', due: DUE, handledBy: MAIL_TO });

    // It wobbles around the threshold, and tells nobody; at the clear level it is over.
    for (const quantity of [3, 6, 9, 4]) await count(7, quantity);
    await count(7, 30);
    await until('the end', async () => (await alerts()).length === 0);
    await until('its webhook', () => receiver.accepted.length === 2);
    const [{ alertID }] = await alerts('?status=resolved');
    const { life } = (await service.get(`/alerts/${alertID}`)).body;
    expect(life.map(({ status }: { status: string }) => status)).toEqual([
      'open',
      'ordered',
      'resolved',
    ]);
    watching.kill('SIGTERM');
    expect(await watching.exited).toEqual({ code: 0, signal: null });
    expect(mailbox.mails.length).toBe(1);
    expect(receiver.accepted).toMatchObject([
      { body: { type: 'alert.opened', data: { status: 'open', availableQuantity: 0 } } },
      { body: { type: 'alert.resolved', data: { status: 'resolved', availableQuantity: 30 } } },
    ]);
  });

  test('what refuses for now is tried again under the same name, what refuses for good is dead', async () => {
    receiver.statuses.push(500, 302);
    mailbox.refusals.push(550);
    await monitor();
    await count(7, 0);
    await until('a dead letter', async () =>
      (await only())?.deliveries.some(({ status }: { status: string }) => status === 'dead'),
    );
    const failed = await until('two failures', async () =>
      (await only()).deliveries.find(
        ({ channel, tries }: { channel: string; tries: number }) =>
          channel === 'webhook' && tries >= 2,
      ),
    );
    const metrics = await fetch(`${settings.API_URL}/metrics`).then((answer) => answer.text());
    expect(metrics).toContain('inventory_alert_dead_letters 1');
    await until('the third try', () => receiver.accepted.length === 1);
    expect(receiver.accepted[0]?.id).toBe(failed.messageID);
    expect(mailbox.mails).toEqual([]);
  });
});
