import path from 'node:path';
import { PROBLEMS } from '../../app/wire/problem';
import type { Answer } from '../servers/ask';
import { describeMysql, type LedgerPlace, mysqlPlace, onEveryStore } from '../stores';
import { keepZone } from './keep-zone';
import { ServiceProcess } from './service-process';
import { until } from './until';

const DAY_MS = 86_400_000;
const AHEAD = { NODE_OPTIONS: `--require=${path.join(__dirname, 'ahead.cjs')}` };

const daysFromNow = (time: string) => Math.round(Math.abs(Date.parse(time) - Date.now()) / DAY_MS);

/** What a process measures, by name. */
async function measured(service: ServiceProcess, name: string): Promise<number | undefined> {
  const response = await fetch(`http://127.0.0.1:${service.port}/metrics`);
  const found = new RegExp(`^${name} (\\S+)$`, 'm').exec(await response.text());
  return found ? Number(found[1]) : undefined;
}

function expectClockWrong(answer: Answer): void {
  expect(answer.body).toMatchObject({ type: '/problems/clock-wrong', ...PROBLEMS['clock-wrong'] });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('Retry-After')).toBe('1');
}

describeMysql('beside a database with a clock of its own', () => {
  let place: LedgerPlace;
  beforeEach(async () => {
    place = await mysqlPlace();
    await keepZone(place);
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await place.remove();
  });

  test.each([DAY_MS, -DAY_MS, 600_000])(
    'a process whose clock is %i ms ahead records nothing, and moves no record of others',
    async (aheadMs) => {
      const settings = { ...place.environment, ...AHEAD };
      const clock = { CLOCK_AHEAD_MS: String(aheadMs), CLOCK_STARTS_AHEAD: 'yes' };
      const [wrong, right] = await Promise.all([
        ServiceProcess.start({ ...settings, ...clock }),
        ServiceProcess.start(place.environment),
      ]);
      expectClockWrong(await wrong.count(1, 5));
      expectClockWrong(await wrong.post('/products', { name: 'Cup' }));
      const counted = await right.count(1, 7);
      expect(counted.status).toBe(201);
      expect(daysFromNow(counted.body.recordedAt)).toBe(0);
      // It reads all the same, and tells what is wrong, once.
      expect((await wrong.get('/inventory/1')).body.availableQuantity).toBe(7);
      const errors = wrong.log.filter(({ msg }) => msg.startsWith('THE CLOCKS DIFFER'));
      expect(errors).toMatchObject([{ level: 50 }]);
      expect(Number(errors[0]?.offsetSeconds)).toBeCloseTo(aheadMs / 1_000, -2);
      const inWords =
        aheadMs < 0 ? /is \d+ s behind its database/ : /is \d+ s ahead of its database/;
      expect(errors[0]?.msg).toMatch(inWords);
      // Who only looks has no change refused.
      const claim = { deliveries: ['1.1'], messageID: 'm1', claim: 'c1', leaseSeconds: 60 };
      const claimed = await fetch(`http://127.0.0.1:${wrong.port}/alerts/deliveries/claims`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(claim),
      });
      expect(await claimed.json()).toMatchObject({ type: '/problems/clock-wrong' });
      expect((await wrong.get('/readyz')).status).toBe(503);
      expect(await measured(wrong, 'inventory_clock_refusals_total')).toBe(2);
      expect(await measured(wrong, 'inventory_clock_offset_seconds')).toBeCloseTo(
        aheadMs / 1_000,
        -2,
      );
      expect(await measured(right, 'inventory_clock_refusals_total')).toBe(0);
      expect(await place.sql('SELECT record FROM inventory')).toHaveLength(1);
    },
  );

  test('a clock that jumps while one process alone records is seen at once, and so is its return', async () => {
    const clock = { CLOCK_AHEAD_MS: String(DAY_MS) };
    const service = await ServiceProcess.start({ ...place.environment, ...AHEAD, ...clock });
    // By the third it records in quick turns.
    for (let units = 1; units <= 5; units += 1) {
      expect((await service.count(1, units)).status).toBe(201);
    }
    const offset = () => measured(service, 'inventory_clock_offset_seconds');
    service.kill('SIGUSR2');
    await until('the clock to jump', async () => Number(await offset()) > 80_000 || undefined);
    expectClockWrong(await service.count(1, 6));
    service.kill('SIGUSR2');
    await until('the clock to return', async () => Number(await offset()) < 1 || undefined);
    const counted = await service.count(1, 7);
    expect(counted).toMatchObject({ status: 201, body: { record: 6 } });
    expect(daysFromNow(counted.body.recordedAt)).toBe(0);
    expect(service.log.map(({ msg }) => msg)).toContain('the clocks agree again');
  });

  test('the metric shows the process whose clock is further off, even if that clock is behind', async () => {
    const clock = { CLOCK_AHEAD_MS: String(-DAY_MS), WEB_CONCURRENCY: '2' };
    const service = await ServiceProcess.start({ ...place.environment, ...AHEAD, ...clock });
    const offset = () => measured(service, 'inventory_clock_offset_seconds');
    await until('a reading of the clock', async () => (await offset()) !== undefined);
    const [worker] = service.children();
    process.kill(worker as number, 'SIGUSR2');
    await until('the clock to jump', async () => Number(await offset()) < -80_000);
  });

  test('a tolerance may be set', async () => {
    const clock = { CLOCK_AHEAD_MS: '600000', CLOCK_STARTS_AHEAD: 'yes' };
    const settings = { ...place.environment, ...AHEAD, ...clock, CLOCK_TOLERANCE_MS: '700000' };
    const service = await ServiceProcess.start(settings);
    expect((await service.count(1, 5)).status).toBe(201);
  });
});

onEveryStore((place) => {
  afterEach(() => ServiceProcess.killAll());

  test('a record from the future is reported once and measured; later records get its time', async () => {
    const before = await ServiceProcess.start(place().environment);
    await before.count(1, 5);
    const time = new Date(Date.now() + DAY_MS).toISOString();
    await place().sql(
      `INSERT INTO inventory (productID, availableQuantity, recordedAt)
       VALUES (2, 9, '${place().environment.DB_HOST ? time.slice(0, 23).replace('T', ' ') : time}')`,
    );
    const after = await ServiceProcess.start(place().environment);
    for (const service of [before, after]) {
      const counted = await service.count(1, 7);
      expect(counted).toMatchObject({ status: 201, body: { recordedAt: time } });
      await service.count(1, 8);
      const errors = service.log.filter(({ msg }) =>
        msg.startsWith('THE LAST RECORD IS IN THE FUTURE'),
      );
      expect(errors).toMatchObject([{ level: 50 }]);
      expect(Number(errors[0]?.aheadSeconds)).toBeCloseTo(86_400, -2);
      const ahead = await measured(service, 'inventory_last_record_ahead_seconds');
      expect(ahead).toBeCloseTo(86_400, -2);
    }
  });
});
