import { useSharedService } from './service';
import { send } from './wire';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const service = useSharedService();

async function idFor(sent: string | string[], path = '/inventory'): Promise<unknown> {
  const headers = { 'X-Request-Id': sent };
  return (await send(service.port, { method: 'GET', path, headers })).headers['x-request-id'];
}

test.each(['a', '7', 'order-17_b.2:3', 'A'.repeat(100)])('the id %s is kept', async (id) => {
  expect(await idFor(id)).toBe(id);
});

test('the id is kept if the answer is a problem', async () => {
  expect(await idFor('mine', '/nothing')).toBe('mine');
});

test.each([
  ['empty', ''],
  ['too long', 'A'.repeat(101)],
  ['of two words', 'a b'],
  ['quoted', '"a"'],
  ['not ASCII', 'caf\u00e9'],
  ['like a line of a log', '{"level":50}'],
  ['markup', '<b>a</b>'],
  ['a list', 'a,b'],
  ['given twice', ['a', 'b']],
])('an id that is %s is replaced', async (_fault, id) => {
  expect(await idFor(id)).toMatch(UUID);
});

test('a request without an id is given one of its own', async () => {
  const ids = [await service.ask.get('/inventory'), await service.ask.get('/inventory')].map(
    (answer) => answer.headers['x-request-id'],
  );
  expect(ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
  expect(ids[0]).not.toBe(ids[1]);
});
