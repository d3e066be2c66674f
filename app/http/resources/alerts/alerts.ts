import compression from 'compression';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import {
  AHEAD_DAYS_MAX,
  ALERT_KINDS,
  ALERT_STATUSES,
  type AlertEvent,
  type AlertKind,
  type AlertStatus,
  type HANDLED_STATUSES,
  isHandled,
} from '../../../ledger/alert';
import type { Alerts } from '../../../ledger/alerts';
import type { Ledger } from '../../../ledger/ledger';
import { Slices } from '../../../ledger/slice';
import { alertAnswer, alertEvent, alertsSummaryAnswer, unchanged } from '../../answers/answer-docs';
import { entityTag, ifMatch, sendByContent } from '../../answers/conditional';
import { eventPosition } from '../../answers/entity-tags';
import { sendListByContent } from '../../answers/list-by-content';
import { cursor, page } from '../../answers/paging';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { type FieldDoc, oneOf, productID, wholeNumber } from '../../fields/fields';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';
import { deliveryJson, eventJson } from './alert-json';
import { handle, handlingFields, latestEvent, readHandling } from './handling';

/** Alerts on one page, unless told otherwise, and at most. */
const PAGE = 100;
const PAGE_MAX = 1_000;

const NO_OFFSET = {
  field: 'offset',
  detail: 'does not go with status=resolved: follow the header Link instead',
};

export const alertPath = z.strictObject({
  alertID: wholeNumber(1, Number.MAX_SAFE_INTEGER).meta({
    doc: { type: 'integer', minimum: 1, examples: [1] } satisfies FieldDoc,
  }),
});

