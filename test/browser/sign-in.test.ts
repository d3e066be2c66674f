import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { withChangeOfAnn } from './left-change';
import { inBrowserWithKeys } from './shop';
import { expectMark, expectMessage, openForm, row } from './stock-page';

const SIGNED_OUT = 'Nobody is signed in on this device';

inBrowserWithKeys(dummy, (shop) => {
  beforeEach(() => shop.browser.allowErrors(answered(401, 403)));

  test('signs in by the link: on the press alone, and the secret stays nowhere', async () => {
    const link = await shop.invite('ann', 'clerk');
    const secret = link.split('/').at(-1) as string;
    const page = await shop.open(link);
    await page.getByText(`to the inventory at 127.0.0.1:${shop.service.port}.`).waitFor();
    const device = page.getByLabel('Name of this device');
    expect(await device.inputValue()).toBe('Chrome on Linux');
    expect((await shop.people())[0]?.sessions).toEqual([]);
    await device.fill('The till');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await row(page, 1).waitFor();
    await expectMark(page, 'Live');
    expect((await shop.people())[0]?.sessions).toMatchObject([{ device: 'The till' }]);
    expect(page.url()).toBe(`${shop.url}/#/`);
    await page.goBack().catch(() => null);
    expect(page.url()).not.toContain(secret);
  });

  test.each([
    ['its query', '/?next=https://evil.test/&returnTo=//evil.test/', '?next=https://evil.test/'],
    ['the place before it', '/#//evil.test/', ''],
    ['the place before it, as a whole', '/#https://evil.test/', ''],
  ])('a link leads to our own page, although %s names another site', async (_, before, after) => {
    const page = await shop.open(before);
    await page.getByRole('heading', { name: SIGNED_OUT }).waitFor();
    const { hash } = new URL(shop.url + (await shop.invite('ann', 'clerk')));
    await page.goto(shop.url + before.replace(/#.*/, '') + hash + after);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('ann clerk').waitFor();
    // A request to another site would fail the test, too.
    expect(page.url().startsWith(`${shop.url}/`)).toBe(true);
    expect(new URL(page.url()).hash).toMatch(/^#\//);
    expect(page.url()).not.toContain(hash);
  });

  test('an invitation that was used says so', async () => {
    const link = await shop.invite('ann', 'clerk');
    const first = await shop.open(link);
    await first.getByRole('button', { name: 'Sign in' }).click();
    await row(first, 1).waitFor();
    const second = await shop.open(link);
    await second.getByRole('button', { name: 'Sign in' }).click();
    const said = second.getByRole('alert');
    await said.waitFor();
    expect(await said.innerText()).toMatch(/^This invitation cannot be used: it was used already/);
    expect((await shop.people())[0]?.sessions).toHaveLength(1);
  });

  test('a page on which nobody is signed in says what to do; a sign-in in another tab opens it', async () => {
    const page = await shop.open();
    await page.getByRole('heading', { name: SIGNED_OUT }).waitFor();
    await expectMark(page, 'Signed out');
    const other = await page.context().newPage();
    await other.goto(shop.url + (await shop.invite('ann', 'clerk')));
    await other.getByRole('button', { name: 'Sign in' }).click();
    await row(page, 1).waitFor();
    await expectMark(page, 'Live');
  });

  test('a change that waits while the session ends is recorded once, after the next sign-in', async () => {
    const page = await withChangeOfAnn(shop);
    await page.getByText('One change waits to be sent.').waitFor();
    const tray = page.getByRole('button', { name: '1 to send' });
    await tray.click();
    await page.getByText('They wait because nobody is signed in.').waitFor();
    expect(await shop.back.get('/records?after=230')).toMatchObject({ body: [] });
    // Another person sends nothing in her name.
    await page.goto(shop.url + (await shop.invite('bob', 'viewer')));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('bob viewer').waitFor();
    await page.getByText('waits until ann signs in').waitFor({ state: 'attached' });
    expect(await page.getByRole('button', { name: 'Cancel change' }).count()).toBe(0);
    await page.goto(shop.url + (await shop.invite('ann')));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('ann clerk').waitFor();
    await eventually(async () => {
      expect((await shop.back.get('/records?after=230')).body).toMatchObject([
        { productID: 1, quantity: 2, actor: 'person:ann' },
      ]);
    });
    await tray.waitFor({ state: 'detached' });
  });

  test('changes of somebody who never comes back are downloaded and discarded, and never sent', async () => {
    const page = await withChangeOfAnn(shop);
    await page.goto(shop.url + (await shop.invite('bob', 'clerk')));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('bob clerk').waitFor();
    const tray = page.getByRole('button', { name: '1 to send' });
    await tray.click();
    await page.getByText('One change of ann waits: it is sent when ann signs in.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download it' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('waiting-changes.json');
    await page.getByRole('button', { name: /^Discard: One change of ann/ }).click();
    expect(await tray.count()).toBe(1);
    await page.getByRole('button', { name: 'Discard anyway' }).click();
    await expectMessage(page, /^Discarded: Sale of 2/);
    await tray.waitFor({ state: 'detached' });
    await page.goto(shop.url + (await shop.invite('ann')));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('ann clerk').waitFor();
    await row(page, 1).waitFor();
    expect(await tray.count()).toBe(0);
    expect((await shop.back.get('/records?after=230')).body).toEqual([]);
  });

  test('a viewer is offered no change, and a clerk none of the catalogue', async () => {
    const viewer = await shop.openAs('vic', 'viewer');
    await row(viewer, 1).waitFor();
    const screens = viewer.getByRole('navigation', { name: 'Screens' });
    expect(await screens.getByRole('link').allInnerTexts()).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/Scan|Import|People/)]),
    );
    expect(await viewer.getByRole('button', { name: 'New product' }).count()).toBe(0);
    await row(viewer, 1).focus();
    await viewer.keyboard.press('c');
    expect(await viewer.getByRole('form').count()).toBe(0);
    await viewer.keyboard.press('Enter');
    await viewer.getByRole('heading', { name: 'House Espresso Beans 1 kg' }).waitFor();
    await viewer.getByRole('cell', { name: 'Last count' }).waitFor();
    for (const name of [/^Edit$/, /^Count$/, /^Sale$/, /^Undo record/]) {
      expect(await viewer.getByRole('button', { name }).count()).toBe(0);
    }
    const clerk = await shop.openAs('carl', 'clerk');
    await row(clerk, 1).waitFor();
    expect(await clerk.getByRole('link', { name: 'Scan' }).count()).toBe(1);
    expect(await clerk.getByRole('link', { name: 'Import' }).count()).toBe(0);
    expect(await clerk.getByRole('button', { name: 'New product' }).count()).toBe(0);
    await openForm(clerk, 1, 'c');
  });

  test('a clerk signs out everywhere: on every device, and in every tab', async () => {
    const till = await shop.openAs('ann', 'clerk');
    const phone = await shop.open(await shop.invite('ann'));
    await phone.getByRole('button', { name: 'Sign in' }).click();
    await row(phone, 1).waitFor();
    const tab = await phone.context().newPage();
    await tab.goto(shop.url);
    await row(tab, 1).waitFor();
    await till.getByRole('link', { name: 'ann clerk' }).click();
    await till.getByRole('heading', { name: 'Your devices' }).waitFor();
    await till.getByRole('button', { name: 'Sign out on all devices' }).click();
    await till.getByText('You will be signed out on all devices, this one too.').waitFor();
    await till.getByRole('button', { name: 'Sign out on all devices anyway' }).click();
    for (const page of [till, phone, tab]) {
      await page.getByRole('heading', { name: SIGNED_OUT }).waitFor();
    }
    expect((await shop.people())[0]?.sessions).toEqual([]);
  });

  test('signs out: in every tab, and on the service', async () => {
    const page = await shop.openAs('ann', 'clerk');
    const other = await page.context().newPage();
    await other.goto(shop.url);
    await row(other, 1).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: SIGNED_OUT }).waitFor();
    await other.getByRole('heading', { name: SIGNED_OUT }).waitFor();
    expect((await shop.people())[0]?.sessions).toEqual([]);
  });
});
