import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import type { LedgerRecord } from '../../../ledger/record';
import type { Stock } from '../../../ledger/stock';
import { recordAnswer } from '../../answers/answer-docs';
import { basePathOf } from '../../answers/base-path';
import { markedRecordJson, recordJson } from '../../answers/entry-json';
import { checked, oneOf, wholeNumber } from '../../fields/fields';
import type { ClientBounds } from '../../front/client-bounds';
import { tooMany } from '../../front/connections';
import { clientOf } from '../../front/places';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';

/** Records on one page, unless told otherwise, and at most. */
const PAGE = 100;
const PAGE_MAX = 1_000;

/** Records that a stream reads at a time. */
const STREAM_PAGE = 500;

/** How often an open stream looks for what other processes appended, and says that it is alive when there is nothing. */
const LOOK_MS = 200;
const HEARTBEAT_MS = 15_000;

/** A record's number; 0 for before the first. */
const position = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const feedQuery = z.strictObject({
  after: position.optional(),
  limit: wholeNumber(1, PAGE_MAX).optional(),
  revisions: oneOf(['true', 'false']).optional(),
  alerts: oneOf(['true', 'false']).optional(),
  marks: oneOf(['true', 'false']).optional(),
});

/** Of what else than records a stream may tell. */
const ELSE = ['revisions', 'alerts'] as const;

/**
 * `/records`: the whole ledger in order, to copy or to follow.
 *
 * @param stopping aborted when the service stops: streams end then, or it never would
 * @param streams has the streams that are open
 * @param bounds how many there may be, and whom there is always a place for
 */
export function records(
  ledger: Ledger,
  stopping: AbortSignal,
  streams: Set<object>,
  bounds?: Pick<ClientBounds, 'streams' | 'isMonitor'>,
): Resource[] {
  const readings: Readings = new Map();
  return [
    {
      path: '/records',
      operations: {
        get: operation({
          summary: 'All records in order, as a page or as a live stream',
          description:
            "Who goes on after the last record of each page sees every record once, and misses none. With Accept: text/event-stream the answer is a stream of server-sent events that goes on with what this and other processes append; Last-Event-ID resumes it. With revisions=true it also tells, in events named revision, the number of the catalogue's last revision: at the start, and when there is another. With alerts=true it tells in the same way, in events named alert, the number of the last event of all alerts. With marks=true each record has its mark, by which its entity tag is known.",
          query: feedQuery,
          headers: ['Accept', 'Last-Event-ID'],
          answers: {
            200: {
              description: 'Records.',
              schema: z.array(recordAnswer),
              also: ['text/event-stream'],
            },
          },
          problems: ['overloaded'],
          handle: async ({ query, req, res }) => {
            const { after = 0, limit = PAGE } = query;
            const jsonOf = query.marks === 'true' ? markedRecordJson : recordJson;
            if (!wantsStream(req)) {
              const detail = 'goes with Accept: text/event-stream only';
              const faults = ELSE.filter((field) => query[field] !== undefined);
              if (faults.length > 0) {
                throw invalidRequest(faults.map((field) => ({ field, detail })));
              }
              const page = await ledger.recordsFrom(after + 1, limit);
              const last = page.at(-1)?.record;
              if (page.length === limit) {
                const marks = query.marks === undefined ? '' : `&marks=${query.marks}`;
                res.set(
                  'Link',
                  `<${basePathOf(res)}/records?after=${last}&limit=${limit}${marks}>; rel="next"`,
                );
              }
              res.set('Cache-Control', 'no-cache').json(page.map(jsonOf));
              return;
            }
            const client = clientOf(req.socket.remoteAddress);
            // The monitor's place is beside those of all others.
            const places = bounds?.isMonitor(req) ? undefined : bounds?.streams;
            if (places?.isFull() || places?.isShareTaken(client)) {
              throw tooMany(
                'Too many streams are open, from your address or in all. Try again later.',
              );
            }
            places?.take(client);
            streams.add(res);
            res.on('close', () => {
              streams.delete(res);
              places?.giveBack(client);
            });
            const from = {
              after: lastEventID(req) ?? after,
              revisions: query.revisions === 'true',
              alerts: query.alerts === 'true',
              jsonOf,
            };
            await stream(ledger, readings, from, res, stopping);
          },
        }),
      },
    },
  ];
}

function wantsStream(req: Request): boolean {
  return req.accepts(['application/json', 'text/event-stream']) === 'text/event-stream';
}

function lastEventID(req: Request): number | undefined {
  const header = req.get('Last-Event-ID');
  if (header === undefined || header === '') return undefined;
  const { data, faults } = checked(position, header);
  if (faults.length > 0) {
    throw invalidRequest(faults.map(({ detail }) => ({ field: 'Last-Event-ID', detail })));
  }
  return data;
}

