import { createHash } from 'node:crypto';
import escapeHtml from 'escape-html';
import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { AHEAD_DAYS_MAX, type AlertEvent } from '../../../ledger/alert';
import { DAY_MS, dayOf } from '../../../ledger/day';
import type { Ledger } from '../../../ledger/ledger';
import { isSigned, LINK_ACTIONS, type LinkAction } from '../../../wire/alert-link';
import { basePathOf } from '../../answers/base-path';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { day, freeText, oneOf, validated, wholeNumber } from '../../fields/fields';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { alertPath } from './alerts';
import { ACTOR_MAX, type Handling, handle, latestEvent, readHandling } from './handling';

const MINUTE_MS = 60_000;

/** When goods are due unless somebody says otherwise, and how long a snooze can be. */
const DUE_IN_DAYS = 7;
const SNOOZE_DAYS = ['1', '3', '7'] as const;

/** Its example is signed with the secret `an example of a secret`. */
const linkQuery = z.strictObject({
  do: oneOf(LINK_ACTIONS).meta({
    doc: { type: 'string', enum: [...LINK_ACTIONS], examples: ['acknowledge'] },
  }),
  by: freeText(ACTOR_MAX).meta({
    doc: { type: 'string', maxLength: ACTOR_MAX, examples: ['ann@shop.example'] },
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
 * `/alerts/{alertID}/act`: the links of a mail. To follow one changes nothing, since mail scanners follow links,
 * too; it shows what is asked, and a button that does it.
 */
export function act(
  ledger: Ledger,
  readFields: RequestHandler[],
  linkSecret: string | undefined,
): Resource[] {
  const description =
    'Without LINK_SECRET no link is signed, so none can be used. The page has no script and changes nothing until its button is pressed.';
  return [
    {
      path: '/alerts/{alertID}/act',
      operations: {
        get: operation({
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
            sendPage(res, title, `${said(alert)}${form(query.do, alert)}`);
          },
        }),
        post: operation({
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
            const alert = await press(ledger, alertID, handlingOf(query.do, query.by, body));
            sendPage(res, await titleOf(ledger, alert), said(alert));
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
  actor: string,
  { due = dayIn(DUE_IN_DAYS), days = '1' }: z.output<typeof actFields>,
): Handling {
  switch (action) {
    case 'acknowledge':
      return readHandling({ status: 'acknowledged', actor });
    case 'order':
      return readHandling({ status: 'ordered', due, actor });
    case 'snooze': {
      const until = new Date(Date.now() + Number(days) * DAY_MS).toISOString();
      return readHandling({ status: 'snoozed', until, actor });
    }
  }
}

/** Does what a button says. What is over, or was done by the same button just now, stays as it is. */
async function press(ledger: Ledger, alertID: number, handling: Handling): Promise<AlertEvent> {
  const latest = await latestEvent(ledger, alertID);
  if (isPressedAgain(latest, handling)) return latest;
  return handle(ledger, alertID, handling).catch((error) => {
    if (error instanceof Problem && error.type === 'alert-resolved') {
      return latestEvent(ledger, alertID);
    }
    throw error;
  });
}

/** Of a snooze: pressed twice, it would end a moment later, and be another. */
function isPressedAgain({ status, actor, until }: AlertEvent, handling: Handling): boolean {
  if (status !== 'snoozed' || handling.status !== status || handling.actor !== actor) return false;
  return Math.abs(Number(handling.until) - Number(until)) < MINUTE_MS;
}

async function titleOf(ledger: Ledger, { productID }: AlertEvent): Promise<string> {
  return (await ledger.catalogue()).get(productID)?.name ?? `Product ${productID}`;
}

/** How the alert stands, in words. */
function said(alert: AlertEvent): string {
  const { availableQuantity, threshold, status, actor, until, due } = alert;
  const by = actor === null ? '' : ` by ${escapeHtml(actor)}`;
  const standing = {
    open: 'Nobody has seen to it yet.',
    acknowledged: `${actor === null ? 'Somebody' : escapeHtml(actor)} is on it.`,
    snoozed: `Snoozed${by} until ${until?.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    ordered: `Ordered${by}, due on ${due}.`,
    resolved: 'The stock has ended this shortage: there is nothing left to do.',
  }[status];
  return `<p>${availableQuantity} available when it was found, low at ${threshold}.</p><p><strong>${standing}</strong></p>`;
}

/** The button that does it, with what may be chosen. Nothing where there is nothing left to do. */
function form(action: LinkAction, { status }: AlertEvent): string {
  if (status === 'resolved') return '';
  const fields = {
    acknowledge: '',
    order: `<label>Goods are due on <input type="date" name="due" required min="${dayIn(0)}" max="${dayIn(AHEAD_DAYS_MAX)}" value="${dayIn(DUE_IN_DAYS)}"></label>`,
    snooze: `<label>Quiet for <select name="days">${SNOOZE_DAYS.map((days) => `<option value="${days}">${days === '1' ? 'a day' : `${days} days`}</option>`).join('')}</select></label>`,
  }[action];
  const button = { acknowledge: "I'm on it", order: 'Mark as ordered', snooze: 'Snooze' }[action];
  // Without an action of its own a form is sent to where it came from.
  return `<form method="post">${fields}<button>${button}</button></form>`;
}

const STYLE = `:root{color-scheme:light dark}body{max-width:30rem;margin:3rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color:light-dark(#1c1e1b,#e9ebec);background:light-dark(#f6f6f3,#131517)}h1{font-size:1.4rem;overflow-wrap:anywhere}form{display:grid;gap:1rem;justify-items:start}input,select,button{min-height:2.5rem;padding:0 .8rem;border:1px solid light-dark(#85877f,#767e86);border-radius:5px;font:inherit;color:inherit;background:light-dark(#fff,#1b1e21)}button{border-color:transparent;background:light-dark(#0f6b62,#5ec9ba);color:light-dark(#fff,#0c2522);font-weight:600}a{color:light-dark(#0f6b62,#5ec9ba)}`;

/** Nothing but that style, and a form to this service. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

function sendPage(res: Response, title: string, content: string): void {
  res
    .set('Content-Security-Policy', POLICY)
    .set('Cache-Control', 'no-store')
    // The address carries the signature. Told to nobody at all, a browser would send its form without an Origin.
    .set('Referrer-Policy', 'same-origin')
    .type('html')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${content}<p><a href="${basePathOf(res)}/#/alerts">All alerts</a></p></main></body></html>`,
    );
}

function dayIn(days: number): string {
  return dayOf(Date.now() + days * DAY_MS);
}
