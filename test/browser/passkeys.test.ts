import type { Page } from 'playwright-core';
import { ServiceProcess } from '../faults/service-process';
import { freePort } from '../servers/free-port';
import { HostedService } from '../servers/hosted-service';
import { sqlitePlace, usePlace } from '../stores';
import { expectAccessible } from './axe';
import { answered, describeBrowser, useBrowser } from './browser';
import { misfits } from './layout';

/** Gives a page a device that has passkeys, and whose person is always there. */
async function withDevice(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const isVerified = (isUserVerified: boolean) =>
    devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  return { isVerified };
}

describeBrowser('passkeys in a browser', () => {
  const place = usePlace(sqlitePlace);
  const browser = useBrowser();
  let back: HostedService;
  let port: number;
  beforeEach(async () => {
    port = await freePort();
    back = await HostedService.start(place().environment);
    await ServiceProcess.start({
      ...place().environment,
      PORT: String(port),
      ACCESS: 'keys',
      PUBLIC_URL: `http://localhost:${port}`,
    });
    browser.allowErrors(answered(401, 403));
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await back.stop();
  });

  const open = async (host: string) => {
    const { body } = await back.post('/invitations', { name: 'ann', role: 'clerk' });
    const page = await browser.open(`http://${host}:${port}/${new URL(body.link).hash}`, {
      ownProfile: true,
    });
    const device = await withDevice(page);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('ann clerk').waitFor();
    return { page, device };
  };
  const openYou = async (page: Page) => {
    await page.getByText('ann clerk').click();
    await page.getByRole('list', { name: 'Devices of ann' }).waitFor();
  };
  const signOut = (page: Page) =>
    page.getByRole('button', { name: 'Sign out', exact: true }).click();
  const signIn = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' });

  test('a passkey is made, signs in without a name, and is removed', async () => {
    const { page, device } = await open('localhost');
    await openYou(page);
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    const list = page.getByRole('list', { name: 'Passkeys of ann' });
    await list.getByText('not used yet').waitFor();
    await expectAccessible(page);
    expect(await misfits(page)).toEqual([]);
    await signOut(page);
    await signIn(page).waitFor();
    await expectAccessible(page);
    // A device that does not check who holds it signs nobody in.
    await device.isVerified(false);
    await signIn(page).click();
    await page.getByRole('alert').waitFor();
    await device.isVerified(true);
    await signIn(page).click();
    await page.getByText('ann clerk').waitFor();
    await page.goto(`http://localhost:${port}/#/you`);
    await list.getByText('last used').waitFor();
    await list.getByRole('button', { name: 'Remove: Passkey of ann' }).click();
    await list.getByRole('button', { name: 'Remove anyway' }).click();
    await list.waitFor({ state: 'detached' });
    await signOut(page);
    await signIn(page).click();
    await page.getByRole('alert').getByText('This passkey lets nobody in').waitFor();
  });

  test('whoever signs in with an invitation is offered one, once', async () => {
    const { page } = await open('localhost');
    const offer = page.getByText('without an invitation');
    const make = page.getByRole('button', { name: 'Make a passkey' });
    await offer.waitFor();
    await expectAccessible(page);
    await make.click();
    await offer.waitFor({ state: 'detached' });
    await openYou(page);
    const list = page.getByRole('list', { name: 'Passkeys of ann' });
    await list.getByText('not used yet').waitFor();
    // Who signs in with a passkey is not asked.
    await signOut(page);
    await signIn(page).click();
    await page.getByText('ann clerk').waitFor();
    expect(await offer.count()).toBe(0);
  });

  test('whoever wants none is not asked again', async () => {
    const { page } = await open('localhost');
    const offer = page.getByText('without an invitation');
    await page.getByRole('button', { name: 'Not now' }).click();
    await offer.waitFor({ state: 'detached' });
    await openYou(page);
    await page.getByRole('link', { name: 'Stock', exact: true }).click();
    await page.getByRole('heading', { name: 'Stock', level: 1 }).waitFor();
    expect(await offer.count()).toBe(0);
    await page.reload();
    await page.getByText('ann clerk').waitFor();
    expect(await offer.count()).toBe(0);
  });

  test('none is offered at an address that is not PUBLIC_URL', async () => {
    const { page } = await open('127.0.0.1');
    expect(await page.getByRole('button', { name: 'Make a passkey' }).count()).toBe(0);
    await openYou(page);
    expect(await page.getByRole('button', { name: 'Make a passkey' }).count()).toBe(0);
    await signOut(page);
    await page.getByText('Nobody is signed in').waitFor();
    expect(await signIn(page).count()).toBe(0);
  });
});
