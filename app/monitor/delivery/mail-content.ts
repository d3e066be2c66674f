import { htmlOf } from './mail-html';
import {
  doneOf,
  FOOTNOTE,
  factsOf,
  isOfTransfer,
  oneLine,
  STATES,
  stateOf,
  WORDS,
} from './mail-words';
import type { MailedAlert } from './mailed-alert';
import type { MailContent } from './mailer';

/** The longest name in a subject. */
const SUBJECT_NAME_MAX = 80;

/** The mail about one or more alerts. Its subject names what a single alert is about, or says how many there are. */
export function mailContent(mailed: readonly MailedAlert[], pageUrl: string): MailContent {
  const subject = subjectOf(mailed);
  const alertsUrl = `${pageUrl}/#/alerts`;
  const text = [`${subject}.`, ...mailed.map(textOf), `All alerts: ${alertsUrl}`, FOOTNOTE];
  return { subject, text: text.join('\n\n'), html: htmlOf(subject, mailed, alertsUrl) };
}

function subjectOf(mailed: readonly MailedAlert[]): string {
  const [first] = mailed;
  if (mailed.length === 1 && first) {
    return `${WORDS[stateOf(first)].label}: ${inSubject(first.title)}`;
  }
  const counts = STATES.map((state) => ({
    ...WORDS[state],
    count: mailed.filter((one) => stateOf(one) === state).length,
  })).filter(({ count }) => count > 0);
  const [only] = counts;
  const things = thingsOf(mailed);
  if (counts.length === 1 && only) return `${only.count} ${things} ${only.some}`;
  const parts = counts.map(({ count, some, one }) => `${count} ${count === 1 ? one : some}`);
  return `${mailed.length} ${things}: ${parts.join(', ')}`;
}

/** What several alerts are about, in a word. */
function thingsOf(mailed: readonly MailedAlert[]): string {
  if (mailed.every(isOfTransfer)) return 'transfers';
  return mailed.some(isOfTransfer) ? 'alerts' : 'products';
}

/** A name for a subject: not too long, and with nothing that would be decoded (RFC 2047, section 2). */
function inSubject(title: string): string {
  const characters = [...oneLine(title).replaceAll('=?', '= ?')];
  return characters.length > SUBJECT_NAME_MAX
    ? `${characters.slice(0, SUBJECT_NAME_MAX - 1).join('')}…`
    : characters.join('');
}

function textOf(mailed: MailedAlert): string {
  const { title, sku, url, links } = mailed;
  const facts = factsOf(mailed).map(([name, value]) => `${name}: ${oneLine(value)}`);
  const done = doneOf(mailed);
  const lines = [
    [...facts, ...(done === undefined ? [] : [done])].join(' · '),
    url,
    ...(links
      ? [
          `I'm on it: ${links.acknowledge}`,
          ...(links.order ? [`Ordered: ${links.order}`] : []),
          `Snooze: ${links.snooze}`,
        ]
      : []),
  ];
  const heading = `${WORDS[stateOf(mailed)].label}: ${oneLine(title)}${sku === null ? '' : ` (${oneLine(sku)})`}`;
  return [heading, ...lines.map((line) => `  ${line}`)].join('\n');
}
