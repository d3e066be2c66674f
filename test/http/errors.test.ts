import { pino } from 'pino';
import { createApp } from '../../app/http/app';
import { Ledger } from '../../app/ledger/ledger';
import type { Journals } from '../../app/ledger/memories';
import type { Journal } from '../../app/ledger/memory';
import type { Questions } from '../../app/ledger/questions';
import type { LedgerStore, Turn } from '../../app/ledger/store';
import { StoreUnavailable } from '../../app/ledger/store-failure';
import { QUESTIONS } from '../../app/store/questions';
import { JOURNALS } from '../../app/store/tables';
import { freePort } from '../servers/free-port';
import { onEveryStore, sqlitePlace } from '../stores';
import { type Answer, expectProblem } from './problem-answer';
import { listen, startService, type TestService } from './service';

/** What a driver might say, and nobody outside may hear. */
const SECRET = "connect ECONNREFUSED for 'shop'@'10.1.2.3' using password hunter2";

const COUNT = { productID: '71', availableQuantity: '8128' };

/** A line of the log. */
type Line = {
  level: number;
  msg?: string;
  reqId?: string;
  cause?: string;
  err?: { stack: string };
};

/** A logger, and what it has logged. */
function listening() {
  const lines: Line[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  return { lines, logger: pino({ level: 'info', base: null }, { write }) };
}

const SETTINGS = {
  bodyLimitBytes: 10_000,
  batchLimitBytes: 100_000,
  importLimitBytes: 100_000,
  allowedHosts: new Set(['localhost']),
  pageFolder: '',
};
const WARN = 40;
const ERROR = 50;
const troubles = (lines: readonly Line[]) => lines.filter(({ level }) => level >= WARN);

async function fails(): Promise<never> {
  throw new Error('this store does nothing else');
}

/** A load that fails at its first part. */
async function* failedLoad(fail: () => Promise<never>): AsyncGenerator<never> {
  yield await fail();
}

/** Journals that are all read so. */
function everyJournal(journal: Journal<never>): Journals {
  const journals = Object.keys(JOURNALS).map((name) => [name, journal]);
  return Object.fromEntries(journals);
}

/** A store whose methods fail, except for the given ones. */
function failing(methods: Partial<LedgerStore>): LedgerStore {
  const journal = { load: () => failedLoad(fails), from: fails };
  const questions = Object.keys(QUESTIONS).map((question) => [question, fails]);
  return {
    ...everyJournal(journal),
    ...(Object.fromEntries(questions) as unknown as Questions),
    appendVerification: fails,
    appendDeliverySteps: fails,
    appendCheckpoint: fails,
    longQuestionsAtOnce: 4,
    clock: fails,
    takeTurn: fails,
    checkWritable: async () => {},
    quickTurn: () => undefined,
    close: fails,
    ...methods,
  };
}

/** Asks a service on such a store once, and returns the answer and all that was logged until it was closed. */
async function asked(
  store: LedgerStore,
  ask: (service: Pick<TestService, 'ask'>) => PromiseLike<Answer>,
): Promise<{ answer: Answer; lines: Line[] }> {
  const { lines, logger } = listening();
  const surroundings = { now: () => new Date(), drawTurnMark: () => 7, onRewound: () => {} };
  const timeoutMs = 100;
  const ledger = new Ledger(store, surroundings, {
    writer: { queueLimit: 10, groupLimit: 10, timeoutMs },
    reads: { timeoutMs, tries: 3 },
  });
  const service = await listen(createApp(ledger, logger, SETTINGS, new AbortController().signal));
  const answer = await ask(service);
  await service.close();
  return { answer, lines };
}

const REQUESTS: Record<string, (service: Pick<TestService, 'ask'>) => PromiseLike<Answer>> = {
  'POST /inventory': ({ ask }) => ask.post('/inventory').field(COUNT),
  'POST /sales': ({ ask }) => ask.post('/sales').field({ productID: '71', quantity: '8128' }),
  'GET /inventory': ({ ask }) => ask.get('/inventory'),
  'GET /inventory/71': ({ ask }) => ask.get('/inventory/71'),
  'GET /sales': ({ ask }) => ask.get('/sales'),
  'GET /overview': ({ ask }) => ask.get('/overview'),
  'GET /readyz': ({ ask }) => ask.get('/readyz'),
};

describe.each(Object.entries(REQUESTS))('%s', (_name, ask) => {
  test('answers an unexpected failure without its cause, and logs the cause once', async () => {
    const fail = async () => {
      throw Object.assign(new TypeError(SECRET), { sql: SECRET, status: 400, expose: true });
    };
    const store = failing({
      records: { load: () => failedLoad(fail), from: fail },
      topSellers: fail,
      takeTurn: fail,
    });
    const { answer, lines } = await asked(store, ask);
    expectProblem(answer, 'internal');
    expect(answer.text).not.toContain('hunter2');
    expect(troubles(lines)).toEqual([expect.objectContaining({ level: ERROR })]);
    expect(troubles(lines)[0]?.err?.stack).toContain(SECRET);
  });

  test('answers that the store is out of reach without saying why, and logs why once', async () => {
    const fail = async () => {
      throw new StoreUnavailable(SECRET);
    };
    const store = failing({
      records: { load: () => failedLoad(fail), from: fail },
      topSellers: fail,
      takeTurn: fail,
    });
    const { answer, lines } = await asked(store, ask);
    expectProblem(answer, 'store-unavailable');
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.text).not.toContain('hunter2');
    expect(troubles(lines)).toEqual([expect.objectContaining({ level: WARN, cause: SECRET })]);
  });
});

