import { mailContent } from '../../app/monitor/delivery/mail-content';
import type { MailedAlert } from '../../app/monitor/delivery/mailed-alert';
import { expectAccessible } from './axe';
import { describeBrowser, useBrowser } from './browser';
import { COLOURS, colour } from './screens';
import { shoot } from './screenshots';

const PAGE = 'https://shop.example';
const WIDTHS = { wide: 720, narrow: 360 };

function mailed(
  kind: MailedAlert['alert']['kind'],
  threshold: number,
  product: Omit<MailedAlert, 'alert' | 'url' | 'links'>,
): MailedAlert {
  const act = `${PAGE}/alerts/3/act?do=`;
  return {
    alert: { kind, status: 'open', threshold },
    ...product,
    url: `${PAGE}/#/products/7`,
    links: { acknowledge: `${act}acknowledge`, order: `${act}order`, snooze: `${act}snooze` },
  };
}

const MAILS = {
  out: [
    mailed('out', 3, {
      title: 'Hand Grinder',
      sku: 'GRI-0001',
      availableQuantity: 0,
      daysOfCover: 0,
      reorder: 10,
    }),
  ],
  digest: [
    mailed('low', 5, {
      title: 'Pour-over Dripper',
      sku: 'DRI-0001',
      availableQuantity: 5,
      daysOfCover: 70,
      reorder: 6,
    }),
    mailed('low', 10, {
      title: 'Espresso Cup, white',
      sku: 'CUP-0002',
      availableQuantity: 9,
      daysOfCover: 16.8,
      reorder: 24,
    }),
    mailed('cover', 10, {
      title: 'House Espresso Beans 1 kg',
      sku: 'ESP-1000',
      availableQuantity: 12,
      daysOfCover: 5.5,
      reorder: 0,
    }),
  ],
};

describeBrowser('mails', () => {
  const browser = useBrowser();

  test.each(Object.entries(MAILS))(
    '%s: fits a desk and a phone, can be read by all, and is dark if that is asked for',
    async (name, alerts) => {
      const { html } = mailContent(alerts, PAGE);
      const url = `data:text/html;base64,${Buffer.from(html).toString('base64')}`;
      const page = await browser.open(url);
      const grounds = new Set<string>();
      for (const colorScheme of COLOURS) {
        await colour(page, colorScheme);
        await expectAccessible(page);
        grounds.add(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
        for (const [size, width] of Object.entries(WIDTHS)) {
          await page.setViewportSize({ width, height: 400 });
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
          await shoot(page, `mail-${name}-${colorScheme}-${size}`, { fullPage: true });
        }
      }
      expect(grounds.size).toBe(2);
    },
  );
});
