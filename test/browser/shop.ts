import type { Page } from 'playwright-core';
import type { Role } from '../../app/ledger/access/scope';
import type { PersonAnswer } from '../../app/wire/access';
import { ServiceProcess } from '../faults/service-process';
import { ask } from '../servers/ask';
import { freePort } from '../servers/free-port';
import { HostedService } from '../servers/hosted-service';
import type { ServiceClient } from '../servers/service-client';
import { type LedgerPlace, sqlitePlace, usePlace } from '../stores';
import {
  describeBrowser,
  SERVICE_GONE,
  type TestBrowser,
  useBrowser,
  type WindowOptions,
} from './browser';
import type { Filling } from './fillings';

/** The cheapest of the service to begin at, for a test that watches from there how the page opens. */
export const BESIDE_THE_PAGE = '/readyz';

/** A running service on a ledger, and a browser to open its pages with: all of them new in each test but the browser. */
export interface Shop {
  readonly browser: TestBrowser;
  readonly service: ServiceClient;
  /** The service's address, with no slash at its end. */
  readonly url: string;
  place(): LedgerPlace;
  /** Opens a page of the service, such as `/#/sales`, in a window of its own. */
  open(path?: string, options?: WindowOptions): Promise<Page>;
}

/** A shop whose service can be killed. */
export interface MortalShop extends Shop {
  /** Kills the service as a power cut would. What the browser says of that is allowed from then on. */
  kill(): Promise<void>;
  /** Starts the service again, on the same ledger and port, and waits until it is ready. @param settings those that change */
  start(settings?: Readonly<Record<string, string>>): Promise<void>;
}

/** A shop that asks who one is, on a ledger that another service opens to everybody. */
export interface KeysShop extends Shop {
  /** Makes an invitation. @returns the path of its link */
  invite(name: string, role?: Role): Promise<string>;
  /** Opens the page as a person of this role, signed in by the link of an invitation. */
  openAs(name: string, role: Role): Promise<Page>;
  people(): Promise<readonly PersonAnswer[]>;
  /** Ends the sessions of a person on all devices. */
  endSessions(name: string): Promise<void>;
  /** The service that asks nobody who they are. */
  readonly back: ServiceClient;
}

/**
 * Runs a suite in a browser, with the service on the embedded store. The ledger is filled again for each test. One store is
 * enough: the page knows HTTP only, which is tested on both.
 */
export function inBrowser(filling: Filling, suite: (shop: Shop) => void): void {
  onSqlite((browser, place) => {
    let service: HostedService;
    beforeEach(async () => {
      await filling(place());
      service = await HostedService.start(place().environment);
    });
    afterEach(() => service.stop());
    suite(new OpenShop(browser, place, () => service));
  });
}

/** The same with the built service as a process of its own, which takes longer to start, and can be killed. */
export function inBrowserMortal(filling: Filling, suite: (shop: MortalShop) => void): void {
  onSqlite((browser, place) => {
    let port: number;
    let service: ServiceProcess;
    const start = async (settings: Readonly<Record<string, string>> = {}) => {
      const { environment } = place();
      service = await ServiceProcess.start({ ...environment, PORT: String(port), ...settings });
    };
    const kill = async () => {
      browser.allowErrors(SERVICE_GONE);
      service.kill('SIGKILL');
      await service.exited;
    };
    beforeEach(async () => {
      await filling(place());
      port = await freePort();
      await start();
    });
    afterEach(() => ServiceProcess.killAll());
    suite(Object.assign(new OpenShop(browser, place, () => service), { kill, start }));
  });
}

/** The same with a service that asks who one is. */
export function inBrowserWithKeys(filling: Filling, suite: (shop: KeysShop) => void): void {
  onSqlite((browser, place) => {
    let service: HostedService;
    let back: HostedService;
    beforeEach(async () => {
      await filling(place());
      back = await HostedService.start(place().environment);
      service = await HostedService.start({ ...place().environment, ACCESS: 'keys' });
    });
    afterEach(() => Promise.all([service.stop(), back.stop()]));
    suite(
      new OpenKeysShop(
        browser,
        place,
        () => service,
        () => back,
      ),
    );
  });
}

/** `place()` is an empty ledger, another one in each test. */
function onSqlite(suite: (browser: TestBrowser, place: () => LedgerPlace) => void): void {
  describe('on SQLite', () => {
    const place = usePlace(sqlitePlace);
    // Its windows close before the service ends, because they would report that.
    describeBrowser('in a browser', () => suite(useBrowser(), place));
  });
}

class OpenShop implements Shop {
  constructor(
    readonly browser: TestBrowser,
    readonly place: () => LedgerPlace,
    /** The service that runs now: after a restart it is another. */
    readonly now: () => ServiceClient,
  ) {}

  get service(): ServiceClient {
    return this.now();
  }

  get url(): string {
    return `http://127.0.0.1:${this.service.port}`;
  }

  open(path = '/', options?: WindowOptions): Promise<Page> {
    return this.browser.open(`${this.url}${path}`, options);
  }
}

class OpenKeysShop extends OpenShop implements KeysShop {
  constructor(
    browser: TestBrowser,
    place: () => LedgerPlace,
    service: () => ServiceClient,
    readonly behind: () => ServiceClient,
  ) {
    super(browser, place, service);
  }

  get back(): ServiceClient {
    return this.behind();
  }

  async invite(name: string, role?: Role): Promise<string> {
    const { status, body } = await this.back.post('/invitations', { name, ...(role && { role }) });
    expect(status).toBe(201);
    const { pathname, hash } = new URL(body.link);
    return pathname + hash;
  }

  async openAs(name: string, role: Role): Promise<Page> {
    const page = await this.open(await this.invite(name, role));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(`${name} ${role}`).waitFor();
    return page;
  }

  async people(): Promise<readonly PersonAnswer[]> {
    return (await this.back.get('/people')).body;
  }

  async endSessions(name: string): Promise<void> {
    const person = (await this.people()).find((each) => each.name === name);
    for (const { sessionID } of person?.sessions ?? []) {
      const { status } = await ask(this.back.port, `/sessions/${sessionID}`, { method: 'DELETE' });
      expect(status).toBe(204);
    }
  }
}
