import type { Page } from 'playwright-core';

/** Requests of a page that are held back. */
export interface HeldRequests {
  /** Fulfilled once there is one. */
  readonly asked: Promise<unknown>;
  /** Lets them go on, and those that come later. */
  release(): Promise<void>;
}

/** Holds back what a page asks of addresses that match. */
export async function held(page: Page, address: RegExp): Promise<HeldRequests> {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = page.waitForRequest(address);
  // A page that is left takes its requests with it.
  await page.route(address, (route) => released.then(() => route.continue()).catch(() => {}));
  return {
    asked,
    release: async () => {
      release();
      await page.unroute(address);
    },
  };
}
