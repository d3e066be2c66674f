import compression from 'compression';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { AHEAD_DAYS_MAX, ALERT_KINDS, ALERT_STATUSES } from '../../../ledger/alert';
import type { Ledger } from '../../../ledger/ledger';
import { alertAnswer, alertsSummaryAnswer, alertWithLife } from '../../../wire/alerts';
import { PAGE, PAGE_MAX } from '../../../wire/pages';
import { actorOf } from '../../access/caller';
import { unchanged } from '../../answers/answer-docs';
import { entityTag, ifMatch, sendByContent } from '../../answers/conditional';
import { eventPosition } from '../../answers/entity-tags';
import { sendListByContent } from '../../answers/list-by-content';
import { cursor, page } from '../../answers/paging';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { type FieldDoc, oneOf } from '../../fields/field';
import { locationID, productID, wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';
import { alertsInParts, alertsJson, eventJson } from './alert-json';
import { alertCounts, cursorOf, unresolvedAlerts } from './alert-list';
import { handle, handlingFields, latestEvent, readHandling } from './handling';

const NO_OFFSET = {
  field: 'offset',
  detail: 'does not go with status=resolved: follow the header Link instead',
};

export const alertPath = z.strictObject({
  alertID: wholeNumber(1, Number.MAX_SAFE_INTEGER).meta({
    doc: { type: 'integer', minimum: 1, examples: [1] } satisfies FieldDoc,
  }),
});

/** `/alerts`: which products are short and which transfers overdue, their recipients, and how they are handled. */
export function alerts(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  return [
    {
      path: '/alerts',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'The unresolved alerts, the most urgent first',
          description:
            'An alert is one shortage of one product, or of one product at one location, or one transfer that is overdue. The monitor opens it, people handle it, and it is resolved when there is enough in stock, or the transfer is closed. productID also finds the alerts of the product at locations; locationID finds those alone. status=handled lists the alerts that are acknowledged, snoozed or ordered; status=resolved lists resolved alerts, newest first. The header Link has the next page, if there is one. An alert that becomes more urgent while pages are read may be on none of them. offset skips as many alerts, to read one part of a long list; it does not go with status=resolved. The ETag is made from the content of the answer.',
          headers: ['If-None-Match'],
          // 1,000 alerts are some hundred kilobytes.
          before: [compression()],
          query: z.strictObject({
            status: oneOf([...ALERT_STATUSES, 'handled']).optional(),
            kind: oneOf(ALERT_KINDS).optional(),
            productID: productID.optional(),
            locationID: locationID.optional(),
            transferID: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
            limit: wholeNumber(1, PAGE_MAX).optional(),
            offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
            cursor: cursor.optional(),
          }),
          answers: {
            200: { description: 'The alerts.', schema: z.array(alertAnswer) },
            304: unchanged,
          },
          problems: ['overloaded'],
          handle: async ({ query, req, res }) => {
            const { status, limit = PAGE, offset, cursor: after, ...filter } = query;
            const isResolved = status === 'resolved';
            if (offset !== undefined && isResolved) throw invalidRequest([NO_OFFSET]);
            const found = isResolved
              ? await ledger.ask.resolvedAlerts({ ...filter, before: after, limit: limit + 1 })
              : await unresolvedAlerts(
                  await ledger.alerts(),
                  { ...filter, status, after },
                  offset ?? 0,
                  limit + 1,
                );
            const listed = page(req, res, found, limit, (alert) =>
              isResolved ? alert.event : cursorOf(alert),
            );
            await sendListByContent(req, res, alertsInParts(ledger, listed));
          },
        }),
      },
    },
    {
      path: '/alerts/summary',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'How many alerts there are of each status and kind',
          description:
            'Counts unresolved alerts. The stream of GET /records with alerts=true says when to ask again.',
          query: z.strictObject({}),
          headers: ['If-None-Match'],
          answers: {
            200: { description: 'The numbers.', schema: alertsSummaryAnswer },
            304: unchanged,
          },
          handle: async ({ req, res }) => {
            sendByContent(req, res, await alertCounts(await ledger.alerts()));
          },
        }),
      },
    },
    {
      path: '/alerts/{alertID}',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'An alert and its history',
          params: alertPath,
          query: z.strictObject({}),
          answers: {
            200: {
              description: 'The alert, with all of its events in order in life.',
              schema: alertWithLife,
            },
          },
          problems: ['unknown-alert'],
          handle: async ({ params: { alertID }, res }) => {
            const latest = await latestEvent(ledger, alertID);
            const [alert] = await alertsJson(ledger, [latest]);
            const life = (await ledger.ask.alertLife(alertID)).map(eventJson);
            res.set('Cache-Control', 'no-cache').json({ ...alert, life });
          },
        }),
        patch: operation({
          need: { all: ['alerts:handle'] },
          summary: 'Handle an alert',
          description: `status says how: acknowledged, somebody has seen it; snoozed, remind nobody before until; ordered, the goods are due on the day due; open, none of these any more. until and due are within ${AHEAD_DAYS_MAX} days. If the product is still short after that, the alert is open again. With If-Match, such as "12", the change is refused if the alert has had another event since.`,
          params: alertPath,
          before: readFields,
          consumes: FORMS,
          body: handlingFields,
          example: { status: 'acknowledged', handledBy: 'ann@shop.example' },
          read: async (body) => readHandling(body, await ledger.today()),
          headers: ['If-Match'],
          answers: { 200: { description: 'The alert after the change.', schema: alertAnswer } },
          problems: [
            'unknown-alert',
            'alert-limit',
            'alert-resolved',
            'stale-alert',
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ params: { alertID }, body, req, res }) => {
            const latest = await handle(ledger, alertID, actorOf(req), body, ifMatch(req));
            const [alert] = await alertsJson(ledger, [latest]);
            res.set('ETag', entityTag(eventPosition(latest))).json(alert);
          },
        }),
      },
    },
  ];
}
