import { setTimeout as pause } from 'node:timers/promises';
import type { Response } from 'express';
import type { Ledger } from '../../../ledger/ledger';
import type { LedgerRecord } from '../../../ledger/record';
import type { Stock } from '../../../ledger/stock';
import { isStillLetIn, LET_IN_MS } from '../../access/caller';
import { eventText, HEARTBEAT, openEventStream, writeEvents } from '../../answers/event-stream';

/** Records that a stream reads at a time. */
const STREAM_PAGE = 500;

/** How often an open stream looks for records of other processes. */
const LOOK_MS = 200;

/** How long a stream is silent before it sends a heartbeat: proxies close connections that are silent for a minute. */
const HEARTBEAT_MS = 15_000;

/** What a client follows. */
export interface Following {
  /** The record after which the stream begins. */
  readonly after: number;
  /** Whether to send the number of the catalogue's last revision whenever it changes. */
  readonly revisions: boolean;
  /** Whether to send the number of the last alert event whenever it changes. */
  readonly alerts: boolean;
  /** Only records about this location; undefined for all. */
  readonly locationID: number | undefined;
  /** What the stream says of a record. */
  jsonOf(record: LedgerRecord): object;
}

/** Streams of records. Streams that are equally far share their queries. */
export class RecordStreams {
  readonly #ledger: Ledger;
  readonly #stopping: AbortSignal;
  /** Queries that run, by the record after which they begin. */
  readonly #reading = new Map<number, Promise<LedgerRecord[]>>();

  /** @param stopping aborted when the service stops: it ends all streams */
  constructor(ledger: Ledger, stopping: AbortSignal) {
    this.#ledger = ledger;
    this.#stopping = stopping;
  }

  /** Answers with one event for each record, whose number is the event's id. Ends if the ledger has gone back, or if its client loses the right to read it. */
  async send(
    res: Response,
    { after, revisions, alerts, locationID, jsonOf }: Following,
  ): Promise<void> {
    const ledger = this.#ledger;
    // The first queries come before the headers, so that a failure is answered by a problem.
    let furthest = lastOf(await ledger.stock());
    let page = await ledger.records.from(after + 1, STREAM_PAGE);
    openEventStream(res);
    // HEAD asks for the headers alone.
    const isHead = res.req.method === 'HEAD';
    const isOpen = () => !isHead && !res.writableEnded && !res.destroyed && !this.#stopping.aborted;
    let last = after;
    let revision: number | undefined;
    let alertEvent: number | undefined;
    let quietSince = performance.now();
    let letInAt = performance.now();
    while (isOpen()) {
      const latestRevision = revisions ? await lastRevision(ledger) : undefined;
      const latestAlert = alerts ? await lastAlertEvent(ledger) : undefined;
      let events = page
        .filter((record) => locationID === undefined || record.locationID === locationID)
        .map((record) => eventText('record', jsonOf(record), record.record))
        .join('');
      if (latestRevision !== undefined && latestRevision !== revision) {
        revision = latestRevision;
        events += eventText('revision', { revision });
      }
      if (latestAlert !== undefined && latestAlert !== alertEvent) {
        alertEvent = latestAlert;
        events += eventText('alert', { event: alertEvent });
      }
      if (events !== '') {
        await writeEvents(res, this.#stopping, events);
        quietSince = performance.now();
      } else if (performance.now() - quietSince >= HEARTBEAT_MS) {
        await writeEvents(res, this.#stopping, HEARTBEAT);
        quietSince = performance.now();
      }
      last = page.at(-1)?.record ?? last;
      if (page.length < STREAM_PAGE) await pause(LOOK_MS);
      // Meanwhile the client may have closed the connection, and the service its store.
      if (!isOpen()) break;
      if (performance.now() - letInAt >= LET_IN_MS) {
        // While the store is out of reach nobody knows, and the stream has nothing to send.
        if (!(await isStillLetIn(res).catch(() => true))) break;
        letInAt = performance.now();
      }
      // All streams and readers share this, so a quiet ledger costs one small query for all.
      const reached = await ledger.stock().then(lastOf, () => undefined);
      // A ledger that has gone back is another one, such as a restored backup: what was sent no longer holds.
      if (reached !== undefined && reached < Math.max(furthest, page.at(-1)?.record ?? 0)) break;
      furthest = reached ?? furthest;
      page = furthest > last ? await this.#recordsAfter(last) : [];
    }
    res.end();
  }

  /** Empty while the store is out of reach: the stream stays open. */
  #recordsAfter(last: number): Promise<LedgerRecord[]> {
    let reading = this.#reading.get(last);
    if (!reading) {
      reading = this.#ledger.records.from(last + 1, STREAM_PAGE).catch(() => []);
      this.#reading.set(last, reading);
      reading.finally(() => this.#reading.delete(last));
    }
    return reading;
  }
}

/** The number of the last record; 0 if there is none. */
function lastOf({ last }: Stock): number {
  return last?.record ?? 0;
}

/** The number of the catalogue's last revision; undefined while the store is out of reach. */
function lastRevision(ledger: Ledger): Promise<number | undefined> {
  return ledger.catalogue().then(
    ({ last }) => last?.revision ?? 0,
    () => undefined,
  );
}

/** The number of the last alert event; undefined while the store is out of reach. */
function lastAlertEvent(ledger: Ledger): Promise<number | undefined> {
  return ledger.alerts().then(
    ({ last }) => last?.event ?? 0,
    () => undefined,
  );
}
