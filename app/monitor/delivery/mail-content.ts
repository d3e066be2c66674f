import type { Alert } from '../../client/answers';
import type { MailContent } from './mailer';

/** An alert in a mail, with its product as it is when the mail is written. */
export interface MailedAlert {
  readonly alert: Pick<
    Alert,
    'alertID' | 'productID' | 'kind' | 'status' | 'availableQuantity' | 'threshold' | 'daysOfCover'
  >;
  readonly title: string;
  readonly sku: string | null;
  readonly availableQuantity: number;
  readonly daysOfCover: number | null;
  /** How many to order now. */
  readonly reorder: number;
  /** The page of the product. */
  readonly url: string;
  /** Links that do something about it; null where nothing signs them. */
  readonly links: Readonly<Record<'acknowledge' | 'order' | 'snooze', string>> | null;
}

/** A name in a subject, at most. */
const SUBJECT_NAME_MAX = 80;

const WORDS = { out: 'Out of stock', low: 'Low', cover: 'Runs out soon' } as const;
const COLOURS = { out: '#b3261e', low: '#8a4b00', cover: '#8a4b00' } as const;

/** The mail that tells of alerts: of one in its subject, of several by their number. */
export function mailContent(mailed: readonly MailedAlert[], pageUrl: string): MailContent {
  const subject = subjectOf(mailed);
  const text = [
    `${subject}.`,
    ...mailed.map(textOf),
    `All alerts: ${pageUrl}/#/alerts`,
    'You get this mail because somebody set your address in the inventory monitor.',
  ].join('\n\n');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escaped(subject)}</title></head><body style="margin:0;padding:24px 12px;background:#f6f6f3;font-family:system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;color:#1c1e1b"><table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;margin:0 auto"><tr><td style="padding:0 0 12px"><h1 style="margin:0;font-size:20px;line-height:1.3;overflow-wrap:anywhere">${escaped(subject)}</h1></td></tr>${mailed.map(rowOf).join('')}<tr><td style="padding:8px 0;font-size:13px;color:#575a54"><a href="${escaped(pageUrl)}/#/alerts" style="color:#0f6b62">All alerts</a><br>You get this mail because somebody set your address in the inventory monitor.</td></tr></table></body></html>`;
  return { subject, text, html };
}

function subjectOf(mailed: readonly MailedAlert[]): string {
  const [first] = mailed;
  if (mailed.length === 1 && first) return `${WORDS[first.alert.kind]}: ${oneLine(first.title)}`;
  const out = mailed.filter(({ alert }) => alert.kind === 'out').length;
  const low = mailed.length - out;
  if (out === 0) return `${low} products are low`;
  return low === 0 ? `${out} products are out of stock` : `${out} products are out, ${low} are low`;
}

/** What a header can hold: no control characters, no line ends, and not too much (RFC 5322, section 2.2). */
function oneLine(title: string): string {
  const line = title.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > SUBJECT_NAME_MAX
    ? `${characters.slice(0, SUBJECT_NAME_MAX - 1).join('')}…`
    : line;
}

function factsOf({ alert, availableQuantity, daysOfCover, reorder }: MailedAlert): string[] {
  return [
    `${availableQuantity} available, low at ${alert.threshold}`,
    ...(daysOfCover === null ? [] : [`${daysOfCover} days of cover`]),
    ...(reorder > 0 ? [`order ${reorder}`] : []),
    ...(alert.status === 'resolved' ? ['over again since'] : []),
  ];
}

function textOf(mailed: MailedAlert): string {
  const { alert, title, sku, url, links } = mailed;
  return [
    `${WORDS[alert.kind]}: ${oneLine(title)}${sku === null ? '' : ` (${oneLine(sku)})`}`,
    `  ${factsOf(mailed).join(' · ')}`,
    `  ${url}`,
    ...(links
      ? [
          `  Acknowledge: ${links.acknowledge}`,
          `  Ordered: ${links.order}`,
          `  Snooze: ${links.snooze}`,
        ]
      : []),
  ].join('\n');
}

function rowOf(mailed: MailedAlert): string {
  const { alert, title, sku, url, links } = mailed;
  const colour = COLOURS[alert.kind];
  const actions = links
    ? `<div style="padding-top:10px">${button(links.acknowledge, 'Acknowledge')}${button(links.order, 'Ordered')}${button(links.snooze, 'Snooze')}</div>`
    : '';
  return `<tr><td style="padding:0 0 12px"><table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;background:#ffffff;border:1px solid #e1e1dc;border-left:4px solid ${colour};border-radius:8px"><tr><td style="padding:14px 16px"><div style="font-size:13px;font-weight:600;color:${colour}">${WORDS[alert.kind]}</div><div style="font-size:17px;font-weight:600;overflow-wrap:anywhere"><a href="${escaped(url)}" style="color:#1c1e1b">${escaped(oneLine(title))}</a>${sku === null ? '' : ` <span style="font-size:13px;font-weight:400;color:#575a54">${escaped(oneLine(sku))}</span>`}</div><div style="color:#1c1e1b">${escaped(factsOf(mailed).join(' · '))}</div>${actions}</td></tr></table></td></tr>`;
}

function button(url: string, text: string): string {
  return `<a href="${escaped(url)}" style="display:inline-block;margin:0 8px 6px 0;padding:7px 14px;border:1px solid #85877f;border-radius:5px;color:#1c1e1b;font-weight:600;text-decoration:none">${text}</a>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}
