import { clientOf, Places } from '../../../app/http/front/places';

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:127.0.0.1', '127.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::/64'],
  [undefined, 'unknown'],
  ['', 'unknown'],
])('%s counts as %s', (address, client) => {
  expect(clientOf(address)).toBe(client);
});

test('an address has its share, and all have the whole', () => {
  const places = new Places({ limit: 4, sharePercent: 50 });
  places.take('a');
  places.take('a');
  expect([places.isShareTaken('a'), places.isShareTaken('b'), places.isFull()]).toEqual([
    true,
    false,
    false,
  ]);
  places.take('b', 2);
  expect([places.isFull(), places.total]).toEqual([true, 4]);
  places.giveBack('a', 2);
  expect([places.isShareTaken('a', 2), places.isFull(2), places.isFull(3)]).toEqual([
    false,
    false,
    true,
  ]);
});

test('there is room for the largest single thing, with any limit and share', () => {
  const places = new Places({ limit: 10, sharePercent: 1 }, 16);
  expect([places.share, places.limit]).toEqual([16, 16]);
  expect(places.isShareTaken('a', 16) || places.isFull(16)).toBe(false);
});
