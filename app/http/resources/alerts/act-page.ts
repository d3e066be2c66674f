import { createHash } from 'node:crypto';
import escapeHtml from 'escape-html';
import type { Response } from 'express';
import { AHEAD_DAYS_MAX, type AlertEvent } from '../../../ledger/alert';
import type { Calendar } from '../../../ledger/calendar';
import type { LinkAction } from '../../../wire/alert-link';
import { DUE_IN_DAYS, dueIn, SNOOZE_DAYS } from '../../../wire/handling-choices';
import { basePathOf } from '../../answers/base-path';

/** What the page says of an alert. */
export function alertText(alert: AlertEvent, calendar: Calendar): string {
  const { transferID, availableQuantity, threshold, status, handledBy, until, due } = alert;
  const by = handledBy === null ? '' : ` by ${escapeHtml(handledBy)}`;
  const standing = {
    open: 'Not handled yet.',
    acknowledged: `${handledBy === null ? 'Somebody' : escapeHtml(handledBy)} is on it.`,
    snoozed: `Snoozed${by} until ${until && calendar.shownAt(until)} ${calendar.timeZone}.`,
    ordered: `Ordered${by}, due on ${due}.`,
    resolved:
      transferID === 0
        ? 'The stock has ended this shortage: nothing is left to do.'
        : 'The transfer is closed: nothing is left to do.',
  }[status];
  const found =
    transferID === 0
      ? `${availableQuantity} available when it was found, low at ${threshold}.`
      : 'It had not arrived when it was expected.';
  return `<p>${found}</p><p><strong>${standing}</strong></p>`;
}

/** The form of an action: its fields and its button. Empty if the alert is resolved. */
export function actionForm(action: LinkAction, { status }: AlertEvent, today: string): string {
  if (status === 'resolved') return '';
  const fields = {
    acknowledge: '',
    order: `<label>Goods are due on <input type="date" name="due" required min="${today}" max="${dueIn(AHEAD_DAYS_MAX, today)}" value="${dueIn(DUE_IN_DAYS, today)}"></label>`,
    snooze: `<label>Quiet for <select name="days">${SNOOZE_DAYS.map((days) => `<option value="${days}">${days === '1' ? 'a day' : `${days} days`}</option>`).join('')}</select></label>`,
  }[action];
  const button = { acknowledge: "I'm on it", order: 'Mark as ordered', snooze: 'Snooze' }[action];
  // A form without an action is sent to the URL of its page.
  return `<form method="post">${fields}<button>${button}</button></form>`;
}

/** In light or dark, as the browser prefers. */
const STYLE = `:root{color-scheme:light dark}body{max-width:30rem;margin:3rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color:light-dark(#1c1e1b,#e9ebec);background:light-dark(#f6f6f3,#131517)}h1{font-size:1.4rem;overflow-wrap:anywhere}form{display:grid;gap:1rem;justify-items:start}input,select,button{min-height:2.5rem;padding:0 .8rem;border:1px solid light-dark(#85877f,#767e86);border-radius:5px;font:inherit;color:inherit;background:light-dark(#fff,#1b1e21)}button{border-color:transparent;background:light-dark(#0f6b62,#5ec9ba);color:light-dark(#fff,#0c2522);font-weight:600}a{color:light-dark(#0f6b62,#5ec9ba)}`;

/** Allows that style and a form to this service, and nothing else. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** Answers with the page of one alert. @param content as HTML */
export function sendPage(res: Response, title: string, content: string): void {
  res
    .set('Content-Security-Policy', POLICY)
    .set('Cache-Control', 'no-store')
    // The URL has the signature, so other sites must not see it. With no-referrer, browsers send the form without an Origin.
    .set('Referrer-Policy', 'same-origin')
    .type('html')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${content}<p><a href="${basePathOf(res)}/#/alerts">All alerts</a></p></main></body></html>`,
    );
}
