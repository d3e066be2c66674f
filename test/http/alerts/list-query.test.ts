import { expectFaults, expectProblem } from '../problem-answer';
import { useSharedService } from '../service';

const service = useSharedService();

const cursorOf = (text: string) => Buffer.from(text).toString('base64url');

test.each([
  ['status', 'closed'],
  ['status', ''],
  ['status', 'open&status=ordered'],
  ['kind', 'none'],
  ['kind', 'LOW'],
  ['productID', '0'],
  ['productID', '4294967296'],
  ['productID', '1&productID=2'],
  ['limit', '0'],
  ['limit', '1001'],
  ['limit', '1e2'],
  ['offset', '-1'],
  ['offset', '1.5'],
  ['cursor', ''],
  ['cursor', 'x'],
  ['cursor', cursorOf('after 0')],
  ['cursor', cursorOf('after -1')],
  ['cursor', cursorOf('after 1.5')],
  ['cursor', cursorOf(`after ${2 ** 53}`)],
  ['cursor', `${cursorOf('after 1')}&cursor=x`],
  ['order', 'name'],
])('GET /alerts?%s=%s is refused', async (field, value) => {
  expectFaults(await service.ask.get(`/alerts?${field}=${value}`), field);
  expectFaults(await service.ask.get(`/alerts?status=resolved&${field}=${value}`), field);
});

test('alerts that are over are not left out by their number', async () => {
  expectFaults(await service.ask.get('/alerts?status=resolved&offset=0'), 'offset');
  expectFaults(await service.ask.get('/alerts/summary?status=open'), 'status');
});

test('every fault of a query is named at once', async () => {
  const query = 'status=x&kind=x&productID=x&limit=x&cursor=x&x=x';
  expectFaults(
    await service.ask.get(`/alerts?${query}`),
    ...['status', 'kind', 'productID', 'limit', 'cursor', 'x'],
  );
});

test.each([
  ['/alerts', 'GET, HEAD, OPTIONS'],
  ['/alerts/summary', 'GET, HEAD, OPTIONS'],
  ['/alerts/1', 'GET, HEAD, PATCH, OPTIONS'],
  ['/alerts/findings', 'POST, OPTIONS'],
  ['/alerts/deliveries', 'GET, HEAD, OPTIONS'],
  ['/alerts/deliveries/claims', 'POST, OPTIONS'],
  ['/alerts/deliveries/outcomes', 'POST, OPTIONS'],
  ['/alerts/checkpoint', 'GET, HEAD, POST, OPTIONS'],
  ['/alerts/1/act', 'GET, HEAD, POST, OPTIONS'],
])('%s takes %s', async (path, allow) => {
  const answer = await service.ask.put(path);
  expectProblem(answer, 'method-not-allowed');
  expect(answer.headers.allow).toBe(allow);
});