test('a COMMIT with an unknown outcome is answered as such, and logged once', async () => {
  const lost = async () => {
    throw new StoreUnavailable(SECRET);
  };
  let turns = 0;
  const nothing = async () => {};
  const empty = { load: async function* () {}, from: async () => [] };
  const turn: Turn = {
    ...everyJournal(empty),
    sales: async () => [],
    requests: async () => [],
    dailySales: async () => [],
    latestSteps: async () => [],
    holds: lost,
    append: nothing,
    commit: lost,
    abandon: nothing,
  };
  const takeTurn = async () => {
    turns += 1;
    return turns === 1 ? turn : lost();
  };
  const count = REQUESTS['POST /inventory'] as (typeof REQUESTS)[string];
  const { answer, lines } = await asked(failing({ takeTurn }), count);
  expectProblem(answer, 'outcome-unknown');
  expect(turns).toBeGreaterThan(1);
  expect(troubles(lines)).toEqual([expect.objectContaining({ level: WARN, cause: SECRET })]);
});

test('a MySQL that does not listen is out of reach, while the process lives', async () => {
  const { lines, logger } = listening();
  const environment = {
    DB_HOST: '127.0.0.1',
    DB_PORT: String(await freePort()),
    DB_USER: 'somebody',
    DB_PASSWORD: 'hunter2',
    // Long enough that the first try has failed by then, and says why.
    WRITE_TIMEOUT_MS: '3000',
    READ_TIMEOUT_MS: '3000',
  };
  const service = await startService(environment, {}, logger);
  const answers = await Promise.all(Object.values(REQUESTS).map((ask) => ask(service)));
  for (const answer of answers) {
    expectProblem(answer, 'store-unavailable');
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.text).not.toMatch(/somebody|127\.0\.0\.1|3306/);
  }
  expect((await service.ask.get('/healthz')).status).toBe(200);
  await service.close();
  const requestIDs = answers.map(({ headers }) => headers['x-request-id']);
  expect(
    troubles(lines)
      .map(({ reqId }) => reqId)
      .sort(),
  ).toEqual(requestIDs.sort());
  for (const { cause } of troubles(lines)) expect(cause).toContain('ECONNREFUSED');
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

test('questions that read much wait for one another, and beyond a bound they are refused', async () => {
  let answer: () => void = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let [underWay, most] = [0, 0];
  const empty = { load: async function* () {}, from: async () => [] };
  const store = failing({
    records: empty,
    explain: async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await answered;
      underWay -= 1;
      return { count: null, before: null, movements: [] };
    },
  });
  const surroundings = { now: () => new Date(), drawTurnMark: () => 7, onRewound: () => {} };
  const timeoutMs = 60_000;
  const ledger = new Ledger(store, surroundings, {
    writer: { queueLimit: 10, groupLimit: 10, timeoutMs },
    reads: { timeoutMs, tries: 3 },
  });
  const app = createApp(ledger, listening().logger, SETTINGS, new AbortController().signal);
  const service = await listen(app);
  const answers: Answer[] = [];
  const asked = Array.from({ length: 70 }, async () => {
    const explained = await service.ask.get('/inventory/1/explain');
    if (answers.push(explained) === 6) answer();
    return explained.status;
  });
  const statuses = (await Promise.all(asked)).sort();
  for (const one of answers.slice(0, 6)) {
    expectProblem(one, 'overloaded');
    expect(one.headers['retry-after']).toBe('1');
  }
  expect(statuses).toEqual([...Array(64).fill(404), ...Array(6).fill(503)]);
  expect(most).toBe(4);
  await service.close();
});

