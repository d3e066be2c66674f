import type { Page } from 'playwright-core';
import { expectAccessible } from './axe';
import { answered } from './browser';
import { dummy } from './fillings';
import { misfits } from './layout';
import { withChangeOfAnn } from './left-change';
import { sendJson } from './locations-shop';
import { card } from './parts';
import { COLOURS, colour } from './screens';
import { inBrowserWithKeys, type KeysShop } from './shop';

const WIDTHS = [1440, 768, 360];

/** What the page shows of who may do what, and how one gets there. */
const SCREENS: readonly (readonly [string, (shop: KeysShop) => Promise<Page>])[] = [
  [
    'invitation',
    async (shop) => {
      const page = await shop.open(await shop.invite('ann', 'clerk'));
      await page.getByRole('heading', { name: 'You are invited' }).waitFor();
      return page;
    },
  ],
  [
    'signed out, a change waits',
    async (shop) => {
      const page = await withChangeOfAnn(shop);
      await page.getByText('One change waits to be sent.').waitFor();
      return page;
    },
  ],
  [
    "the tray with another's change",
    async (shop) => {
      const page = await withChangeOfAnn(shop);
      await page.goto(shop.url + (await shop.invite('bob', 'clerk')));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('bob clerk').waitFor();
      await page.getByRole('button', { name: '1 to send' }).click();
      await page.getByRole('button', { name: /^Discard: / }).click();
      await page.getByRole('button', { name: 'Discard anyway' }).waitFor();
      return page;
    },
  ],
  [
    'people, devices, keys, the log, and what is told once',
    async (shop) => {
      const expiresAt = new Date(Date.now() + 1_000).toISOString();
      await shop.back.post('/keys', { name: 'old', scopes: 'stock:read', expiresAt });
      await shop.back.post('/keys', { name: 'till-7', scopes: 'stock:sell', rateLimit: 120 });
      await shop.openAs('ann', 'clerk');
      const page = await shop.openAs('olga', 'owner');
      await page.getByRole('link', { name: 'People' }).click();
      await page.getByRole('list', { name: 'Devices of ann' }).waitFor();
      await page.getByRole('list', { name: 'Keys' }).getByText('old expired').waitFor();
      const invite = page.getByRole('form', { name: 'Invite a person' });
      await invite.getByLabel('Name').fill('bob');
      await invite.getByRole('button', { name: 'Invite' }).click();
      await card(page, 'Invite').locator('code').waitFor();
      const key = page.getByRole('form', { name: 'Make a key' });
      await key.getByLabel('Name of the program').fill('till-8');
      await key.getByRole('checkbox', { name: /stock:sell$/ }).check();
      await key.getByRole('button', { name: 'Make a key' }).click();
      await card(page, 'New key').getByText(/^inv_/).waitFor();
      await page.getByRole('button', { name: 'Remove: ann' }).click();
      await page.getByRole('group', { name: 'Role of bob' }).getByLabel('Viewer').check();
      await page.getByText('The key till-8 was made, by olga').waitFor();
      return page;
    },
  ],
  [
    'people and keys that are bound to locations',
    async (shop) => {
      const back = { ...shop, url: `http://127.0.0.1:${shop.back.port}` };
      await sendJson(back, 'PUT', '/locations/2', { name: 'Van' });
      await shop.back.post('/keys', { name: 'till-7', scopes: 'stock:sell', locations: '2' });
      await shop.back.post('/invitations', { name: 'vic', role: 'clerk', locations: '2' });
      const page = await shop.openAs('olga', 'owner');
      await page.getByRole('link', { name: 'People' }).click();
      await page.getByText('changes stock only at Van').waitFor();
      const invite = page.getByRole('form', { name: 'Invite a person' });
      await invite.getByRole('radio', { name: 'Only some' }).check();
      const where = page.getByRole('group', { name: 'Locations of vic' });
      await where.getByLabel('All locations').check();
      await page.getByRole('button', { name: 'Make vic clerk at all locations' }).waitFor();
      return page;
    },
  ],
  [
    'you, before one signs out everywhere',
    async (shop) => {
      const page = await shop.openAs('ann', 'clerk');
      await page.getByRole('link', { name: 'ann clerk' }).click();
      await page.getByRole('button', { name: 'Sign out on all devices' }).click();
      await page.getByRole('button', { name: 'Sign out on all devices anyway' }).waitFor();
      return page;
    },
  ],
];

inBrowserWithKeys(dummy, (shop) => {
  beforeEach(() => shop.browser.allowErrors(answered(401, 403)));

  test.each(SCREENS)('%s: anybody can use it, at every width', async (_name, reach) => {
    const page = await reach(shop);
    const violations: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of COLOURS) {
        await colour(page, colorScheme);
        // All of them are reported, not only the first.
        await expectAccessible(page).catch(({ message }: Error) => {
          violations.push(`${width}, ${colorScheme}: ${message}`);
        });
      }
    }
    violations.push(...(await misfits(page)));
    expect(violations).toEqual([]);
  });
});
