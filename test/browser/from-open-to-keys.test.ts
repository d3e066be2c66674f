import { HostedService } from '../servers/hosted-service';
import { answered } from './browser';
import { dummy } from './fillings';
import { inBrowserMortal } from './shop';
import { expectMark, openForm, row } from './stock-page';

inBrowserMortal(dummy, (shop) => {
  test('a sale whose answer was lost before people sign in is not recorded again after it', async () => {
    shop.browser.allowErrors(answered(401));
    const page = await shop.open();
    await row(page, 1).waitFor();
    let lost = false;
    await page.route(/\/sales$/, async (route) => {
      if (lost) return route.continue();
      lost = true;
      // The service records it, and nobody hears of it.
      await route.fetch();
      await shop.kill();
      await route.abort('connectionreset');
    });
    const form = await openForm(page, 1, 's');
    await form.getByLabel('Units sold').fill('2');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '1 to send' }).waitFor();
    await shop.start({ ACCESS: 'keys' });
    await page.getByRole('heading', { name: 'Nobody is signed in on this device' }).waitFor();
    const back = await HostedService.start(shop.place().environment);
    const { body: invited } = await back.post('/invitations', { name: 'ann', role: 'clerk' });
    await page.goto(shop.url + new URL(invited.link).pathname + new URL(invited.link).hash);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('ann clerk').waitFor();
    await page.getByRole('button', { name: '1 to send' }).waitFor({ state: 'detached' });
    await expectMark(page, 'Live');
    const { body: records } = await back.get('/records?after=230');
    expect(records).toMatchObject([{ productID: 1, quantity: 2, actor: 'open' }]);
    await back.stop();
  });
});
