import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';

export const USUAL_VIEWPORT = { width: 1280, height: 800 };

/** What stays in a context as long as that does, and so must not be used in one that other tests use later. */
const LASTING = ['addInitScript', 'exposeBinding', 'exposeFunction'] as const;

/**
 * A profile that the tests of a suite use one after the other. It is emptied after each of them, but the process of its
 * pages stays, because a new one takes a third of the work of showing a page.
 */
export class WarmProfile {
  /** Origins that may have left something. */
  readonly #visited = new Set<string>();
  #hasCrashed = false;

  private constructor(
    readonly context: BrowserContext,
    /** A page that shows nothing. While it is open, the process stays. */
    private readonly keeper: Page,
    private readonly session: CDPSession,
  ) {
    context.on('request', (request) => this.#visited.add(new URL(request.url()).origin));
    context.on('page', (page) =>
      page.on('crash', () => {
        this.#hasCrashed = true;
      }),
    );
    const refuse = () => {
      throw new Error('That lasts as long as the profile does. Open the window with `ownProfile`.');
    };
    for (const method of LASTING) context[method] = refuse;
    context.clock.install = refuse;
  }

  static async of(browser: Browser): Promise<WarmProfile> {
    const context = await browser.newContext({ viewport: USUAL_VIEWPORT, timezoneId: 'UTC' });
    const keeper = await context.newPage();
    return new WarmProfile(context, keeper, await context.newCDPSession(keeper));
  }

  /** Whether its process has died, and all of its pages with it: it is of no use any more. */
  get hasCrashed(): boolean {
    return this.#hasCrashed;
  }

  /** Closes its pages, and removes all that they have left. */
  async empty(): Promise<void> {
    const { context, session } = this;
    const pages = context.pages().filter((page) => page !== this.keeper);
    await Promise.all(pages.map((page) => page.close()));
    const origins = [...this.#visited].filter((origin) => origin !== 'null');
    this.#visited.clear();
    await Promise.all([
      ...origins.map((origin) =>
        session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
      ),
      session.send('Network.clearBrowserCache'),
      context.clearCookies(),
      context.clearPermissions(),
      context.unrouteAll(),
    ]);
  }
}
