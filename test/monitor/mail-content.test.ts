import type { Email } from 'postal-mime';
import { mailContent } from '../../app/monitor/delivery/mail-content';
import type { MailedAlert } from '../../app/monitor/delivery/mailed-alert';
import { Mailer } from '../../app/monitor/delivery/mailer';
import { MONITOR_SETTINGS } from '../../app/monitor/settings';
import { readSettings } from '../../app/setting-table';
import { Mailbox } from './receivers';

const PAGE = 'https://shop.example';
const LINKS = {
  acknowledge: `${PAGE}/alerts/3/act?do=acknowledge&by=a`,
  order: `${PAGE}/alerts/3/act?do=order&by=a`,
  snooze: `${PAGE}/alerts/3/act?do=snooze&by=a`,
};

/** An alert of a cup that is low. */
function cup({
  alert = {},
  ...changes
}: Partial<Omit<MailedAlert, 'alert'>> & { alert?: Partial<MailedAlert['alert']> } = {}) {
  return {
    alert: { kind: 'low', status: 'open', threshold: 10, ...alert },
    title: 'Espresso Cup',
    sku: 'CUP-0002',
    availableQuantity: 9,
    daysOfCover: 16.8,
    reorder: 24,
    url: `${PAGE}/#/products/7`,
    links: LINKS,
    ...changes,
  } satisfies MailedAlert;
}

let mailbox: Mailbox;
let mailer: Mailer;
beforeAll(async () => {
  mailbox = new Mailbox();
  mailer = new Mailer(await mailbox.open(), 'Inventory <inventory@shop.example>');
});
afterAll(() => mailbox.close());

/** A mail as it came, and the headers of its first part as they stand in it. */
async function received(...mailed: MailedAlert[]): Promise<{ mail: Email; headers: string[] }> {
  await mailer.send('ann@shop.example', 'm-1', mailContent(mailed, PAGE));
  const [head = ''] = (mailbox.sources.at(-1) as string).split('\r\n\r\n');
  const headers = head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => line.split(':')[0] as string);
  return { mail: mailbox.mails.at(-1) as Email, headers };
}

const HEADERS = [
  'Auto-Submitted',
  'Content-Type',
  'Date',
  'From',
  'MIME-Version',
  'Message-ID',
  'Subject',
  'To',
];

const LONG = `${'Größe '.repeat(50)}`.trim();

test.each<[string, string, string]>([
  ['a line end and a header', 'Cup\r\nBcc: eve@x.example', 'Cup Bcc: eve@x.example'],
  ['an empty line and a body', 'Cup\n\n<b>hello</b>', 'Cup <b>hello</b>'],
  ['other line ends', 'Cup\u2028Cc: eve@x.example\u2029\u0085', 'Cup Cc: eve@x.example'],
  ['an encoded word', '=?utf-8?Q?Cup=0D=0ABcc:_eve@x.example?=', ''],
  ['markup', '</title><script>alert(1)</script>', ''],
  ['quotes', `" onmouseover='alert(1)' "`, ''],
  ['marks that turn it around', 'Cup \u202Egnp.exe\u2066', 'Cup  gnp.exe'],
  ['an emoji of several characters', 'Tasse 👩‍🚀☕️', ''],
  ['another script', 'كوب إسبريسو', ''],
  ['300 characters', LONG, ''],
])('a name with %s is a name, and nothing else', async (_what, title, shown) => {
  const name = shown || title;
  const { mail, headers } = await received(cup({ title }));
  expect(headers.toSorted()).toEqual(HEADERS);
  const characters = [...name.replaceAll('=?', '= ?')];
  const inSubject =
    characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : characters.join('');
  expect(mail.subject).toBe(`Low: ${inSubject}`);
  expect([mail.to, mail.cc, mail.bcc]).toEqual([
    [{ address: 'ann@shop.example', name: '' }],
    undefined,
    undefined,
  ]);
  expect(mail.text).toContain(`Low: ${name} (CUP-0002)\n`);
  const escaped = name.replace(/[<>"'&]/g, (mark) => ENTITIES[mark] as string);
  expect(mail.html).toContain(`>${escaped}</a>`);
  expect(tagsOf(mail)).toEqual(tagsOf((await received(cup())).mail));
});

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Every tag of a mail with the names of its attributes. */
function tagsOf({ html = '' }: Email): string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, ''));
}

