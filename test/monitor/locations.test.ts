import { ServiceProcess } from '../faults/service-process';
import { until } from '../faults/until';
import { HostedService } from '../servers/hosted-service';
import { onEveryStore } from '../stores';
import { Mailbox } from './receivers';

onEveryStore((place) => {
  let service: HostedService;
  let mailbox: Mailbox;
  let mailServer: string;

  beforeEach(async () => {
    mailbox = new Mailbox();
    mailServer = await mailbox.open();
    service = await HostedService.start(place().environment);
    await ask('PUT', '/locations/2', { name: 'Van' });
    await ask('POST', '/products', { name: 'Tea', reorderPoint: 8 });
    await ask('PUT', '/products/1/locations/2', { reorderPoint: 5, reorderQuantity: 10 });
    await count(1, 30);
    await count(2, 20);
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await service.stop();
    await mailbox.close();
  });

  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`http://127.0.0.1:${service.port}${path}`, {
      method,
      ...(body && {
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
    });
    expect({ path, isOk: answer.ok }).toEqual({ path, isOk: true });
    return answer;
  };
  const count = (locationID: number, availableQuantity: number) =>
    ask('POST', '/inventory', { productID: 1, availableQuantity, locationID });
  const alerts = async (query = '') => (await service.get(`/alerts${query}`)).body;
  const monitor = () =>
    ServiceProcess.startMonitor({
      API_URL: `http://127.0.0.1:${service.port}`,
      PUBLIC_URL: `http://127.0.0.1:${service.port}`,
      SMTP_URL: mailServer,
      MAIL_TO: 'ann@shop.example',
      DIGEST_MINUTES: '0',
    });

  test('a product that is low at a location is mailed once, and ends when goods come there', async () => {
    const watching = await monitor();
    await ask('POST', '/sales', { productID: 1, quantity: 16, locationID: 2 });
    const mail = await until('the mail', () => mailbox.mails[0]);
    expect(mail.subject).toBe('Low: Tea at Van');
    expect(mail.text).toContain('Available: 4 · Low at: 5 · Bring now: 10');
    expect(await alerts()).toMatchObject([
      { productID: 1, locationID: 2, locationName: 'Van', kind: 'low', availableQuantity: 4 },
    ]);
    // Neither a count elsewhere nor another sale there tells it again.
    await count(1, 31);
    await ask('POST', '/sales', { productID: 1, quantity: 1, locationID: 2 });
    const lines = [{ productID: 1, quantity: 20 }];
    await ask('POST', '/inventory/moves', { from: 1, to: 2, lines });
    await until('the end', async () => (await alerts()).length === 0);
    // Now the first location has 11, and the product 34: neither is low.
    watching.kill('SIGTERM');
    expect(await watching.exited).toEqual({ code: 0, signal: null });
    expect(mailbox.mails).toHaveLength(1);
    const [{ alertID }] = await alerts('?status=resolved');
    const { life } = (await service.get(`/alerts/${alertID}`)).body;
    expect(life).toMatchObject([
      { status: 'open', locationID: 2, availableQuantity: 4 },
      { status: 'resolved', locationID: 2, availableQuantity: 23 },
    ]);
  });

  test('the product as a whole has its own alert, and a reorder point that is removed ends that of the location', async () => {
    await monitor();
    await count(2, 0);
    await until('the alert of the location', async () => (await alerts()).length === 1);
    await count(1, 7);
    await until('both', async () => (await alerts()).length === 2);
    const about = (await alerts()).map(
      ({ kind, locationID = 0 }: { kind: string; locationID?: number }) => `${kind} ${locationID}`,
    );
    expect(about).toEqual(['out 2', 'low 0']);
    await ask('DELETE', '/products/1/locations/2');
    await until('the end of one', async () => (await alerts()).length === 1);
    expect(await alerts()).toMatchObject([{ kind: 'low', availableQuantity: 7 }]);
    await until('both mails', () => mailbox.mails.length === 2);
    expect(mailbox.mails.map(({ subject }) => subject).sort()).toEqual([
      'Low: Tea',
      'Out of stock: Tea at Van',
    ]);
  });

  test('what became low while no monitor ran is found by the next one', async () => {
    const first = await monitor();
    await until('a checkpoint', async () => (await service.get('/alerts/checkpoint')).body.record);
    first.kill('SIGTERM');
    await first.exited;
    await ask('POST', '/sales', { productID: 1, quantity: 20, locationID: 2 });
    await count(2, 20);
    await monitor();
    await until('a life', async () => (await alerts('?status=resolved')).length === 1);
    expect(await alerts('?status=resolved')).toMatchObject([{ kind: 'out', locationID: 2 }]);
  });
});
