import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { card } from './parts';
import { inBrowser, inBrowserWithKeys, type KeysShop } from './shop';
import { expectMessage, row } from './stock-page';

async function ownerOnPeople(shop: KeysShop) {
  const page = await shop.openAs('olga', 'owner');
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('list', { name: 'People' }).getByText('olga (you)').waitFor();
  return page;
}

inBrowserWithKeys(dummy, (shop) => {
  beforeEach(() => shop.browser.allowErrors(answered(400, 401, 403, 404, 409)));

  test('an owner invites, changes the role, signs out a device and revokes', async () => {
    const owner = await ownerOnPeople(shop);
    const form = owner.getByRole('form', { name: 'Invite a person' });
    await form.getByLabel('Name').fill('Ann!');
    await form.getByRole('button', { name: 'Invite' }).click();
    await form.getByRole('alert').waitFor();
    await form.getByLabel('Name').fill('ann');
    await form.getByRole('radio', { name: 'Viewer' }).check();
    await form.getByRole('button', { name: 'Invite' }).click();
    const link = await card(owner, 'Invite').locator('code').innerText();
    const { hash } = new URL(link);
    const ann = await shop.open(`/${hash}`);
    await ann.getByLabel('Name of this device').fill('Her phone');
    await ann.getByRole('button', { name: 'Sign in' }).click();
    await row(ann, 1).waitFor();
    await owner.getByRole('list', { name: 'Devices of ann' }).getByText('Her phone').waitFor();
    expect(await owner.getByText('(this device)').count()).toBe(1);

    await owner.getByRole('group', { name: 'Role of ann' }).getByLabel('Clerk').check();
    await owner.getByRole('button', { name: 'Make ann clerk' }).click();
    await expectMessage(owner, 'ann is clerk');
    expect(await shop.people()).toMatchObject([{ name: 'olga' }, { name: 'ann', role: 'clerk' }]);

    await owner.getByRole('button', { name: 'Sign out: ann on Her phone' }).click();
    await owner.getByRole('button', { name: 'Sign out anyway' }).click();
    await expectMessage(owner, 'ann is signed out on Her phone');
    expect(await shop.people()).toMatchObject([{ name: 'olga' }, { name: 'ann', sessions: [] }]);

    await owner.getByRole('button', { name: 'Remove: ann' }).click();
    await owner
      .getByText('ann will be signed out on every device, and cannot sign in again')
      .waitFor();
    expect(await shop.people()).toHaveLength(2);
    await owner.getByRole('button', { name: 'Remove anyway' }).click();
    await expectMessage(owner, 'ann is removed');
    expect(await shop.people()).toMatchObject([{ name: 'olga' }]);
  });

  test('an owner signs another person out everywhere, and stays', async () => {
    const ann = await shop.openAs('ann', 'clerk');
    const owner = await ownerOnPeople(shop);
    await owner.getByRole('button', { name: 'Sign out on all devices: ann' }).click();
    await owner.getByText('ann will be signed out on all devices.').waitFor();
    await owner.getByRole('button', { name: 'Sign out on all devices anyway' }).click();
    await expectMessage(owner, 'ann is signed out on all devices');
    await ann.getByRole('heading', { name: 'Nobody is signed in on this device' }).waitFor();
    expect(await shop.people()).toMatchObject([{ sessions: [] }, { sessions: [{}] }]);
    await owner.getByText('Signed in on no device.').waitFor();
  });

  test('a key that has expired is shown as expired', async () => {
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const made = await shop.back.post('/keys', { name: 'old', scopes: 'stock:read', expiresAt });
    expect(made.status).toBe(201);
    const owner = await ownerOnPeople(shop);
    await owner.getByRole('list', { name: 'Keys' }).getByText('old expired').waitFor();
    await owner.getByText('Never used, expired on').waitFor();
  });

  test('who was let in, refused and changed: newest first, and older on demand', async () => {
    const owner = await ownerOnPeople(shop);
    const log = owner.getByRole('list', { name: 'Who was let in, refused and changed' });
    await log.getByText('olga signed in on Chrome on Linux').waitFor();
    const { body } = await shop.back.post('/keys', { name: 'till-7', scopes: 'stock:read' });
    const headers = { Authorization: `Bearer ${body.key}` };
    expect((await fetch(`${shop.url}/records`, { headers })).status).toBe(403);
    const refused = 'The key till-7 was refused: that needs the scope records:read';
    await log.getByText(refused).waitFor();
    for (let at = 0; at < 20; at += 1) await shop.invite(`p${at}`, 'clerk');
    await log.getByText('p19 was invited').waitFor();
    const first = await log.getByRole('listitem').first().innerText();
    expect(first).toMatch(/^p19 was invited to sign in on a device, while nobody had to sign in/);
    expect(await log.getByRole('listitem').count()).toBe(30);
    await owner.getByRole('button', { name: 'Show older' }).click();
    await log.getByText('olga was added as owner').waitFor();
    await log.getByText(refused).waitFor();
    await owner.getByRole('button', { name: 'Show older' }).waitFor({ state: 'detached' });
  });

  test('the last owner stays, and the page says why', async () => {
    const owner = await ownerOnPeople(shop);
    await owner.getByRole('button', { name: 'Remove: olga' }).click();
    await owner.getByRole('button', { name: 'Remove anyway' }).click();
    await expectMessage(owner, /Make somebody else an owner first/);
    expect(await shop.people()).toHaveLength(1);
  });

  test('an owner makes a key that works, and revokes it', async () => {
    const owner = await ownerOnPeople(shop);
    const form = owner.getByRole('form', { name: 'Make a key' });
    await form.getByLabel('Name of the program').fill('till-7');
    await form.getByRole('checkbox', { name: /^Read stock/ }).check();
    await form.getByLabel(/^Requests a minute/).fill('120');
    await form.getByRole('button', { name: 'Make a key' }).click();
    const key = await card(owner, 'New key').getByText(/^inv_/).innerText();
    const headers = { Authorization: `Bearer ${key}` };
    const me = await (await fetch(`${shop.url}/me`, { headers })).json();
    expect(me).toEqual({ actor: 'key:till-7', scopes: ['stock:read'] });
    await owner.getByRole('button', { name: 'Done' }).click();
    expect(await owner.getByText(key).count()).toBe(0);
    await owner.getByText('Last used').waitFor();
    await owner.getByText('at most 120 requests a minute').waitFor();
    await owner.getByRole('button', { name: 'Remove: key till-7' }).click();
    await owner.getByRole('button', { name: 'Remove anyway' }).click();
    await expectMessage(owner, 'The key till-7 is removed');
    await eventually(async () => {
      expect((await fetch(`${shop.url}/me`, { headers })).status).toBe(401);
    });
  });
});

inBrowser(dummy, (shop) => {
  test('where nobody is asked who they are there is no such screen, and nobody to sign out', async () => {
    const page = await shop.open();
    await row(page, 1).waitFor();
    expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'New product' }).count()).toBe(1);
  });
});
