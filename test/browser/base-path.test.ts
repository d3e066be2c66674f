import { ServiceProcess } from '../faults/service-process';
import { type LedgerPlace, sqlitePlace } from '../stores';
import { describeBrowser, useBrowser } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { expectMark, openForm, row } from './stock-page';

const BASE = '/shop/inventory';

describeBrowser('a service under a path of its host', () => {
  const browser = useBrowser();
  let place: LedgerPlace;
  let service: ServiceProcess;
  beforeEach(async () => {
    place = await sqlitePlace();
    await dummy(place);
    service = await ServiceProcess.start({ ...place.environment, BASE_PATH: BASE });
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await place.remove();
  });
  const open = (path: string) => browser.open(`http://127.0.0.1:${service.port}${BASE}${path}`);

  test('has a page that is live there, records changes and shows every screen', async () => {
    const page = await open('');
    expect(new URL(page.url()).pathname).toBe(`${BASE}/`);
    await expectMark(page, 'Live');
    const form = await openForm(page, 1, 'c');
    await page.keyboard.type('17');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await eventually(async () => {
      expect((await service.get(`${BASE}/inventory/1`)).body.availableQuantity).toBe(17);
    });
    await eventually(async () => expect(await row(page, 1).innerText()).toContain('17'));
    for (const screen of ['Low', 'Alerts', 'Sales', 'Scan', 'Time', 'Import']) {
      await page
        .getByRole('link', { name: new RegExp(`^${screen}`) })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: screen }).waitFor();
    }
    const listed = await page.evaluate<string[]>('Object.keys(localStorage)');
    for (const name of listed.filter((each) => each.includes('outbox'))) {
      expect(name).toContain(BASE);
    }
    await page.goto(`http://127.0.0.1:${service.port}${BASE}/#/products/1`);
    await page.getByText('Why this number').first().waitFor();
  });

  test('has its documentation there, which tries calls out', async () => {
    const page = await open('/docs');
    const operation = page
      .locator('.opblock-get')
      .filter({ has: page.locator('[data-path="/inventory"]') });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table');
    await eventually(async () => {
      expect(await answer.locator('.response-col_status').last().innerText()).toBe('200');
    });
  });
});
