import { ACTOR_MAX } from '../../app/wire/texts';
import { onEveryStore } from '../stores';
import { EVERY_CHANGE } from './every-change';
import { linkedPages } from './linked-pages';
import { expectFaults } from './problem-answer';
import { useService } from './service';

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

/** Each way to change stock, with fields besides its own. */
const WAYS: Record<string, (more: object) => readonly [path: string, body: object]> = {
  'a count': (more) => ['/inventory', { productID: 1, availableQuantity: 5, ...more }],
  'a movement': (more) => [
    '/inventory',
    { productID: 1, quantityChange: 1, reason: 'receipt', ...more },
  ],
  'a sale': (more) => ['/sales', { productID: 1, quantity: 1, ...more }],
  'a change of a batch': (more) => [
    '/inventory/batch',
    { changes: [{ productID: 1, availableQuantity: 5, ...more }] },
  ],
};

onEveryStore((place) => {
  const service = useService(place);
  const lastRecord = async () => (await service.ask.get('/records')).body.at(-1);

  describe('who asked for a change', () => {
    test('is in the records, the history, the feed of a product and the file', async () => {
      for (const [path, fields] of EVERY_CHANGE) await service.ask.post(path).send(fields);
      for (const path of ['/records', '/inventory/1/records']) {
        const { body } = await service.ask.get(path);
        expect(new Set(body.map(({ actor }: { actor: string }) => actor))).toEqual(
          new Set(['open']),
        );
      }
      const [header = '', ...lines] = (await service.ask.get('/records.csv')).text
        .trim()
        .split('\r\n');
      const column = header.split(',').indexOf('actor');
      expect(lines.map((line) => line.split(',')[column])).toEqual(EVERY_CHANGE.map(() => 'open'));
    });

    test('finds records, page by page', async () => {
      const changes = [1, 2, 3, 4, 5].map((productID) => ({ productID, availableQuantity: 9 }));
      await service.ask.post('/inventory/batch').send({ changes }).expect(201);
      // Recorded by hand: nobody asked the service for it.
      await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (9, 1)');
      const pages = await linkedPages<{ record: number }>(service, '/records?actor=open&limit=2');
      expect(pages.flat().map(({ record }) => record)).toEqual([1, 2, 3, 4, 5]);
      expect((await service.ask.get('/records?actor=key:till-7')).body).toEqual([]);
      expect((await service.ask.get('/records')).body).toHaveLength(6);
      expect((await lastRecord()).actor).toBeUndefined();
    });

    test('is asked for by one text, and not of a stream', async () => {
      for (const query of ['actor=', 'actor=a&actor=b', `actor=${'x'.repeat(ACTOR_MAX + 1)}`]) {
        expectFaults(await service.ask.get(`/records?${query}`), 'actor');
      }
      const stream = service.ask.get('/records?actor=open').set('Accept', 'text/event-stream');
      expectFaults(await stream, 'actor');
    });

    test.each(Object.entries(WAYS))('cannot be chosen by %s', async (_, way) => {
      await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 5 });
      const [path, body] = way({ actor: 'person:ann' });
      const answer = await service.ask.post(path).send(body);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([
        { field: expect.stringMatching(/actor$/), detail: expect.any(String) },
      ]);
      expect((await lastRecord()).record).toBe(1);
    });
  });

  describe('when a change happened', () => {
    beforeEach(async () => {
      await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 5 });
    });

    test.each(Object.entries(WAYS))(
      'is kept beside when it was recorded, of %s',
      async (_, way) => {
        const [path, body] = way({ occurredAt: YESTERDAY });
        const answer = await service.ask.post(path).send(body);
        expect(answer.status).toBe(201);
        const [accepted] = answer.body.records ?? [answer.body];
        expect(accepted.occurredAt).toBe(YESTERDAY);
        const record = await lastRecord();
        expect(record).toMatchObject({ record: 2, occurredAt: YESTERDAY });
        expect(record.recordedAt > YESTERDAY).toBe(true);
        const file = (await service.ask.get('/records.csv')).text;
        expect(file.trim().split('\r\n').at(-1)).toContain(`,${YESTERDAY},open`);
      },
    );

    test.each(Object.entries(WAYS))('is never in the future, of %s', async (_, way) => {
      const [path, body] = way({ occurredAt: new Date(Date.now() + 60_000).toISOString() });
      const answer = await service.ask.post(path).send(body);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([
        { field: expect.stringMatching(/occurredAt$/), detail: 'must not be in the future' },
      ]);
    });

    test('is not later than when it was recorded, although the client’s clock is ahead', async () => {
      const occurredAt = new Date(Date.now() + 2_000).toISOString();
      const sale = { productID: 1, quantity: 1, occurredAt };
      const { body } = await service.ask.post('/sales').send(sale).expect(201);
      expect(body.occurredAt).toBe(body.recordedAt);
    });

    test('decides nothing: sales count on the day on which they were recorded', async () => {
      const sale = { productID: 1, quantity: 2, occurredAt: '2026-01-05T10:00:00Z' };
      await service.ask.post('/sales').send(sale).expect(201);
      const { body } = await service.ask.get('/sales?groupBy=day');
      expect(body).toEqual([expect.objectContaining({ unitsSold: 2 })]);
      expect(body[0].day > '2026-01-05').toBe(true);
    });

    test('may be in a file of counts', async () => {
      const file = `productID,availableQuantity,occurredAt\n1,3,${YESTERDAY}\n`;
      const send = (query: string) =>
        service.ask
          .post(`/imports/counts?${query}`)
          .attach('file', Buffer.from(file), 'counts.csv');
      const { body: planned } = await send('dryRun=true').expect(200);
      expect(planned.faults).toEqual([]);
      await send(`asOf=${planned.asOf}`).expect(201);
      expect(await lastRecord()).toMatchObject({ availableQuantity: 3, occurredAt: YESTERDAY });
    });

    test.each(['yesterday', '2026-11-23', '', '2026-11-23T10:00:00'])('is no %j', async (text) => {
      const sale = { productID: 1, quantity: 1, occurredAt: text };
      expectFaults(await service.ask.post('/sales').send(sale), 'occurredAt');
    });
  });
});
