import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { addVan, sendJson } from './locations-shop';
import { card } from './parts';
import { inBrowser, inBrowserWithKeys } from './shop';
import { expectMessage, row } from './stock-page';

inBrowser(dummy, (shop) => {
  test('the second location is added where the address says; from then on the navigation leads there', async () => {
    const page = await shop.open('/#/locations');
    await card(page, 'In use').getByText('Main').waitFor();
    const form = page.getByRole('form', { name: 'Add a location' });
    await form.getByRole('button', { name: 'Add the location' }).click();
    await form.getByText('Give it a name.').waitFor();
    await form.getByLabel('Name').fill('Van');
    await form.getByLabel('Address').fill('1 Harbour Street\nGate 4');
    await page.reload();
    await form.getByRole('button', { name: 'Add the location' }).click();
    await expectMessage(page, 'Van is added');
    await card(page, 'In use').getByText('Van').waitFor();
    expect((await shop.service.get('/locations')).body).toMatchObject([
      { locationID: 1, name: 'Main' },
      { locationID: 2, name: 'Van', sellable: true, address: '1 Harbour Street\nGate 4' },
    ]);
    await form.getByLabel('Name').fill('Store room');
    await form.getByRole('checkbox').check();
    await page.keyboard.press('Enter');
    await expectMessage(page, 'Store room is added');
    expect((await shop.service.get('/locations')).body).toMatchObject([
      {},
      {},
      { locationID: 3, sellable: false },
    ]);
    await page.getByRole('navigation').getByRole('link', { name: 'Locations' }).waitFor();
  });

  test('a location is renamed, retired once it is empty, and used again', async () => {
    await addVan(shop);
    const page = await shop.open('/#/locations');
    await page.getByRole('button', { name: 'Edit: Main' }).click();
    await page.getByRole('form', { name: 'Change Main' }).getByLabel('Name').fill('Shop');
    await page.keyboard.press('Enter');
    await expectMessage(page, 'Shop is changed');
    expect(await page.getByRole('button', { name: 'Retire: Shop' }).count()).toBe(0);
    shop.browser.allowErrors(answered(409));
    await page.getByRole('button', { name: 'Retire: Van' }).click();
    await page.getByRole('button', { name: 'Retire anyway' }).click();
    await page.getByText('There are units of a product at location 2').waitFor();
    await sendJson(shop, 'POST', '/inventory/moves', {
      from: 2,
      to: 1,
      lines: [{ productID: 1, quantity: 5 }],
    });
    await page.getByRole('button', { name: 'Retire: Van' }).click();
    await page.getByRole('button', { name: 'Retire anyway' }).click();
    await expectMessage(page, 'Van is retired');
    await page.getByRole('button', { name: 'Use again: Van' }).click();
    await expectMessage(page, 'Van is in use again');
    await eventually(async () =>
      expect((await shop.service.get('/locations')).body).toEqual([
        { locationID: 1, name: 'Shop', sellable: true },
        { locationID: 2, name: 'Van', sellable: true },
      ]),
    );
  });
});

inBrowserWithKeys(dummy, (shop) => {
  beforeEach(async () => {
    shop.browser.allowErrors(answered(401));
    const back = { ...shop, url: `http://127.0.0.1:${shop.back.port}` };
    await sendJson(back, 'PUT', '/locations/2', { name: 'Van' });
  });

  test('people and keys are bound to locations, and people are moved to others', async () => {
    const owner = await shop.openAs('olga', 'owner');
    await owner.getByRole('link', { name: 'People' }).click();
    const invite = owner.getByRole('form', { name: 'Invite a person' });
    await invite.getByLabel('Name').fill('vic');
    await invite.getByRole('radio', { name: 'Only some' }).check();
    await invite.getByRole('button', { name: 'Invite' }).click();
    await invite.getByText('Choose a location, or all of them.').waitFor();
    await invite.getByRole('checkbox', { name: 'Van' }).check();
    await invite.getByRole('button', { name: 'Invite' }).click();
    await card(owner, 'Invite').locator('code').waitFor();
    expect(await shop.people()).toMatchObject([{ name: 'olga' }, { name: 'vic', locations: [2] }]);

    const makeKey = owner.getByRole('form', { name: 'Make a key' });
    await makeKey.getByLabel('Name of the program').fill('till-2');
    await makeKey.getByRole('checkbox', { name: /stock:sell$/ }).check();
    await makeKey.getByRole('radio', { name: 'Only some' }).check();
    await makeKey.getByRole('checkbox', { name: 'Van' }).check();
    await makeKey.getByRole('button', { name: 'Make a key' }).click();
    await owner.getByText('changes stock only at Van').waitFor();
    expect((await shop.back.get('/keys')).body).toMatchObject([{ name: 'till-2', locations: [2] }]);

    const where = owner.getByRole('group', { name: 'Locations of vic' });
    await where.getByLabel('All locations').check();
    await owner.getByRole('button', { name: 'Make vic clerk at all locations' }).click();
    await expectMessage(owner, 'vic is clerk');
    const vic = (await shop.people()).find(({ name }) => name === 'vic');
    expect(vic).not.toHaveProperty('locations');
  });

  test('a clerk sees the locations, and changes none of them', async () => {
    const clerk = await shop.openAs('ann', 'clerk');
    await row(clerk, 1).waitFor();
    await clerk.getByRole('link', { name: 'Locations' }).click();
    await card(clerk, 'In use').getByText('Van').waitFor();
    expect(await clerk.getByRole('main').getByRole('button').count()).toBe(0);
  });
});
