import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { AlertEvent } from '../../../ledger/alert';
import type { Ledger } from '../../../ledger/ledger';
import { isSigned, LINK_ACTIONS, type LinkAction } from '../../../wire/alert-link';
import { alertTitle } from '../../../wire/alert-title';
import { DUE_IN_DAYS, dueIn, SNOOZE_DAYS, snoozeEnd } from '../../../wire/handling-choices';
import { mailActor } from '../../access/caller';
import { PUBLIC } from '../../access/need';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { day } from '../../fields/day-and-time';
import { oneOf } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { validated } from '../../fields/validated';
import { wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { actionForm, alertText, sendPage } from './act-page';
import { namesOf, subjectJson } from './alert-json';
import { alertPath } from './alerts';
import {
  HANDLED_BY_MAX,
  type HandledAt,
  type Handling,
  handle,
  latestEvent,
  readHandling,
} from './handling';

/** Two presses of a button within a minute are one. */
const PRESS_AGAIN_MS = 60_000;

/** Its example is signed with the secret `an example of a secret`. */
const linkQuery = z.strictObject({
  do: oneOf(LINK_ACTIONS).meta({
    doc: { type: 'string', enum: [...LINK_ACTIONS], examples: ['acknowledge'] },
  }),
  by: freeText(HANDLED_BY_MAX).meta({
    doc: { type: 'string', maxLength: HANDLED_BY_MAX, examples: ['ann@shop.example'] },
  }),
  expires: wholeNumber(0, Number.MAX_SAFE_INTEGER).meta({
    doc: { type: 'integer', minimum: 0, examples: [4_102_444_800] },
  }),
  signature: freeText(100).meta({
    doc: { type: 'string', examples: ['I0pLWoT-LQ2Yqv0pI3APa3ij6SuewJyxOLH50q8tHfU'] },
  }),
});

const actFields = z.strictObject({
  due: day.optional(),
  days: oneOf(SNOOZE_DAYS).optional(),
});

const page = { description: 'A page for people.', type: 'text/html', schema: z.string() };

/**
 * `/alerts/{alertID}/act`: where the links of a mail lead. GET changes nothing, since mail scanners follow links, too: it
 * shows the alert and a button.
 */
export function act(
  ledger: Ledger,
  readFields: RequestHandler[],
  linkSecret: string | undefined,
): Resource[] {
  const description =
    'Without LINK_SECRET there are no signed links, so none can be used. The page has no script, and changes nothing until its button is pressed.';
  return [
    {
      path: '/alerts/{alertID}/act',
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'The page that a signed link in a mail leads to',
          description,
          params: alertPath,
          query: linkQuery,
          answers: { 200: page },
          problems: ['bad-link', 'unknown-alert'],
          handle: async ({ params: { alertID }, query, res }) => {
            checkLink(linkSecret, alertID, query);
            const alert = await latestEvent(ledger, alertID);
            const title = await titleOf(ledger, alert);
            const { calendar, day: today } = await ledger.today();
            const form = actionForm(query.do, alert, today);
            sendPage(res, title, `${alertText(alert, calendar)}${form}`);
          },
        }),
        post: operation({
          need: PUBLIC,
          summary: 'Do what the link says',
          params: alertPath,
          query: linkQuery,
          before: readFields,
          consumes: FORMS,
          body: actFields,
          example: { days: '3' },
          read: (body) => validated(actFields, body),
          answers: { 200: page },
          problems: ['bad-link', 'unknown-alert', 'alert-limit', ...WRITE_PROBLEMS],
          handle: async ({ params: { alertID }, query, body, res }) => {
            checkLink(linkSecret, alertID, query);
            const at = await ledger.today();
            const alert = await press(
              ledger,
              alertID,
              query.by,
              handlingOf(query.do, query.by, body, at),
            );
            sendPage(res, await titleOf(ledger, alert), alertText(alert, at.calendar));
          },
        }),
      },
    },
  ];
}

/** @throws Problem `bad-link` */
function checkLink(
  secret: string | undefined,
  alertID: number,
  { do: action, by, expires, signature }: z.output<typeof linkQuery>,
): void {
  if (secret === undefined || !isSigned(secret, { alertID, action, by, expires }, signature)) {
    throw new Problem('bad-link', 'It was not made by this service: open the page of alerts.');
  }
  if (expires * 1_000 < Date.now()) {
    throw new Problem('bad-link', 'It has expired: open the page of alerts.');
  }
}

/** @throws Problem `invalid-request` */
function handlingOf(
  action: LinkAction,
  handledBy: string,
  given: z.output<typeof actFields>,
  at: HandledAt & { readonly day: string },
): Handling {
  const { due = dueIn(DUE_IN_DAYS, at.day), days = SNOOZE_DAYS[0] } = given;
  switch (action) {
    case 'acknowledge':
      return readHandling({ status: 'acknowledged', handledBy }, at);
    case 'order':
      return readHandling({ status: 'ordered', due, handledBy }, at);
    case 'snooze':
      return readHandling(
        { status: 'snoozed', until: snoozeEnd(Number(days), at.now, at.calendar), handledBy },
        at,
      );
  }
}

/** Handles an alert as its button says. Changes nothing if the alert is resolved, or the button was pressed just now. */
async function press(
  ledger: Ledger,
  alertID: number,
  by: string,
  handling: Handling,
): Promise<AlertEvent> {
  const latest = await latestEvent(ledger, alertID);
  if (isPressedAgain(latest, handling)) return latest;
  return handle(ledger, alertID, mailActor(by), handling).catch((error) => {
    if (error instanceof Problem && error.type === 'alert-resolved') {
      return latestEvent(ledger, alertID);
    }
    throw error;
  });
}

/** A snooze that is pressed twice would be a second one that ends a moment later. */
function isPressedAgain({ status, handledBy, until }: AlertEvent, handling: Handling): boolean {
  if (status !== 'snoozed' || handling.status !== status || handling.handledBy !== handledBy)
    return false;
  return Math.abs(Number(handling.until) - Number(until)) < PRESS_AGAIN_MS;
}

async function titleOf(ledger: Ledger, alert: AlertEvent): Promise<string> {
  return alertTitle({ ...subjectJson(alert), ...(await namesOf(ledger, alert)) });
}