/** What a stream begins after, and what else it tells of. */
interface Following {
  readonly after: number;
  readonly revisions: boolean;
  readonly alerts: boolean;
  /** What it tells of a record. */
  jsonOf(record: LedgerRecord): object;
}

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): one a record, its number the
 * id. They end where the ledger turns out to have gone back.
 */
async function stream(
  ledger: Ledger,
  readings: Readings,
  { after, revisions, alerts, jsonOf }: Following,
  res: Response,
  stopping: AbortSignal,
): Promise<void> {
  // The first readings come before the head, so that a failure is a problem and not a broken stream.
  let furthest = lastOf(await ledger.stock());
  let page = await ledger.recordsFrom(after + 1, STREAM_PAGE);
  res.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
  // HEAD asks for the headers alone, and a stream of nothing would never end.
  const isHead = res.req.method === 'HEAD';
  const open = () => !isHead && !res.writableEnded && !res.destroyed && !stopping.aborted;
  let last = after;
  let revision: number | undefined;
  let alertEvent: number | undefined;
  let quietSince = performance.now();
  while (open()) {
    const latest = revisions ? await lastRevision(ledger) : undefined;
    const latestAlert = alerts ? await lastAlertEvent(ledger) : undefined;
    let news = '';
    if (latest !== undefined && latest !== revision) {
      revision = latest;
      news += `event: revision\ndata: ${JSON.stringify({ revision })}\n\n`;
    }
    if (latestAlert !== undefined && latestAlert !== alertEvent) {
      alertEvent = latestAlert;
      news += `event: alert\ndata: ${JSON.stringify({ event: alertEvent })}\n\n`;
    }
    if (page.length > 0 || news !== '') {
      await write(res, stopping, page.map((record) => event(record, jsonOf)).join('') + news);
      last = page.at(-1)?.record ?? last;
      quietSince = performance.now();
    } else if (performance.now() - quietSince >= HEARTBEAT_MS) {
      await write(res, stopping, ':\n\n');
      quietSince = performance.now();
    }
    if (page.length < STREAM_PAGE) await pause(LOOK_MS);
    // The one who listened may have hung up meanwhile, and the service may have closed its store.
    if (!open()) break;
    // Shared between all streams and readers, so that a quiet ledger costs one small query for all.
    const reached = await ledger.stock().then(lastOf, () => undefined);
    // A ledger that has gone back is another one, such as a restored backup: what was told no longer holds.
    if (reached !== undefined && reached < Math.max(furthest, page.at(-1)?.record ?? 0)) break;
    furthest = reached ?? furthest;
    page = furthest > last ? await next(ledger, readings, last) : [];
  }
  res.end();
}

/** The number of the last record; 0 where there is none. */
function lastOf({ last }: Stock): number {
  return last?.record ?? 0;
}

/** The catalogue's last revision; undefined while the store is out of reach. */
function lastRevision(ledger: Ledger): Promise<number | undefined> {
  return ledger.catalogue().then(
    ({ last }) => last?.revision ?? 0,
    () => undefined,
  );
}

/** The number of the last event of all alerts; undefined while the store is out of reach. */
function lastAlertEvent(ledger: Ledger): Promise<number | undefined> {
  return ledger.alerts().then(
    ({ last }) => last?.event ?? 0,
    () => undefined,
  );
}

function event(record: LedgerRecord, jsonOf: Following['jsonOf']): string {
  return `id: ${record.record}\nevent: record\ndata: ${JSON.stringify(jsonOf(record))}\n\n`;
}

/** Readings that run, by the record after which they begin: streams that are equally far share one. */
type Readings = Map<number, Promise<LedgerRecord[]>>;

/** What comes after a record. While the store is out of reach nothing does; the stream stays open. */
function next(ledger: Ledger, readings: Readings, last: number): Promise<LedgerRecord[]> {
  let reading = readings.get(last);
  if (!reading) {
    reading = ledger.recordsFrom(last + 1, STREAM_PAGE).catch(() => []);
    readings.set(last, reading);
    reading.finally(() => readings.delete(last));
  }
  return reading;
}

/** Writes as fast as the client reads. One that does not read when the service stops is hung up on. */
function write(res: Response, stopping: AbortSignal, text: string): Promise<void> {
  if (res.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const hangUp = () => res.destroy();
    const done = () => {
      res.off('drain', done).off('close', done);
      stopping.removeEventListener('abort', hangUp);
      resolve();
    };
    res.on('drain', done).on('close', done);
    stopping.addEventListener('abort', hangUp);
    if (stopping.aborted) hangUp();
  });
}