test('a code with markup and line ends is escaped as well', async () => {
  const { mail } = await received(cup({ sku: '<i>\r\nX-Evil: 1' }));
  expect(mail.html).toContain('&lt;i&gt; X-Evil: 1</div>');
  expect(mail.text).toContain('Espresso Cup (<i> X-Evil: 1)');
});

test('text and HTML both name product, available, cover, what to order, and links', async () => {
  const { mail } = await received(cup());
  expect(mail.text).toBe(`Low: Espresso Cup.

Low: Espresso Cup (CUP-0002)
  Available: 9 · Low at: 10 · Lasts: 16.8 days · Order now: 24
  ${PAGE}/#/products/7
  I'm on it: ${LINKS.acknowledge}
  Ordered: ${LINKS.order}
  Snooze: ${LINKS.snooze}

All alerts: ${PAGE}/#/alerts

You get this mail because somebody set your address in the inventory monitor.
`);
  const shown = wordsOf(mail);
  expect(shown).toContain('Low Espresso Cup CUP-0002');
  expect(shown).toContain('Available 9 Low at 10 Lasts 16.8 days Order now 24');
  expect(shown).toContain("I'm on it Ordered Snooze");
  const urls = [...(mail.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
  expect(urls.map((url) => url?.replaceAll('&amp;', '&'))).toEqual([
    `${PAGE}/#/products/7`,
    LINKS.acknowledge,
    LINKS.order,
    LINKS.snooze,
    `${PAGE}/#/alerts`,
  ]);
  // A mail fetches nothing: who reads it is nobody's business.
  expect(mail.html).not.toMatch(/<img|<link|<script|@import|url\(|src=/i);
});

/** What a mail shows of its HTML. */
function wordsOf({ html = '' }: Email): string {
  const [, body = ''] = html.split('</head>');
  return body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

test('the mail leaves out what is not known or need not be done', async () => {
  const { mail } = await received(cup({ sku: null, daysOfCover: null, reorder: 0, links: null }));
  for (const said of [mail.text, wordsOf(mail)]) {
    expect(said).not.toMatch(/Lasts|Order|null|on it|Snooze/);
  }
  expect(mail.html).not.toContain('/act?');
});

const out = cup({ alert: { kind: 'out' }, title: 'Grinder' });
const runsOut = cup({ alert: { kind: 'cover' }, title: 'Beans' });
const over = cup({ alert: { status: 'resolved' }, title: 'Filter' });

test.each<[string, MailedAlert[]]>([
  ['Out of stock: Grinder', [out]],
  ['Low: Espresso Cup', [cup()]],
  ['Runs out soon: Beans', [runsOut]],
  ['No longer short: Filter', [over]],
  ['2 products are low', [cup(), cup()]],
  ['2 products run out soon', [runsOut, runsOut]],
  ['3 products: 1 is out of stock, 2 are low', [cup(), out, cup()]],
  ['3 products: 1 is low, 1 runs out soon, 1 is no longer short', [over, runsOut, cup()]],
])('the subject: %s', (subject, mailed) => {
  expect(mailContent(mailed, PAGE).subject).toBe(subject);
});

test('the mail says what somebody has done since', async () => {
  const { mail } = await received(cup({ alert: { status: 'ordered' } }));
  expect(mail.text).toContain('Order now: 24 · ordered already');
  expect(wordsOf(mail)).toContain('Low ordered already Espresso Cup');
});

test.each([
  ['MAIL_TO', 'ann@shop.example\r\nBcc: eve@x.example'],
  ['MAIL_TO', 'Ann <ann@shop.example>'],
  ['MAIL_TO', 'ann@shop.example;eve@x.example'],
  ['MAIL_TO', 'ann@shop.example eve@x.example'],
  ['MAIL_TO', 'friends:ann@shop.example'],
  ['MAIL_TO', '"a b"@shop.example'],
  ['MAIL_TO_BY_PRODUCT', '7=ann@shop.example\nBcc:eve@x.example'],
])('%s cannot be %p', (name, value) => {
  expect(() => readSettings(MONITOR_SETTINGS, { [name]: value })).toThrow(name);
});
