import { pino } from 'pino';
import { readConfig } from '../../app/config';
import { createMonitor } from '../../app/monitor/monitor';
import { MONITOR_SETTINGS } from '../../app/monitor/settings';
import { createService } from '../../app/service';
import { readSettings } from '../../app/setting-table';
import type { Alert } from '../../app/wire/alerts';
import type { Delivery } from '../../app/wire/deliveries';
import { until } from '../faults/until';
import { type Listening, listen } from '../http/service';
import type { LedgerPlace } from '../stores';
import { Mailbox } from './receivers';
import { TestClock } from './test-clock';

const DAY_MS = 86_400_000;

export const MAIL_TO = 'ann@shop.example';

/** A service and a monitor that go by one clock, with a mail server. */
export class TimedShop {
  readonly mailbox = new Mailbox();
  readonly clock: TestClock;
  /** The day on which it begins, at 10:05: a day after today, so that what is to come is to come by any clock. */
  readonly #day: number;
  readonly #stopping = new AbortController();
  readonly #ended: (() => Promise<unknown>)[] = [];
  #listening: Listening | undefined;

  private constructor() {
    this.#day = (Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS;
    this.clock = new TestClock(this.at('10:05'));
  }

  /** Starts both; mails go at once, and stock is low at 5. */
  static async start(
    place: LedgerPlace,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<TimedShop> {
    const shop = new TimedShop();
    const logger = pino({ level: 'silent' });
    const service = createService(readConfig(place.environment), logger, '', shop.clock.now);
    shop.#listening = await listen(service.app);
    shop.#ended.push(shop.#listening.close, () => service.close());
    const monitor = createMonitor(
      readSettings(MONITOR_SETTINGS, {
        API_URL: `http://127.0.0.1:${shop.#listening.port}`,
        SMTP_URL: await shop.mailbox.open(),
        MAIL_TO,
        DIGEST_MINUTES: '0',
        ...settings,
      }),
      logger,
      shop.clock,
    );
    const running = monitor.run(shop.#stopping.signal);
    shop.#ended.unshift(() => running);
    return shop;
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    for (const end of this.#ended) await end();
    await this.mailbox.close();
  }

  /** A moment of the first day, or of one after it. */
  at(time: string, daysLater = 0): Date {
    const day = new Date(this.#day + daysLater * DAY_MS).toISOString().slice(0, 10);
    return new Date(`${day}T${time.padEnd(8, ':00')}.000Z`);
  }

  /** The day, as a due day is given. */
  get today(): string {
    return this.at('00:00').toISOString().slice(0, 10);
  }

  async count(productID: number, availableQuantity: number): Promise<void> {
    await this.#service.ask.post('/inventory').send({ productID, availableQuantity }).expect(201);
  }

  async sell(productID: number, quantity: number): Promise<void> {
    await this.#service.ask.post('/sales').send({ productID, quantity }).expect(201);
  }

  async list(productID: number, fields: object = {}): Promise<void> {
    const product = { productID, name: `Product ${productID}`, ...fields };
    await this.#service.ask.post('/products').send(product).expect(201);
  }

  async revise(productID: number, fields: object): Promise<void> {
    await this.#service.ask.patch(`/products/${productID}`).send(fields).expect(200);
  }

  async retire(productID: number): Promise<void> {
    await this.#service.ask.delete(`/products/${productID}`).expect(200);
  }

  /** Says what is done about a product's alert. */
  async handle(productID: number, handling: object): Promise<void> {
    const [alert] = await this.#alerts(productID);
    await this.#service.ask.patch(`/alerts/${alert?.alertID}`).send(handling).expect(200);
  }

  /** The status of a product's alert; undefined if it has no unresolved one. */
  async status(productID: number): Promise<string | undefined> {
    return (await this.#alerts(productID))[0]?.status;
  }

  /** How telling of a product's alert stands. */
  async deliveries(productID: number): Promise<readonly Delivery[]> {
    return (await this.#alerts(productID))[0]?.deliveries ?? [];
  }

  /** Waits until a product's alert is so. */
  async becomes(productID: number, status: string | undefined): Promise<void> {
    await until(
      `alert of product ${productID}: ${status}`,
      async () => (await this.status(productID)) === status,
    );
  }

  /** The subjects of all mails, sorted, once there are so many. */
  async subjects(count: number): Promise<(string | undefined)[]> {
    const { mails } = this.mailbox;
    await until(`${count} mails`, () => mails.length >= count);
    return mails.map(({ subject }) => subject).sort();
  }

  /** The statuses that a product's latest alert has had, in order; none where it never had one. */
  async life(productID: number): Promise<string[]> {
    const { ask } = this.#service;
    const over = await ask.get(`/alerts?status=resolved&productID=${productID}`).expect(200);
    const [latest] = [...(await this.#alerts(productID)), ...over.body];
    if (!latest) return [];
    const { body } = await ask.get(`/alerts/${latest.alertID}`).expect(200);
    return body.life.map(({ status }: { status: string }) => status);
  }

  async #alerts(productID: number): Promise<Alert[]> {
    return (await this.#service.ask.get(`/alerts?productID=${productID}`).expect(200)).body;
  }

  get #service() {
    if (!this.#listening) throw new Error('the shop has not started');
    return this.#listening;
  }
}