/** `/alerts`: what is short, who was told of it, and what is being done about it. */
export function alerts(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  return [
    {
      path: '/alerts',
      operations: {
        get: operation({
          summary: 'The alerts that are not resolved, the loudest first',
          description:
            'An alert is one shortage of one product: the monitor opens it, people see to it, and the stock ends it. With status=handled those that are acknowledged, snoozed or ordered; with status=resolved those that are over, newest first. The next page, if there is one, is in the header Link. One that grows louder while pages are read may be on none of them. With offset so many are left out first, as for one part of a long list; those that are over take none. The ETag is of what the answer says.',
          headers: ['If-None-Match'],
          // Of 1,000 alerts it has some hundred kilobytes.
          before: [compression()],
          query: z.strictObject({
            status: oneOf([...ALERT_STATUSES, 'handled']).optional(),
            kind: oneOf(ALERT_KINDS).optional(),
            productID: productID.optional(),
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
            const { status, kind, limit = PAGE, offset, cursor: after } = query;
            if (offset !== undefined && status === 'resolved') throw invalidRequest([NO_OFFSET]);
            const found =
              status === 'resolved'
                ? await ledger.resolvedAlerts({
                    productID: query.productID,
                    kind,
                    before: after,
                    limit: limit + 1,
                  })
                : await unresolved(
                    await ledger.alerts(),
                    (alert) =>
                      hasStatus(alert, status) &&
                      (kind === undefined || alert.kind === kind) &&
                      (query.productID === undefined || alert.productID === query.productID) &&
                      (after === undefined || isLater(alert, after)),
                    offset ?? 0,
                    limit + 1,
                  );
            const listed = page(req, res, found, limit, (alert) =>
              status === 'resolved' ? alert.event : place(alert),
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
          summary: 'How many alerts there are of each status and kind',
          description:
            'Of those that are not resolved. GET /records tells as a stream, with alerts=true, when to ask again.',
          query: z.strictObject({}),
          headers: ['If-None-Match'],
          answers: {
            200: { description: 'The numbers.', schema: alertsSummaryAnswer },
            304: unchanged,
          },
          handle: async ({ req, res }) => {
            sendByContent(req, res, await summary(await ledger.alerts()));
          },
        }),
      },
    },
    {
      path: '/alerts/{alertID}',
      operations: {
        get: operation({
          summary: 'An alert, and all that has happened to it',
          params: alertPath,
          query: z.strictObject({}),
          answers: {
            200: {
              description: 'The alert, and the events of its life in order.',
              schema: alertAnswer.extend({ life: z.array(alertEvent) }),
            },
          },
          problems: ['unknown-alert'],
          handle: async ({ params: { alertID }, res }) => {
            const latest = await latestEvent(ledger, alertID);
            const [alert] = await alertsJson(ledger, [latest]);
            const life = (await ledger.alertLife(alertID)).map(eventJson);
            res.set('Cache-Control', 'no-cache').json({ ...alert, life });
          },
        }),
        patch: operation({
          summary: 'Say what is done about an alert',
          description: `acknowledged: somebody has seen it. snoozed: not before until. ordered: the goods are due on the day due. Both are within ${AHEAD_DAYS_MAX} days. open: none of that after all. What is low still when its time is over is open again. If-Match takes the alert by its event, such as "12", and refuses where it has had another.`,
          params: alertPath,
          before: readFields,
          consumes: FORMS,
          body: handlingFields,
          example: { status: 'acknowledged', actor: 'ann@shop.example' },
          read: readHandling,
          headers: ['If-Match'],
          answers: { 200: { description: 'It is so.', schema: alertAnswer } },
          problems: [
            'unknown-alert',
            'alert-limit',
            'alert-resolved',
            'stale-alert',
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ params: { alertID }, body, req, res }) => {
            const latest = await handle(ledger, alertID, body, ifMatch(req));
            const [alert] = await alertsJson(ledger, [latest]);
            res.set('ETag', entityTag(eventPosition(latest))).json(alert);
          },
        }),
      },
    },
  ];
}

/** Alerts of which so much is looked up and told at a time: each may have twenty deliveries, which take 4 kB. */
const PART = 50;

/** The same of many alerts, part by part. */
async function* alertsInParts(ledger: Ledger, events: readonly AlertEvent[]) {
  for (let begin = 0; begin < events.length; begin += PART) {
    yield await alertsJson(ledger, events.slice(begin, begin + PART));
  }
}

/** Alerts with the names of their products, and who was told of them. */
async function alertsJson(ledger: Ledger, events: readonly AlertEvent[]) {
  const catalogue = await ledger.catalogue();
  const deliveries = await ledger.deliveriesOf(events.map(({ alertID }) => alertID));
  const byAlert = new Map<number, typeof deliveries>();
  for (const delivery of deliveries) {
    const others = byAlert.get(delivery.alertID);
    if (others) others.push(delivery);
    else byAlert.set(delivery.alertID, [delivery]);
  }
  return events.map((event) => ({
    ...eventJson(event),
    name: catalogue.get(event.productID)?.name ?? null,
    deliveries: (byAlert.get(event.alertID) ?? []).map(deliveryJson),
  }));
}

/** The statuses of alerts that are not over. */
type Unresolved = 'open' | (typeof HANDLED_STATUSES)[number];

async function summary(alerts: Alerts) {
  const none = () =>
    Object.fromEntries(ALERT_KINDS.map((kind) => [kind, 0])) as Record<AlertKind, number>;
  const counts: Record<Unresolved, Record<AlertKind, number>> = {
    ...{ open: none(), acknowledged: none(), snoozed: none(), ordered: none() },
  };
  const slices = new Slices();
  for (const part of alerts.unresolved()) {
    for (const { status, kind } of part) counts[status as Unresolved][kind] += 1;
    if (slices.isOver) await slices.next();
  }
  return { event: alerts.last?.event ?? 0, ...counts };
}

function hasStatus(alert: AlertEvent, status: AlertStatus | 'handled' | undefined): boolean {
  if (status === undefined) return true;
  return status === 'handled' ? isHandled(alert) : alert.status === status;
}

/** Alerts from the loudest kind to the quietest, and in each from the first opened to the last, `count` at most. */
async function unresolved(
  alerts: Alerts,
  isWanted: (alert: AlertEvent) => boolean,
  offset: number,
  count: number,
): Promise<AlertEvent[]> {
  const found: AlertEvent[] = [];
  const slices = new Slices();
  let passed = 0;
  for (const part of alerts.unresolved()) {
    for (const alert of part) {
      if (!isWanted(alert)) continue;
      passed += 1;
      if (passed > offset) found.push(alert);
      if (found.length >= count) return found;
    }
    if (slices.isOver) await slices.next();
  }
  return found;
}

/** Where an alert stands in that order, in one number: it means the same once that alert is over. */
function place(alert: AlertEvent): number {
  return alert.alertID * ALERT_KINDS.length + rank(alert);
}

/** Whether an alert comes after a place in that order. */
function isLater(alert: AlertEvent, place: number): boolean {
  const placed = place % ALERT_KINDS.length;
  const alertID = Math.floor(place / ALERT_KINDS.length);
  return rank(alert) === placed ? alert.alertID > alertID : rank(alert) > placed;
}

/** 0 for the loudest. */
function rank({ kind }: AlertEvent): number {
  return ALERT_KINDS.length - 1 - ALERT_KINDS.indexOf(kind);
}
