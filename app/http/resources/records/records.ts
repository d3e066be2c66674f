import type { Request } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { PAGE, PAGE_MAX } from '../../../wire/pages';
import { recordAnswer } from '../../../wire/records';
import { ACTOR_MAX } from '../../../wire/texts';
import { markedRecordJson, recordJson } from '../../answers/entry-json';
import { EVENT_STREAM } from '../../answers/event-stream';
import { linkNextPage } from '../../answers/paging';
import { oneOf } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { checked } from '../../fields/validated';
import { locationID, wholeNumber } from '../../fields/whole-number';
import type { ClientBounds } from '../../front/client-bounds';
import { tooMany } from '../../front/connections';
import { clientOfRequest } from '../../front/proxies';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';
import { knownLocation } from '../locations/known-location';
import { RecordStreams } from './live-streams';

/** A record's number; 0 for before the first. */
const position = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const feedQuery = z.strictObject({
  after: position.optional(),
  limit: wholeNumber(1, PAGE_MAX).optional(),
  actor: freeText(ACTOR_MAX).optional(),
  locationID: locationID.optional(),
  revisions: oneOf(['true', 'false']).optional(),
  alerts: oneOf(['true', 'false']).optional(),
  marks: oneOf(['true', 'false']).optional(),
});

/** Fields of a stream alone: what it sends besides records. */
const STREAM_FIELDS = ['revisions', 'alerts'] as const;

/**
 * `/records`: the whole ledger in order, to copy or to follow.
 *
 * @param stopping aborted when the service stops: all streams end then
 * @param streams gets the streams that are open, to count them
 * @param bounds how many streams there may be, and which client is not limited
 */
export function records(
  ledger: Ledger,
  stopping: AbortSignal,
  streams: Set<object>,
  bounds?: Pick<ClientBounds, 'streams' | 'isMonitor'>,
): Resource[] {
  const recordStreams = new RecordStreams(ledger, stopping);
  return [
    {
      path: '/records',
      operations: {
        get: operation({
          need: { all: ['records:read'] },
          summary: 'All records in order, as a page or as a live stream',
          description:
            "A client that asks for each page after the last record of the page before sees every record exactly once. With Accept: text/event-stream the answer is a stream of server-sent events, which goes on with new records of all processes; Last-Event-ID resumes it. With revisions=true it also has events named revision with the number of the catalogue's last revision: one at the start, and one at each change. With alerts=true it has events named alert with the number of the last alert event, in the same way. With marks=true each record has the mark of its entity tag. With actor a page has only the records that this actor asked for, and with locationID only those that changed this location; a stream takes locationID too.",
          query: feedQuery,
          headers: ['Accept', 'Last-Event-ID'],
          answers: {
            200: {
              description: 'Records.',
              schema: z.array(recordAnswer),
              also: [EVENT_STREAM],
            },
          },
          problems: ['unknown-location', 'overloaded'],
          handle: async ({ query, req, res }) => {
            const { after = 0, limit = PAGE } = query;
            if (query.locationID !== undefined) await knownLocation(ledger, query.locationID);
            const jsonOf = query.marks === 'true' ? markedRecordJson : recordJson;
            if (!wantsStream(req)) {
              const detail = `goes with Accept: ${EVENT_STREAM} only`;
              const faults = STREAM_FIELDS.filter((field) => query[field] !== undefined);
              if (faults.length > 0) {
                throw invalidRequest(faults.map((field) => ({ field, detail })));
              }
              const { actor, locationID } = query;
              const isAll = actor === undefined && locationID === undefined;
              const page = isAll
                ? await ledger.records.from(after + 1, limit)
                : await ledger.ask.recordsOf({ actor, locationID, after, limit });
              const last = page.at(-1)?.record;
              if (page.length === limit) {
                linkNextPage(req, res, { after: String(last), limit: String(limit) });
              }
              res.set('Cache-Control', 'no-cache').json(page.map(jsonOf));
              return;
            }
            if (query.actor !== undefined) {
              throw invalidRequest([
                { field: 'actor', detail: `does not go with Accept: ${EVENT_STREAM}` },
              ]);
            }
            const client = clientOfRequest(req);
            // The monitor's stream does not count against the limit.
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
            const following = {
              after: lastEventID(req) ?? after,
              revisions: query.revisions === 'true',
              alerts: query.alerts === 'true',
              locationID: query.locationID,
              jsonOf,
            };
            await recordStreams.send(res, following);
          },
        }),
      },
    },
  ];
}

function wantsStream(req: Request): boolean {
  return req.accepts(['application/json', EVENT_STREAM]) === EVENT_STREAM;
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
