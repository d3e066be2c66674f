import type { Page } from 'playwright-core';
import { ServiceProcess } from '../faults/service-process';
import { freePort } from '../servers/free-port';
import { type LedgerPlace, sqlitePlace } from '../stores';
import {
  describeBrowser,
  SERVICE_GONE,
  type TestBrowser,
  useBrowser,
  type WindowOptions,
} from './browser';
import type { Filling } from './fillings';

/** A running service on a ledger, and a browser to open its pages with: all of them new in each test but the browser. */
export class Shop {
  #service: ServiceProcess | undefined;
  #port = 0;

  constructor(
    readonly browser: TestBrowser,
    readonly place: () => LedgerPlace,
  ) {}

  /** The service's process. After a restart it is another. */
  get service(): ServiceProcess {
    return this.#service as ServiceProcess;
  }

  /** The service's address, which stays the same over a restart; with no slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Fills the ledger and starts a service on it. */
  async begin(filling: Filling): Promise<void> {
    await filling(this.place());
    this.#port = await freePort();
    await this.start();
  }

  /** Opens a page of the service, such as `/#/sales`, in a window of its own. */
  open(path = '/', options?: WindowOptions): Promise<Page> {
    return this.browser.open(`${this.url}${path}`, options);
  }

  /** Kills the service as a power cut would. What the browser says of that is allowed from then on. */
  async kill(): Promise<void> {
    this.browser.allowErrors(SERVICE_GONE);
    this.service.kill('SIGKILL');
    await this.service.exited;
  }

  /** Starts the service, on the same ledger and port, and waits until it is ready. */
  async start(): Promise<void> {
    this.#service = await ServiceProcess.start({
      ...this.place().environment,
      PORT: String(this.#port),
    });
  }
}

/**
 * Runs a suite in a browser, with the built service on the embedded store, its ledger filled anew in each
 * test: the page knows HTTP only, which is tested on both.
 */
export function inBrowser(filling: Filling, suite: (shop: Shop) => void): void {
  describe('on SQLite', () => {
    let place: LedgerPlace;
    beforeEach(async () => {
      place = await sqlitePlace();
    });
    afterEach(() => place.remove());
    inShop(() => place, filling, suite);
  });
}

function inShop(place: () => LedgerPlace, filling: Filling, suite: (shop: Shop) => void): void {
  describeBrowser('in a browser', () => {
    // Its windows close before the service ends, which they would tell of.
    const shop = new Shop(useBrowser(), place);
    beforeEach(() => shop.begin(filling));
    afterEach(() => ServiceProcess.killAll());
    suite(shop);
  });
}
