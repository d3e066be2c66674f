import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { typeByHand } from './keys';
import { USUAL_VIEWPORT, WarmProfile } from './warm-profile';

const FLAGS = [
  '--disable-gpu',
  // What draws is a thread of the browser: a process less, and nothing to copy from one to another.
  '--in-process-gpu',
  // All pages of a profile in one process, whatever their sites. See `WarmProfile`.
  '--renderer-process-limit=1',
  '--disable-site-isolation-trials',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No page can reach anything beyond this machine. Names that end with .test are other names of it.
  '--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  '--use-fake-device-for-media-stream',
];

/** How long something is waited for that is to appear. */
const APPEARS_WITHIN_MS = 60_000;

/** A browser on a machine that others use at the same time needs more than the other tests. */
const TEST_TIMEOUT_MS = 240_000;

/** What Chromium says about requests to a service that has died or is not there. */
export const SERVICE_GONE =
  /net::ERR_(CONNECTION_\w+|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|SOCKET_NOT_CONNECTED|ABORTED)/;

/** What Chromium says about an answer with such a status, as it does of 400 and more. */
export function answered(...statuses: number[]): RegExp {
  return new RegExp(`responded with a status of (${statuses.join('|')}) `);
}

/** How a window opens; all else is as Playwright has it, such as `colorScheme` and `reducedMotion`. */
export interface WindowOptions extends Omit<BrowserContextOptions, 'viewport'> {
  readonly width?: number;
  readonly height?: number;
  /** For a test that changes its profile for good, for example by another clock. */
  readonly ownProfile?: boolean;
}

/** Runs a suite that needs a browser; where the browser is left out, it is left out too. */
export const describeBrowser = process.env.TEST_WITHOUT_BROWSER ? describe.skip : describe;

/**
 * A real browser for the suite in which it is called. After each test its windows are closed, and the test
 * fails if the browser reported errors that the test did not allow.
 */
export function useBrowser(): TestBrowser {
  const browser = new TestBrowser();
  jest.setTimeout(TEST_TIMEOUT_MS);
  beforeAll(() => browser.launch());
  afterEach(async () => {
    expect(await browser.endTest()).toEqual([]);
  });
  afterAll(() => browser.close());
  return browser;
}

/** A browser with an empty profile that watches what goes wrong in its pages. */
export class TestBrowser {
  readonly #contexts: BrowserContext[] = [];
  /** The host whose pages a context shows. */
  readonly #hosts = new WeakMap<BrowserContext, string>();
  #errors: string[] = [];
  #allowed: RegExp[] = [];
  #browser: Browser | undefined;
  #warm: WarmProfile | undefined;
  #isWarmTaken = false;

  async launch(): Promise<void> {
    const executablePath = process.env.TEST_CHROMIUM as string;
    this.#browser = await chromium.launch({ executablePath, args: FLAGS });
  }

  async close(): Promise<void> {
    await this.#browser?.close();
  }

  /** Opens a page as somebody else would: with no cookies, and nothing kept. `page.context()` opens more tabs. */
  async open(url: string, options: WindowOptions = {}): Promise<Page> {
    const { width, height, ownProfile, ...others } = options;
    const viewport = { ...USUAL_VIEWPORT, ...(width && { width }), ...(height && { height }) };
    const isUsual = !ownProfile && Object.keys(others).length === 0;
    const context =
      isUsual && !this.#isWarmTaken
        ? await this.#takeWarm()
        : await this.#newContext({ viewport, ...others });
    this.#hosts.set(context, new URL(url).host);
    const page = await context.newPage();
    // The warm profile has windows of the usual size.
    if (width || height) await page.setViewportSize(viewport);
    await page.goto(url);
    return page;
  }

  /** Errors that the test expects, from its beginning to its end. */
  allowErrors(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  /** The errors so far that no one allowed, each in one line. */
  get errors(): string[] {
    return this.#errors.filter((error) => !this.#allowed.some((pattern) => pattern.test(error)));
  }

  /** Closes every window. @returns the errors there were */
  async endTest(): Promise<string[]> {
    await Promise.all([
      ...this.#contexts.splice(0).map((context) => context.close()),
      this.#isWarmTaken && this.#endWarm(),
    ]);
    this.#isWarmTaken = false;
    const { errors } = this;
    this.#errors = [];
    this.#allowed = [];
    return errors;
  }

  /** The profile that is there already, of which a test has one window: others are those of somebody else. */
  async #takeWarm(): Promise<BrowserContext> {
    // Before anything is awaited: a test may open two windows at once.
    this.#isWarmTaken = true;
    if (!this.#warm) {
      this.#warm = await WarmProfile.of(this.#browser as Browser);
      this.#watch(this.#warm.context);
    }
    return this.#warm.context;
  }

  async #endWarm(): Promise<void> {
    if (!this.#warm?.hasCrashed) return this.#warm?.empty();
    await this.#warm.context.close();
    this.#warm = undefined;
  }

  async #newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await (this.#browser as Browser).newContext({ timezoneId: 'UTC', ...options });
    this.#contexts.push(context);
    this.#watch(context);
    return context;
  }

  #watch(context: BrowserContext): void {
    context.setDefaultTimeout(APPEARS_WITHIN_MS);
    // What a policy forbids is reported on the console, too.
    context.on('console', (message) => {
      if (message.type() !== 'error') return;
      this.#errors.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (thrown) => {
      const error = thrown.error();
      this.#errors.push(`thrown: ${error.stack ?? error.message}`);
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(http|ws)s?:$/.test(url.protocol) && url.host !== this.#hosts.get(context)) {
        this.#errors.push(`foreign host: ${request.url()}`);
      }
    });
    context.on('page', (page) => {
      typeByHand(page.keyboard);
      page.on('crash', () => this.#errors.push(`crashed: ${page.url()}`));
    });
  }
}
