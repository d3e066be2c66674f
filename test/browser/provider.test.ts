import type { Page } from 'playwright-core';
import { ServiceProcess } from '../faults/service-process';
import { freePort } from '../servers/free-port';
import { OpenIDProvider } from '../servers/openid-provider';
import { sqlitePlace, usePlace } from '../stores';
import { expectAccessible } from './axe';
import { answered, describeBrowser, useBrowser } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { held } from './held';
import { misfits } from './layout';
import { COLOURS } from './screens';
import { expectMark, openForm, row } from './stock-page';

describeBrowser('the OpenID provider, in a browser', () => {
  const place = usePlace(sqlitePlace);
  const browser = useBrowser();
  let provider: OpenIDProvider;
  let open: ServiceProcess;
  let url: string;
  beforeEach(async () => {
    // The page that the provider has for developers has a font of another site.
    browser.allowErrors(answered(400, 401, 403), /fonts\.googleapis|ERR_NAME_NOT_RESOLVED/);
    browser.allowErrors(/^foreign host: http:\/\/127\.0\.0\.1:\d+\/(auth|interaction)/);
    await dummy(place());
    const port = await freePort();
    url = `http://localhost:${port}`;
    provider = await OpenIDProvider.start([url]);
    open = await ServiceProcess.start(place().environment);
    await ServiceProcess.start({
      ...place().environment,
      ...provider.settings(url),
      PORT: String(port),
    });
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await provider.stop();
  });

  const host = () => new URL(provider.issuer).host;

  const invite = async (name: string) => {
    const { body } = await open.post('/invitations', { name, role: 'clerk' });
    return new URL(body.link).hash;
  };

  /** Signs in on the page of the provider, which is of another site. */
  const atProvider = async (page: Page, account: string) => {
    await page.waitForURL(`${provider.issuer}/**`);
    await page.locator('input[name=login]').fill(account);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
  };

  test('an invitation binds the account, which signs in on another device; it is removed', async () => {
    const link = await invite('ann');
    const secret = link.split('/').at(-1) as string;
    const page = await browser.open(`${url}/${link}`);
    const leave = page.getByRole('button', { name: `Sign in with ${host()}` });
    await leave.waitFor();
    for (const colorScheme of COLOURS) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    expect(await misfits(page)).toEqual([]);
    await leave.focus();
    await page.keyboard.press('Enter');
    await atProvider(page, 'ann-7');
    await row(page, 1).waitFor();
    await expectMark(page, 'Live');
    await page.getByText('ann clerk').waitFor();
    expect(page.url()).toBe(`${url}/#/`);
    // Neither the address nor the history has the secret.
    for (let back = 0; back < 4; back += 1) {
      expect(page.url()).not.toContain(secret);
      await page.goBack().catch(() => null);
    }
    const other = await browser.open(url);
    await other.getByRole('button', { name: `Sign in with ${host()}` }).click();
    await atProvider(other, 'ann-7');
    await other.getByText('ann clerk').waitFor();

    await other.goto(`${url}/#/you`);
    await other.getByRole('button', { name: `Remove: account of ann at ${host()}` }).click();
    await other.getByRole('button', { name: 'Remove anyway' }).click();
    const accounts = other.getByRole('list', { name: 'Accounts of ann' });
    await accounts.waitFor({ state: 'detached' });
    await expectAccessible(other);
    await other.getByRole('button', { name: `Add your account at ${host()}` }).click();
    await accounts.getByText(`Account at ${host()}`).waitFor();
    expect(other.url()).toBe(`${url}/#/you`);
    expect(await misfits(other)).toEqual([]);
  });

  test('an account that nobody has added is told to ask for an invitation', async () => {
    const page = await browser.open(url);
    await page.getByRole('button', { name: `Sign in with ${host()}` }).click();
    await atProvider(page, 'somebody');
    const said = page.getByRole('alert');
    await said.waitFor();
    expect(await said.innerText()).toMatch(/^Nobody here has added this account\. Ask an owner/);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Nobody is signed in on this device').waitFor();
    expect(page.url()).toBe(`${url}/#/`);
    // Whatever somebody writes into the address is not shown.
    await page.goto(`${url}/#/not-signed-in/Call-555-0100`);
    await page.getByText('The service failed, and its log says why.').waitFor();
    expect(await page.locator('body').innerText()).not.toContain('555');
  });

  test('the provider does not answer: the page says so, and the invitation still signs in', async () => {
    browser.allowErrors(answered(503));
    await provider.stop();
    const page = await browser.open(`${url}/${await invite('ann')}`);
    await page.getByRole('button', { name: `Sign in with ${host()}` }).click();
    const said = page.getByRole('alert');
    await said.waitFor();
    expect(await said.innerText()).toContain(`${host()} does not answer`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await row(page, 1).waitFor();
    provider = await OpenIDProvider.start([url]);
  });

  test('a change that waits is sent once its person is back from the provider', async () => {
    const page = await browser.open(`${url}/${await invite('ann')}`);
    await page.getByRole('button', { name: `Sign in with ${host()}` }).click();
    await atProvider(page, 'ann-7');
    await row(page, 1).waitFor();
    const form = await openForm(page, 1, 's');
    const sales = await held(page, /\/sales$/);
    await form.getByLabel('Units sold').fill('2');
    await page.keyboard.press('Enter');
    await sales.asked;
    await page.context().clearCookies({ domain: 'localhost' });
    await sales.release();
    await page.getByText('One change waits to be sent.').waitFor();
    await page.getByRole('button', { name: `Sign in with ${host()}` }).click();
    await page.getByText('ann clerk').waitFor();
    await eventually(async () => {
      expect((await open.get('/records?after=230')).body).toMatchObject([
        { productID: 1, quantity: 2, actor: 'person:ann' },
      ]);
    });
  });
});
