import { onEveryStore } from '../stores';
import { EVERY_CHANGE } from './every-change';
import { linkedPages } from './linked-pages';
import { expectFaults } from './problem-answer';
import { startService, type TestService, useService } from './service';

interface Line {
  readonly record: number;
  readonly productID: number;
}

onEveryStore((place) => {
  const service = useService(place);

  const receipts = (count: number) => ({
    changes: Array.from({ length: count }, (_, index) => ({
      productID: 1 + (index % 7),
      quantityChange: 1,
      reason: 'receipt',
    })),
  });
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
  const numbers = (lines: readonly Line[]) => lines.map(({ record }) => record);

  test('have the marks of their entity tags if that is asked for', async () => {
    const { headers } = await service.ask
      .post('/inventory')
      .send({ productID: 1, availableQuantity: 5 });
    for (const path of ['/records?marks=true', '/inventory/1/records?marks=true']) {
      const [line] = (await service.ask.get(path)).body;
      expect(`"${line.record}-${line.mark}"`).toBe(headers.etag);
    }
    const [plain] = (await service.ask.get('/records')).body;
    expect(plain.mark).toBeUndefined();
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 6 });
    const { links } = await service.ask.get('/records?limit=1&marks=true');
    expect((await service.ask.get(links.next as string)).body).toMatchObject([
      { mark: expect.any(String) },
    ]);
  });

  test('are what the histories of all products have, in order', async () => {
    for (const [path, fields] of EVERY_CHANGE) await service.ask.post(path).send(fields);
    const answer = await service.ask.get('/records');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers.link).toBeUndefined();
    const histories: Line[] = [];
    for (const productID of [1, 2, 3]) {
      histories.push(...(await service.ask.get(`/inventory/${productID}/records`)).body);
    }
    expect(answer.body).toEqual(histories.toSorted((a, b) => a.record - b.record));
    expect(numbers(answer.body)).toEqual(upTo(EVERY_CHANGE.length));
  });

  test('of an empty ledger are an empty page', async () => {
    const answer = await service.ask.get('/records');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([]);
    expect(answer.headers.link).toBeUndefined();
  });

  test('come a hundred at a time, unless limit says otherwise', async () => {
    await service.ask.post('/inventory/batch').send(receipts(1_100));
    const first = await service.ask.get('/records');
    expect(numbers(first.body)).toEqual(upTo(100));
    expect(first.headers.link).toBe('</records?after=100&limit=100>; rel="next"');
    const all = await linkedPages<Line>(service, '/records?limit=1000');
    expect(all.map(({ length }) => length)).toEqual([1_000, 100]);
    expect(numbers(all.flat())).toEqual(upTo(1_100));
  });

  test.each([1, 3, 9, 10, 11])('come in pages of %i without gap or double', async (limit) => {
    await service.ask.post('/inventory/batch').send(receipts(10));
    const pages = await linkedPages<Line>(service, `/records?limit=${limit}`);
    expect(numbers(pages.flat())).toEqual(upTo(10));
    expect(numbers((await service.ask.get(`/records?after=8&limit=${limit}`)).body)).toEqual(
      [9, 10].slice(0, limit),
    );
    for (const after of ['10', '11', String(Number.MAX_SAFE_INTEGER)]) {
      const answer = await service.ask.get(`/records?after=${after}&limit=${limit}`);
      expect(answer.body).toEqual([]);
      expect(answer.headers.link).toBeUndefined();
    }
  });

  test('are missed by nobody who follows them while two services append', async () => {
    const other = await startService(place().environment);
    const copied: number[] = [];
    let appending = true;
    const append = async ({ ask }: TestService) => {
      for (let round = 0; round < 15; round += 1) {
        await Promise.all([
          ask.post('/inventory/batch').send(receipts(3)),
          ask.post('/inventory').send({ productID: 1, quantityChange: 1, reason: 'receipt' }),
        ]);
      }
    };
    const follow = async () => {
      for (;;) {
        // Looked at first, so that the last look comes after all was appended.
        const isLast = !appending;
        const after = copied.at(-1) ?? 0;
        const page = numbers((await service.ask.get(`/records?after=${after}&limit=5`)).body);
        copied.push(...page);
        if (isLast && page.length === 0) return;
      }
    };
    const following = follow();
    await Promise.all([append(service), append(other)]);
    appending = false;
    await following;
    await other.close();
    expect(copied).toEqual(upTo(2 * 15 * 4));
  });

  test('are refused with every fault of the query at once', async () => {
    expectFaults(
      await service.ask.get('/records?after=-1&limit=0&productID=1'),
      ...['after', 'limit', 'productID'],
    );
    for (const after of ['', 'x', '1.0', '01', '9007199254740992', '1&after=1']) {
      expectFaults(await service.ask.get(`/records?after=${after}`), 'after');
    }
    for (const limit of ['', 'x', '1001', '-1']) {
      expectFaults(await service.ask.get(`/records?limit=${limit}`), 'limit');
    }
  });
});
