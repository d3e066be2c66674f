import escapeHtml from 'escape-html';
import { doneOf, FOOTNOTE, factsOf, oneLine, type State, stateOf, WORDS } from './mail-words';
import type { MailedAlert } from './mailed-alert';

const FONT = `font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif`;

/** The text and background colours of each state, as on the page. */
const COLOURS: Record<State, { ink: string; ground: string }> = {
  out: { ink: '#b3261e', ground: '#fce8e6' },
  low: { ink: '#8a4b00', ground: '#fdf0da' },
  cover: { ink: '#8a4b00', ground: '#fdf0da' },
  'overdue-transfer': { ink: '#8a4b00', ground: '#fdf0da' },
  over: { ink: '#1d6f3c', ground: '#e3f3e8' },
  closed: { ink: '#1d6f3c', ground: '#e3f3e8' },
};

/**
 * The dark colours. Styles in the tags are the base, which every mail program supports. These replace them in programs
 * that support style sheets.
 */
const DARK_STYLE = `
      :root { color-scheme: light dark; supported-color-schemes: light dark; }
      @media (prefers-color-scheme: dark) {
        .page { background: #131517 !important; }
        .card { background: #1b1e21 !important; border-color: #2e3338 !important; }
        .text { color: #e9ebec !important; }
        .quiet { color: #a9b0b6 !important; }
        .link { color: #5ec9ba !important; }
        .button { border-color: #767e86 !important; }
        .out { color: #ff9389 !important; background: #3d1d1b !important; }
        .low, .cover, .overdue-transfer { color: #f0b35a !important; background: #372a14 !important; }
        .over, .closed { color: #6fcf8f !important; background: #17301f !important; }
        .card-out { border-left-color: #ff9389 !important; }
        .card-low, .card-cover, .card-overdue-transfer { border-left-color: #f0b35a !important; }
        .card-over, .card-closed { border-left-color: #6fcf8f !important; }
      }`;

/** The mail as HTML. It uses tables, which old programs need, and loads nothing. */
export function htmlOf(subject: string, mailed: readonly MailedAlert[], alertsUrl: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <title>${escapeHtml(subject)}</title>
    <style>${DARK_STYLE}
    </style>
  </head>
  <body class="page text" style="margin:0;padding:0;background:#f6f6f3;color:#1c1e1b;${FONT};font-size:15px;line-height:1.5">
    ${preview(mailed)}
    <div role="main">
      <table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f6f3">
        <tr>
          <td align="center" style="padding:24px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;text-align:left">
              ${heading(subject)}
              ${mailed.map(card).join('')}
              ${foot(alertsUrl)}
            </table>
          </td>
        </tr>
      </table>
    </div>
  </body>
</html>
`;
}

/** The preview text, which a mailbox shows beside the subject. The mail itself hides it. */
function preview(mailed: readonly MailedAlert[]): string {
  const [first] = mailed;
  const said =
    mailed.length === 1 && first
      ? factsOf(first).map(([name, value]) => `${name}: ${oneLine(value)}`)
      : mailed.slice(0, 10).map(({ title }) => oneLine(title));
  return `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(said.join(' · '))}</div>`;
}

function heading(subject: string): string {
  return `
            <tr>
              <td style="padding:0 0 16px">
                <h1 class="text" style="margin:0;font-size:20px;line-height:1.3;color:#1c1e1b;overflow-wrap:anywhere">${escapeHtml(subject)}</h1>
              </td>
            </tr>`;
}

function card(mailed: MailedAlert): string {
  const state = stateOf(mailed);
  const { ink } = COLOURS[state];
  return `
            <tr>
              <td style="padding:0 0 12px">
                <table class="card card-${state}" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#ffffff;border:1px solid #e1e1dc;border-left:4px solid ${ink};border-radius:8px">
                  <tr>
                    <td style="padding:14px 16px">
                      ${badge(state, doneOf(mailed))}
                      ${product(mailed)}
                      ${facts(mailed)}
                      ${actions(mailed)}
                    </td>
                  </tr>
                </table>
              </td>
            </tr>`;
}

function badge(state: State, done: string | undefined): string {
  const { ink, ground } = COLOURS[state];
  const since =
    done === undefined ? '' : ` <span class="quiet" style="color:#575a54">${done}</span>`;
  return `<div style="font-size:13px">
                        <span class="${state}" style="display:inline-block;padding:1px 9px;border-radius:99px;background:${ground};color:${ink};font-weight:600">${WORDS[state].label}</span>${since}
                      </div>`;
}

function product({ title, sku, url }: MailedAlert): string {
  const code =
    sku === null
      ? ''
      : `<div class="quiet" style="font-size:13px;color:#575a54;overflow-wrap:anywhere">${escapeHtml(oneLine(sku))}</div>`;
  return `<h2 style="margin:6px 0 0;font-size:17px;line-height:1.35;font-weight:600;overflow-wrap:anywhere">
                        <a class="text" href="${escapeHtml(url)}" style="color:#1c1e1b;text-decoration:underline">${escapeHtml(oneLine(title))}</a>
                      </h2>
                      ${code}`;
}

/** As many beside each other as fit: four on a desktop, two on a phone. */
function facts(mailed: MailedAlert): string {
  const cells = factsOf(mailed).map(
    ([name, value]) => `
                        <div style="display:inline-block;width:128px;padding:10px 0 0;vertical-align:top">
                          <div class="quiet" style="font-size:13px;color:#575a54">${name}</div>
                          <div class="text" style="font-size:17px;line-height:1.35;font-weight:600;color:#1c1e1b;overflow-wrap:anywhere">${escapeHtml(oneLine(value))}</div>
                        </div>`,
  );
  return cells.join('').trim();
}

function actions({ links }: MailedAlert): string {
  if (!links) return '';
  return `<div style="padding:14px 0 0">
                        ${button(links.acknowledge, "I'm on it")}
                        ${links.order ? button(links.order, 'Ordered') : ''}
                        ${button(links.snooze, 'Snooze')}
                      </div>`;
}

function button(url: string, text: string): string {
  return `<a class="text button" href="${escapeHtml(url)}" style="display:inline-block;margin:0 4px 4px 0;padding:8px 9px;border:1px solid #85877f;border-radius:6px;color:#1c1e1b;font-size:13px;font-weight:600;text-decoration:none">${text}</a>`;
}

function foot(alertsUrl: string): string {
  return `
            <tr>
              <td class="quiet" style="padding:8px 0 0;font-size:13px;color:#575a54">
                <a class="link" href="${escapeHtml(alertsUrl)}" style="color:#0f6b62">All alerts</a><br>
                ${FOOTNOTE}
              </td>
            </tr>`;
}
