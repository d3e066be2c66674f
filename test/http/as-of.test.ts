import { onEveryStore } from '../stores';
import { EVERY_CHANGE } from './every-change';
import { appendPast } from './past';
import { expectFaults } from './problem-answer';
import { startService, useService } from './service';
import { tagOf } from './tags';

onEveryStore((place) => {
  const service = useService(place);

  const stock = async (asOf: string | number) => {
    const answer = await service.ask.get('/inventory').query({ asOf });
    expect(answer.status).toBe(200);
    return { etag: answer.headers.etag, text: answer.text };
  };

  test('every past record and moment is answered as it was answered then', async () => {
    const live: { etag: string | undefined; text: string; at: string }[] = [];
    for (const [path, fields] of [['', {}] as const, ...EVERY_CHANGE]) {
      let at = '2020-01-01T00:00:00Z';
      if (path) {
        const { body } = await service.ask.post(path).send(fields);
        at = body.recordedAt;
      }
      const { headers, text } = await service.ask.get('/inventory');
      live.push({ etag: headers.etag, text, at });
    }
    expect(live).toHaveLength(EVERY_CHANGE.length + 1);

    const other = await startService(place().environment);
    for (const [record, { etag, text }] of live.entries()) {
      expect(etag).toEqual(tagOf(record));
      expect(await stock(record)).toEqual({ etag, text });
      const elsewhere = await other.ask.get(`/inventory?asOf=${record}`);
      expect({ etag: elsewhere.headers.etag, text: elsewhere.text }).toEqual({ etag, text });
    }
    await other.close();
    for (const { at } of live) {
      // Of the records that share a moment the last one counts.
      const { etag, text } = live.findLast((later) => later.at <= at) as (typeof live)[number];
      expect(await stock(at)).toEqual({ etag, text });
    }
  });

  describe('of a past that is known', () => {
    beforeEach(() =>
      appendPast(place(), [
        { productID: 1, availableQuantity: 1, recordedAt: new Date('2026-03-01T00:00:00.000Z') },
        { productID: 1, availableQuantity: 2, recordedAt: new Date('2026-03-01T00:00:00.001Z') },
        { productID: 1, availableQuantity: 3, recordedAt: new Date('2026-03-01T12:00:00.500Z') },
        { productID: 2, availableQuantity: 9, recordedAt: new Date('2026-03-01T12:00:00.500Z') },
        { productID: 1, availableQuantity: 4, recordedAt: new Date('2026-03-02T00:00:00.000Z') },
      ]),
    );

    test.each([
      ['1000-01-01T00:00:00Z', 0],
      ['2026-02-28T23:59:59.999Z', 0],
      ['2026-03-01T00:00:00Z', 1],
      ['2026-03-01T00:00:00.000999Z', 1],
      ['2026-03-01T00:00:00.001Z', 2],
      ['2026-03-01T00:00:00.0019Z', 2],
      ['2026-03-01T12:00:00.499Z', 2],
      ['2026-03-01T12:00:00.5Z', 4],
      ['2026-03-01T14:00:00.500+02:00', 4],
      ['2026-03-01T13:59:59.500+02:00', 2],
      ['2026-02-28T19:00:00-05:00', 1],
      ['2026-03-02T05:30:00+05:30', 5],
      ['2026-03-01T23:59:59Z', 4],
    ])('%s is as of record %i', async (asOf, record) => {
      const answer = await stock(asOf);
      expect(answer).toEqual(await stock(record));
      expect(answer.etag).toEqual(tagOf(record));
    });

    test('a + that the client did not encode is one', async () => {
      const answer = await service.ask.get('/inventory?asOf=2026-03-01T14:00:00.500+02:00');
      expect(answer.headers.etag).toEqual(tagOf(4));
    });

    test('is an empty stock before the first record, and the stock of now at the last', async () => {
      expect(await stock(0)).toEqual({ etag: tagOf(0), text: '[]' });
      const { headers, text } = await service.ask.get('/inventory');
      expect(await stock(5)).toEqual({ etag: headers.etag, text });
    });

    test('is 304 for a client that has it, though the ledger has gone on', async () => {
      const tag = async (asOf: number) => (await stock(asOf)).etag as string;
      const known = service.ask.get('/inventory?asOf=2').set('If-None-Match', await tag(2));
      expect((await known).status).toBe(304);
      const other = service.ask.get('/inventory?asOf=2').set('If-None-Match', await tag(5));
      expect((await other).text).toBe('[{"productID":1,"availableQuantity":2}]');
    });

    test.each(['/inventory', '/inventory/1/explain'])(
      'is refused by %s where there is none',
      async (path) => {
        const faulty = [
          ...['6', '9007199254740991', '9999999999999999', '99999999999999999999'],
          ...['-1', '+1', '1.0', '01', '1e0', '0x1', ' 1', '', 'now', 'yesterday', '"5"'],
          ...['9999-12-31T23:59:59Z', '9999-12-31T23:59:59-23:59', '0999-12-31T23:59:59Z'],
          ...['2026-03-01', '2026-03-01T00:00:00', '2026-03-01 00:00:00Z', '20260301T000000Z'],
          ...['2026-02-30T00:00:00Z', '2026-03-01T24:00:00Z', '2026-03-01T00:60:00Z'],
          ...['2026-03-01T00:00:00z', '2026-03-01T00:00:00+2:00', '2026-03-01T00:00:00.Z'],
          ...['2026-03-01T00:00:60Z', '2026-03-01T00:00:00+24:00', '2026-13-01T00:00:00Z'],
        ];
        for (const asOf of faulty) {
          expectFaults(await service.ask.get(path).query({ asOf }), 'asOf');
        }
        expectFaults(await service.ask.get(`${path}?asOf=1&asOf=1&at=1`), 'asOf', 'at');
      },
    );
  });
});
