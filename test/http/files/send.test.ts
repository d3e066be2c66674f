import { request } from 'node:http';
import express from 'express';
import { pino } from 'pino';
import { answerWithProblem } from '../../../app/http/problems/error-handler';
import { identify, logRequest } from '../../../app/http/request-log';
import { type ExportCell, sendCsv } from '../../../app/http/resources/exports/send-csv';
import { expectProblem } from '../problem-answer';
import { listen } from '../service';
import { send } from '../wire';

/** Serves a file of these pages, and returns its port and what was logged. */
async function serving(pages: () => AsyncIterable<readonly (readonly ExportCell[])[]>) {
  const lines: { level: number }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  const app = express();
  const logger = pino({ level: 'info' }, { write });
  app.use((req, res, next) => {
    identify(req, res);
    res.on('close', () => logRequest(logger, req, res, 0));
    next();
  });
  app.get('/file.csv', (_req, res) => sendCsv(res, 'file.csv', ['a'], pages()));
  app.use(answerWithProblem(logger));
  const service = await listen(app);
  services.push(service);
  return { port: service.port, lines };
}

const services: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

const GET = { method: 'GET', path: '/file.csv' };
const ERROR = 50;

test('a failure before the first page is answered as a problem', async () => {
  // biome-ignore lint/correctness/useYield: it fails first.
  const { port } = await serving(async function* () {
    throw new Error('no database');
  });
  expectProblem(await send(port, GET), 'internal');
});

test('a failure after it breaks the connection, so that a part is not mistaken for the whole', async () => {
  const { port, lines } = await serving(async function* () {
    yield [['1']];
    throw new Error('no database any more');
  });
  await expect(
    fetch(`http://127.0.0.1:${port}/file.csv`).then((res) => res.text()),
  ).rejects.toThrow();
  expect(lines.map(({ level }) => level)).toContain(ERROR);
});

test('only as much is read as the client takes, and nothing after it has gone', async () => {
  const page = [['x'.repeat(100_000)]];
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let pages = 0;
  const { port, lines } = await serving(async function* () {
    try {
      for (;;) {
        pages += 1;
        yield page;
      }
    } finally {
      ended();
    }
  });
  const asked = request({ port, path: '/file.csv', agent: false }).end();
  asked.on('response', (response) => {
    response.pause();
    asked.destroy();
  });
  asked.on('error', () => {});
  await end;
  // The sockets' own buffers hold a few megabytes at most.
  expect(pages).toBeLessThan(200);
  expect(lines.map(({ level }) => level)).not.toContain(ERROR);
});
