import { type LedgerPlace, sqlitePlace } from '../stores';
import { TimedShop } from './timed-shop';

/*
 * That something does not happen by itself is proved by something else that the same look of the monitor brings
 * about: it looks at all products at once, and at all deliveries.
 */
describe('as time goes by', () => {
  let place: LedgerPlace;
  let shop: TimedShop;
  const start = async (settings: Readonly<Record<string, string>> = {}) => {
    place = await sqlitePlace();
    shop = await TimedShop.start(place, settings);
  };
  afterEach(async () => {
    await shop.close();
    await place.remove();
  });

  test('a snooze that is over wakes the alert, which is reported again, once', async () => {
    await start();
    for (const productID of [1, 2]) await shop.count(productID, 3);
    expect(await shop.subjects(2)).toEqual(['Low: Product 1', 'Low: Product 2']);
    await shop.handle(1, { status: 'snoozed', until: shop.at('12:00') });
    await shop.handle(2, { status: 'snoozed', until: shop.at('11:00') });

    shop.clock.moveTo(shop.at('11:01'));
    await shop.becomes(2, 'open');
    expect(await shop.status(1)).toBe('snoozed');

    shop.clock.moveTo(shop.at('12:01'));
    await shop.becomes(1, 'open');
    await shop.handle(2, { status: 'snoozed', until: shop.at('13:00') });
    shop.clock.moveTo(shop.at('13:01'));
    await shop.becomes(2, 'open');
    expect(await shop.subjects(5)).toEqual([
      ...['Low: Product 1', 'Low: Product 1'],
      ...['Low: Product 2', 'Low: Product 2', 'Low: Product 2'],
    ]);
    expect(await shop.life(1)).toEqual(['open', 'snoozed', 'open']);
  });

  test('an ordered alert is quiet until its day is over: then it opens again, or ends quietly if goods came', async () => {
    await start();
    for (const productID of [1, 2, 3]) await shop.count(productID, 3);
    await shop.subjects(3);
    for (const productID of [1, 2]) {
      await shop.handle(productID, { status: 'ordered', due: shop.today });
    }
    await shop.handle(3, { status: 'snoozed', until: shop.at('23:58') });

    shop.clock.moveTo(shop.at('23:58:30'));
    await shop.becomes(3, 'open');
    expect([await shop.status(1), await shop.status(2)]).toEqual(['ordered', 'ordered']);
    await shop.count(2, 50);
    await shop.becomes(2, undefined);

    shop.clock.moveTo(shop.at('00:00:30', 1));
    await shop.becomes(1, 'open');
    expect(await shop.subjects(5)).toEqual([
      ...['Low: Product 1', 'Low: Product 1'],
      'Low: Product 2',
      ...['Low: Product 3', 'Low: Product 3'],
    ]);
    expect(await shop.life(1)).toEqual(['open', 'ordered', 'open']);
    expect(await shop.life(2)).toEqual(['open', 'ordered', 'resolved']);
  });

  test('low products come in one mail at the end of the interval, a product that is out at once and alone', async () => {
    await start({ DIGEST_MINUTES: '60' });
    await shop.count(1, 3);
    await shop.count(2, 4);
    await shop.count(3, 0);
    expect(await shop.subjects(1)).toEqual(['Out of stock: Product 3']);

    shop.clock.moveTo(shop.at('10:59'));
    await shop.count(4, 0);
    expect(await shop.subjects(2)).toEqual(['Out of stock: Product 3', 'Out of stock: Product 4']);

    shop.clock.moveTo(shop.at('11:00:01'));
    expect(await shop.subjects(3)).toContain('2 products are low');
    const digest = shop.mailbox.mails.at(-1)?.text ?? '';
    expect(digest.match(/Low: .*/g)).toEqual(['Low: Product 1', 'Low: Product 2']);

    await shop.count(5, 2);
    await shop.becomes(5, 'open');
    shop.clock.moveTo(shop.at('12:00:01'));
    expect(await shop.subjects(4)).toEqual([
      '2 products are low',
      'Low: Product 5',
      'Out of stock: Product 3',
      'Out of stock: Product 4',
    ]);
  });

  test('a product that lasts for too few days is reported once the day of its sales is over, even if nothing sells since', async () => {
    await start({ COVER_DAYS: '7' });
    await shop.count(1, 34);
    await shop.sell(1, 28);
    await shop.count(2, 0);
    await shop.becomes(2, 'open');
    expect(await shop.status(1)).toBeUndefined();

    shop.clock.moveTo(shop.at('00:01:30', 1));
    await shop.becomes(1, 'open');
    expect(await shop.subjects(2)).toEqual(['Out of stock: Product 2', 'Runs out soon: Product 1']);

    await shop.count(1, 8);
    await shop.count(2, 50);
    await shop.becomes(2, undefined);
    // 8 days are too few still for its end; with 9 it is over.
    expect(await shop.status(1)).toBe('open');
    await shop.count(1, 9);
    await shop.becomes(1, undefined);
  });

  test('a retired product has no alert, and a reorder point that is changed opens and ends one', async () => {
    await start();
    for (const productID of [1, 2]) await shop.list(productID);
    await shop.list(3, { reorderPoint: 10 });
    await shop.count(1, 3);
    await shop.count(3, 13);
    await shop.becomes(1, 'open');
    await shop.retire(1);
    await shop.becomes(1, undefined);
    await shop.retire(2);

    await shop.revise(3, { reorderPoint: 13 });
    await shop.becomes(3, 'open');
    await shop.count(2, 0);
    await shop.count(4, 0);
    await shop.becomes(4, 'open');
    expect(await shop.status(2)).toBeUndefined();

    // 13 is not yet clear of 11.
    await shop.revise(3, { reorderPoint: 11 });
    await shop.count(5, 0);
    await shop.becomes(5, 'open');
    expect(await shop.status(3)).toBe('open');
    await shop.revise(3, { reorderPoint: 10 });
    await shop.becomes(3, undefined);
    expect(await shop.life(1)).toEqual(['open', 'resolved']);
    expect(await shop.life(2)).toEqual([]);
    expect(await shop.life(3)).toEqual(['open', 'resolved']);
  });

  test('a product with a reorder point that was never counted is low until it is counted', async () => {
    await start();
    await shop.list(1, { reorderPoint: 5 });
    await shop.list(2);
    await shop.list(3, { reorderPoint: 5 });
    await shop.becomes(1, 'open');
    await shop.becomes(3, 'open');
    expect(await shop.status(2)).toBeUndefined();
    expect(await shop.subjects(2)).toEqual(['Low: Product 1', 'Low: Product 3']);
    // Retired and without a record, it is in no list of products.
    await shop.list(4, { reorderPoint: 0 });
    await shop.becomes(4, 'open');
    await shop.retire(4);
    await shop.becomes(4, undefined);
    expect(shop.mailbox.mails[0]?.text).toContain('never counted');

    await shop.count(1, 50);
    await shop.becomes(1, undefined);
    await shop.revise(3, { reorderPoint: '' });
    await shop.becomes(3, undefined);
    expect(await shop.life(1)).toEqual(['open', 'resolved']);
    expect(await shop.life(3)).toEqual(['open', 'resolved']);
  });

  test('stock that moves around its threshold is reported once, and again after a day of rest', async () => {
    await start();
    await shop.count(1, 5);
    await shop.becomes(1, 'open');
    for (const available of [6, 5, 6, 5, 6, 4, 7, 5, 6, 5, 6]) await shop.count(1, available);
    // A product that sells out is reported each time.
    await shop.count(2, 0);
    await shop.subjects(2);
    await shop.count(2, 6);
    await shop.becomes(2, undefined);
    await shop.count(2, 0);
    const outTwice = ['Out of stock: Product 2', 'Out of stock: Product 2'];
    expect(await shop.subjects(3)).toEqual(['Low: Product 1', ...outTwice]);
    expect(await shop.life(1)).toEqual(['open']);

    shop.clock.moveTo(shop.at('10:00', 1));
    await shop.count(3, 0);
    await shop.becomes(3, 'open');
    expect(await shop.status(1)).toBe('open');
    shop.clock.moveTo(shop.at('10:06', 1));
    await shop.becomes(1, undefined);

    await shop.count(1, 5);
    await shop.becomes(1, 'open');
    for (const available of [7, 5, 8]) await shop.count(1, available);
    await shop.becomes(1, undefined);
    expect(await shop.subjects(5)).toEqual([
      ...['Low: Product 1', 'Low: Product 1'],
      ...outTwice,
      'Out of stock: Product 3',
    ]);
  });
});