onEveryStore((place) => {
  test('a queue that is full refuses one more, and those in it are recorded', async () => {
    const { lines, logger } = listening();
    const service = await startService(place().environment, { QUEUE_LIMIT: '1' }, logger);
    const other = place().open();
    const turn = await other.takeTurn();
    // One waits for the turn, one in the queue, and whichever comes third is refused.
    const counts = [1, 2, 3].map((productID) =>
      service.ask
        .post('/inventory')
        .field({ productID: String(productID), availableQuantity: '8128' })
        .then((answer) => answer),
    );
    const refused = await Promise.race(counts);
    expectProblem(refused, 'overloaded');
    expect(refused.headers['retry-after']).toBe('1');
    await turn.abandon();
    const statuses = (await Promise.all(counts)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 201, 503]);
    expect((await service.ask.get('/readyz')).body.record).toBe(2);
    await other.close();
    await service.close();
    expect(troubles(lines)).toEqual([expect.objectContaining({ level: WARN })]);
  });

  test('a service that is stopping takes no more changes', async () => {
    const { lines, logger } = listening();
    const service = await startService(place().environment, {}, logger);
    await service.drain();
    const answer = await service.ask.post('/inventory').field(COUNT);
    expectProblem(answer, 'shutting-down');
    expect(answer.headers['retry-after']).toBe('1');
    expect((await service.ask.get('/inventory')).body).toEqual([]);
    await service.close();
    expect(troubles(lines)).toEqual([expect.objectContaining({ level: WARN })]);
  });
});

test('each request is one line in the log, except successful probes, without anything that was sent', async () => {
  const place = await sqlitePlace();
  const { lines, logger } = listening();
  const service = await startService(place.environment, {}, logger);
  await service.ask
    .post('/inventory')
    .set({ Authorization: 'Bearer hunter2', Cookie: 'session=hunter2', 'X-Request-Id': 'first' })
    .field(COUNT);
  const refused = service.ask.post('/sales').set('X-Request-Id', 'second');
  expect((await refused.field({ ...COUNT, password: 'hunter2' })).status).toBe(400);
  // Monitoring asks this every few seconds.
  await service.ask.get('/healthz');
  await service.close();
  await place.remove();
  expect(lines).toMatchObject([
    { level: 30, reqId: 'first', method: 'POST', url: '/inventory', status: 201 },
    { level: 30, reqId: 'second', method: 'POST', url: '/sales', status: 400 },
  ]);
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).not.toMatch(/hunter2|8128/);
});

test('a long URL is logged in part, and one that is too long is refused', async () => {
  const place = await sqlitePlace();
  const { lines, logger } = listening();
  const service = await startService(place.environment, {}, logger);
  await service.ask.get(`/products?q=${'x'.repeat(8_000)}`).expect(400);
  expectProblem(await service.ask.get(`/products?q=${'y'.repeat(12_000)}`), 'url-too-long');
  await service.close();
  await place.remove();
  expect(lines).toHaveLength(2);
  expect(lines).toMatchObject([{ status: 400 }, { status: 414 }]);
  for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(1_300);
});
