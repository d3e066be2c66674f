import { Calendar } from '../../app/ledger/calendar';
import { addDays } from '../../app/ledger/day';
import { append, turnEntries } from '../contract/turn-entries';
import { revision } from '../ledger/products';
import { record, sale } from '../ledger/records';
import { eventually } from './eventually';
import type { Filling } from './fillings';
import { sendJson } from './locations-shop';
import { facts } from './parts';
import { inBrowser } from './shop';

/** A test takes less. */
const NEEDED_MS = 120_000;

/** The shop is always a day ahead of the browser. */
const BROWSER_ZONE = 'Pacific/Pago_Pago';
const SHOP_ZONES = ['Pacific/Kiritimati', 'Pacific/Auckland'].map((name) => new Calendar(name));

/** One of them whose day lasts until the test is over. */
const calendar = SHOP_ZONES.find(
  (zone) => zone.boundsAt(Date.now()).to > Date.now() + NEEDED_MS,
) as Calendar;
const { day: today, from: midnight } = calendar.boundsAt(Date.now());

/** Of product 1, four were sold in the last millisecond of yesterday and three in the first of today. */
const aroundMidnight: Filling = async (place) => {
  const store = place.open();
  const { timeZone } = calendar;
  const recordedAt = new Date(midnight - 60_000);
  const late = new Date(midnight - 1);
  const early = new Date(midnight);
  const records = [
    record(1, { recordedAt, availableQuantity: 20 }),
    sale(2, 1, 4, { recordedAt: late, availableQuantity: 16, quantityChange: -4 }),
    sale(3, 1, 3, { recordedAt: early, availableQuantity: 13, quantityChange: -3 }),
  ];
  const zones = [{ entry: 1, timeZone, recordedAt, turnMark: 7 }];
  const { sales } = turnEntries(records);
  const ofDay = (day: string, unitsSold: number) => ({ ...sales[0], day, unitsSold });
  await append(store, {
    ...turnEntries(records, { zones, revisions: [revision(1, { productID: 1 })] }),
    sales: [ofDay(addDays(today, -1), 4), ofDay(today, 3)] as typeof sales,
  });
  await store.close();
};

/** As the page writes a moment. */
function written(moment: number): string {
  const { timeZone } = calendar;
  const format = { dateStyle: 'medium', timeStyle: 'medium', timeZone } as const;
  return new Intl.DateTimeFormat('en-US', format).format(moment);
}

inBrowser(aroundMidnight, (shop) => {
  const open = (path: string) => shop.open(path, { timezoneId: BROWSER_ZONE, locale: 'en-US' });

  test('days are those of the shop in a browser whose own day is another', async () => {
    expect(new Calendar(BROWSER_ZONE).dayOf(Date.now()) < today).toBe(true);
    const page = await open('/#/sales');
    await page.getByRole('radio', { name: 'Today' }).check();
    await page.getByText(`Days of ${calendar.timeZone.replaceAll('_', ' ')}.`).waitFor();
    await eventually(async () => expect((await facts(page.locator('main')))[0]).toBe('3'));
    await page.getByRole('radio', { name: 'From … to' }).check();
    const to = page.getByLabel('To', { exact: true });
    expect(await to.inputValue()).toBe(today);
    expect(await to.getAttribute('max')).toBe(today);
  });

  test('moments are shown by the clock of the shop', async () => {
    const page = await open('/#/products/1');
    await page.getByText(written(midnight)).first().waitFor();
    await page
      .getByText(written(midnight - 1))
      .first()
      .waitFor();
    const other = await open('/#/time');
    const field = other.getByLabel('Date and time');
    const shown = `${today}T00:00`;
    await field.fill(shown);
    expect(await field.inputValue()).toBe(shown);
    // As of the first moment of the day, which the sale of that moment is part of.
    await other.getByText(`As of ${written(midnight)}, record 3`).waitFor();
    await field.fill(`${addDays(today, -1)}T23:59`);
    await other.getByText('record 1').waitFor();
  });

  test('a transfer is expected by the clock of the shop', async () => {
    await sendJson(shop, 'PUT', '/locations/2', { name: 'Van' });
    const page = await open('/#/transfers');
    const form = page.getByRole('form', { name: 'Move or send goods' });
    await form.getByRole('combobox', { name: 'To' }).selectOption('Van');
    await form.getByRole('radio', { name: 'They are on their way' }).check();
    const code = form.getByLabel('Barcode, SKU, number or name');
    await code.fill('1');
    await code.press('Enter');
    await form.getByText(`By the clock of ${calendar.timeZone.replaceAll('_', ' ')}.`).waitFor();
    await form.getByLabel('Expected').fill('2026-01-01T12:00');
    await form.getByRole('button', { name: 'Send the goods' }).click();
    const expectedAt = calendar.momentOf('2026-01-01T12:00');
    await page.getByText(`expected ${written(expectedAt)}`).waitFor();
    const [sent] = (await shop.service.get('/transfers?status=open')).body;
    expect(Date.parse(sent.expectedAt)).toBe(expectedAt);
  });

  test('a sale of now counts as of today, and its undo takes it out of the day', async () => {
    const page = await open('/#/sales');
    await page.getByRole('radio', { name: 'Today' }).check();
    const units = async () => (await facts(page.locator('main')))[0];
    await eventually(async () => expect(await units()).toBe('3'));
    const { body } = await shop.service.post('/sales', { productID: '1', quantity: '2' });
    await eventually(async () => expect(await units()).toBe('5'));
    await shop.service.post(`/sales/${body.record}/cancellation`, {});
    await eventually(async () => expect(await units()).toBe('3'));
    // The sale of yesterday leaves yesterday.
    await shop.service.post('/sales/2/cancellation', {});
    await page.getByRole('radio', { name: '7 days' }).check();
    await eventually(async () => expect(await units()).toBe('3'));
  });
});
