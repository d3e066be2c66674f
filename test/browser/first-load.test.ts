import type { Request } from 'playwright-core';
import { dummy } from './fillings';
import { BESIDE_THE_PAGE, inBrowser } from './shop';
import { row } from './stock-page';

const SCRIPT_BYTES_MAX = 200_000;

/** Smaller ones are sent as they are: they fit one packet either way (https://github.com/expressjs/compression#threshold). */
const COMPRESSED_FROM_BYTES = 1_024;

inBrowser(dummy, (shop) => {
  test('the scripts of the first load are small, and come compressed', async () => {
    const page = await shop.open(BESIDE_THE_PAGE);
    const scripts: Promise<{ url: string; encoding: string | null | undefined; bytes: number }>[] =
      [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script') scripts.push(sizeOf(request));
    });
    await page.goto(shop.url);
    await row(page, 1).waitFor();
    const loaded = await Promise.all(scripts);
    expect(loaded).not.toEqual([]);
    const plain = loaded.filter(({ encoding }) => !/^(gzip|br)$/.test(encoding ?? ''));
    expect(plain.filter(({ bytes }) => bytes >= COMPRESSED_FROM_BYTES)).toEqual([]);
    expect(loaded.length).toBeGreaterThan(plain.length);
    const bytes = loaded.reduce((sum, script) => sum + script.bytes, 0);
    expect(bytes).toBeLessThan(SCRIPT_BYTES_MAX);
  });

  test('the policy of the page lets no inline script or style run', async () => {
    const { headers } = await fetch(`${shop.url}/`);
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toMatch(/(^|;)\s*default-src 'self'/);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
  });
});

async function sizeOf(request: Request) {
  const encoding = await (await request.response())?.headerValue('content-encoding');
  return { url: request.url(), encoding, bytes: (await request.sizes()).responseBodySize };
}
