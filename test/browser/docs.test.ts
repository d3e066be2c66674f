import { expectAccessible } from './axe';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { COLOURS, colour } from './screens';
import { inBrowser } from './shop';

inBrowser(dummy, (shop) => {
  test('/docs lists every operation there is', async () => {
    const { paths } = (await shop.service.get('/openapi.json')).body;
    const operations = Object.values(paths).flatMap((path) => Object.keys(path as object));
    const page = await shop.open('/docs');
    await eventually(async () => {
      expect(await page.locator('.opblock').count()).toBe(operations.length);
    });
    expect(await page.title()).toBe('Inventory API');
  });

  test('/docs tries out GET /inventory, and shows what is in stock', async () => {
    const page = await shop.open('/docs');
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
    const stock = await answer.locator('.highlight-code code').first().innerText();
    expect(JSON.parse(stock)).toEqual((await shop.service.get('/inventory')).body);
  });

  test('/docs can be used by anybody in both colours, and with a form open', async () => {
    const page = await shop.open('/docs');
    await page.locator('.opblock').first().waitFor();
    const expectUsable = async () => {
      for (const colorScheme of COLOURS) {
        await colour(page, colorScheme);
        await expectAccessible(page);
      }
    };
    await expectUsable();
    const operation = page.locator('[id$="-postInventory"]');
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).waitFor();
    await expectUsable();
    // The last colour is the dark one.
    const [red = 255] =
      (await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor'))
        .match(/[0-9]+/g)
        ?.map(Number) ?? [];
    expect(red).toBeLessThan(60);
  });

  test('/docs comes with a policy that lets no inline script run', async () => {
    const policy = (await fetch(`${shop.url}/docs`)).headers.get('Content-Security-Policy') ?? '';
    const directives = new Map(
      policy.split(';').map((directive) => {
        const [name, ...sources] = directive.trim().split(/\s+/);
        return [name, sources] as const;
      }),
    );
    expect(directives.get('script-src') ?? directives.get('default-src')).toEqual(["'self'"]);
  });
});
