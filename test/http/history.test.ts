import { onEveryStore } from '../stores';
import { EVERY_CHANGE } from './every-change';
import { linkedPages } from './linked-pages';
import { appendPast } from './past';
import { expectFaults, expectProblem } from './problem-answer';
import { useService } from './service';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

onEveryStore((place) => {
  const service = useService(place);

  type Line = { record: number; reason: string };
  const history = async (query = '') => {
    const answer = await service.ask.get(`/inventory/1/records${query}`);
    expect(answer.status).toBe(200);
    return answer.body as Line[];
  };
  const numbers = async (query = '') => (await history(query)).map(({ record }) => record);

  describe('of every change', () => {
    beforeEach(async () => {
      for (const [path, fields] of EVERY_CHANGE) await service.ask.post(path).send(fields);
    });

    test('is a product’s records with all that they say, newest first', async () => {
      const line = { productID: 1, recordedAt: TIME, actor: 'open' };
      expect(await history()).toEqual([
        { ...line, record: 10, reason: 'adjustment', quantityChange: 6, availableQuantity: 13 },
        {
          ...line,
          record: 9,
          reason: 'sale',
          quantityChange: -4,
          quantity: 4,
          availableQuantity: 7,
        },
        { ...line, record: 7, reason: 'waste', quantityChange: -3, availableQuantity: 11 },
        {
          ...line,
          record: 6,
          reason: 'sale',
          quantityChange: -1,
          quantity: 1,
          availableQuantity: 14,
        },
        {
          ...line,
          record: 5,
          reason: 'count',
          quantityChange: -2,
          availableQuantity: 15,
          note: 'two are missing',
        },
        {
          ...line,
          record: 4,
          reason: 'return',
          quantityChange: 2,
          quantity: -2,
          unitPrice: 4.5,
          saleRecord: 2,
          availableQuantity: 17,
        },
        {
          ...line,
          record: 2,
          reason: 'sale',
          quantityChange: -5,
          quantity: 5,
          unitPrice: 4.5,
          availableQuantity: 15,
        },
        {
          ...line,
          record: 1,
          reason: 'receipt',
          quantityChange: 20,
          availableQuantity: 20,
          reference: 'PO-1',
        },
      ]);
    });

    test.each([
      ['count', [5]],
      ['sale', [9, 6, 2]],
      ['receipt', [1]],
      ['return', [4]],
      ['adjustment', [10]],
      ['waste', [7]],
    ])('has those for the reason %s', async (reason, records) => {
      expect(await numbers(`?reason=${reason}`)).toEqual(records);
    });

    test.each([1, 2, 3, 7, 8, 1_000])('has pages of %i without gap or double', async (limit) => {
      const pages = await linkedPages<Line>(service, `/inventory/1/records?limit=${limit}`);
      expect(pages.flat().map(({ record }) => record)).toEqual([10, 9, 7, 6, 5, 4, 2, 1]);
      expect(pages).toHaveLength(Math.ceil(8 / limit));
    });

    test('has pages that keep to the filter, and to what was there when they began', async () => {
      const [first] = await linkedPages<Line>(service, '/inventory/1/records?reason=sale&limit=1');
      expect(first).toMatchObject([{ record: 9 }]);
      const answer = await service.ask.get('/inventory/1/records?reason=sale&limit=1');
      const next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.link as string)?.[1] as string;
      await service.ask.post('/sales').send({ productID: 1, quantity: 1 });
      const rest = await linkedPages<Line>(service, next);
      expect(rest.flat().map(({ record }) => record)).toEqual([6, 2]);
    });

    test('of a product without a record is not there', async () => {
      const answer = await service.ask.get('/inventory/4/records?reason=sale');
      expectProblem(answer, 'unknown-product', { productID: 4 });
    });

    test('of a product without such a record is empty', async () => {
      expect((await service.ask.get('/inventory/3/records?reason=sale')).body).toEqual([]);
    });

    test('is refused with every fault of the query at once', async () => {
      const faulty = 'reason=theft&from=yesterday&to=2026-02-30T00:00:00Z&limit=0&cursor=x&page=2';
      expectFaults(
        await service.ask.get(`/inventory/1/records?${faulty}`),
        ...['reason', 'from', 'to', 'limit', 'cursor', 'page'],
      );
      expectFaults(
        await service.ask.get('/inventory/x/records?to=9999-12-31T23:59:59-01:00'),
        'productID',
      );
    });

    test.each(['limit=1001', 'limit=-1', 'limit=1.0', 'limit=', 'limit=1&limit=1'])(
      'is refused with %s',
      async (query) => {
        expectFaults(await service.ask.get(`/inventory/1/records?${query}`), 'limit');
      },
    );

    test.each(['', '5', '-1', '%00', 'YWZ0ZXIgMA', 'YWZ0ZXIgLTE', 'YWZ0ZXIgMS41', 'x'.repeat(99)])(
      'is refused with a cursor that no answer gave: %p',
      async (cursor) => {
        expectFaults(await service.ask.get(`/inventory/1/records?cursor=${cursor}`), 'cursor');
      },
    );
  });

  describe('of a past that is known', () => {
    beforeEach(() =>
      appendPast(
        place(),
        ['2026-03-01T00:00:00.000Z', '2026-03-01T12:00:00.500Z', '2026-03-02T00:00:00.000Z'].map(
          (at) => ({ recordedAt: new Date(at) }),
        ),
      ),
    );

    test.each([
      ['from=2026-03-01T00:00:00Z', [3, 2, 1]],
      ['from=2026-03-01T00:00:00.001Z', [3, 2]],
      ['to=2026-03-01T12:00:00.499Z', [1]],
      ['to=2026-03-01T12:00:00.5Z', [2, 1]],
      ['from=2026-03-01T14:00:00.500%2B02:00&to=2026-03-01T14:00:00.500+02:00', [2]],
      ['from=2026-03-02T00:00:00.001Z', []],
      ['from=1000-01-01T00:00:00Z&to=9999-12-31T23:59:59.999Z', [3, 2, 1]],
      ['from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', []],
    ])('%s has the moments from and to, both included', async (query, records) => {
      expect(await numbers(`?${query}`)).toEqual(records);
    });

    test.each(['from=0999-12-31T23:59:59Z', 'from=1000-01-01T00:00:00%2B01:00'])(
      '%s is before the days that every store knows',
      async (query) => {
        expectFaults(await service.ask.get(`/inventory/1/records?${query}`), 'from');
      },
    );

    test('to=9999-12-31T23:59:59-01:00 is beyond them', async () => {
      const answer = service.ask.get('/inventory/1/records?to=9999-12-31T23:59:59-01:00');
      expectFaults(await answer, 'to');
    });
  });
});
