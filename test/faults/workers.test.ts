import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onEveryStore } from '../stores';
import { ServiceProcess } from './service-process';
import { until } from './until';

const SALES = 40;

onEveryStore((place) => {
  const settings = () => ({ ...place().environment, WEB_CONCURRENCY: '2' });
  afterEach(() => ServiceProcess.killAll());

  /** The processes that answer, by what they have counted since they began. */
  const metric = async (service: ServiceProcess, name: string) => {
    const text = await (await fetch(`http://127.0.0.1:${service.port}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };

  test('two processes answer on one port, oversell nothing, and report the measurements of both', async () => {
    const service = await ServiceProcess.start(settings());
    await service.count(1, SALES / 2);
    const sales = await Promise.all(
      Array.from({ length: SALES }, () => service.sell(1, 1).then(({ status }) => status)),
    );
    expect(sales.filter((status) => status === 201)).toHaveLength(SALES / 2);
    expect(sales.filter((status) => status === 409)).toHaveLength(SALES / 2);
    expect(await metric(service, 'inventory_records')).toBe(1 + SALES / 2);
    // Each process answers for all of them.
    const submissions = await metric(service, 'inventory_commit_records_sum');
    expect(submissions).toBe(1 + SALES / 2);
    service.kill('SIGTERM');
    expect(await service.exited).toEqual({ code: 0, signal: null });
  });

  test('one that dies is followed by another, and what it acknowledged is there', async () => {
    const service = await ServiceProcess.start(settings());
    await service.count(1, 8);
    // One that is left alone keeps the port.
    const listening = () => service.log.filter(({ msg }) => msg.startsWith('listening'));
    await until('both to listen', () => listening().length === 2);
    const [worker] = service.children();
    process.kill(worker as number, 'SIGKILL');
    await service.logged('A PROCESS OF THE SERVICE HAS ENDED');
    await until('two processes again', () => {
      const now = service.children();
      return now.length === 2 && !now.includes(worker as number);
    });
    const read = async () => (await service.get('/inventory/1')).body.availableQuantity;
    expect(await Promise.all(Array.from({ length: 8 }, read))).toEqual(Array(8).fill(8));
    service.kill('SIGTERM');
    expect(await service.exited).toEqual({ code: 0, signal: null });
  });

  test('a port in use ends all of them, with a message that names the setting', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const ended = await ServiceProcess.run({ ...settings(), PORT: String(port) });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`Port ${port} is taken`);
    other.close();
  });
});
