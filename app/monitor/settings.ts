import {
  ACCESS_SETTING,
  INSTANCE_ID_SETTING,
  logFormat,
  logLevel,
  MONITOR_KEY_FILE_SETTING,
  MONITOR_KEY_SETTING,
  publicUrl,
} from '../config';
import { RECIPIENTS_MAX } from '../ledger/alert';
import { QUANTITY_MAX } from '../ledger/quantity';
import {
  flag,
  httpUrl,
  integer,
  type Setting,
  type Settings,
  setting,
  signingSecret,
} from '../setting-table';
import {
  addresses,
  addressesByProduct,
  sender,
  smtpUrl,
  webhookSecret,
  webhookUrls,
} from './setting-types';

/** Every setting of the monitor. `.env.example` lists them all; a test compares it with this table. */
export const MONITOR_SETTINGS = {
  apiUrl: setting('API_URL', httpUrl, 'http://127.0.0.1:5000', 'Where the service answers.'),
  access: ACCESS_SETTING,
  monitorKey: MONITOR_KEY_SETTING,
  monitorKeyFile: MONITOR_KEY_FILE_SETTING,
  instanceID: INSTANCE_ID_SETTING,
  publicUrl,
  linkSecret: setting(
    'LINK_SECRET',
    signingSecret.optional(),
    undefined,
    'Signs the links in alert mails; without it mails have no links. Service and monitor need the same value. If it is set, the service accepts findings and deliveries from its monitor only.',
    { isSecret: true },
  ),
  monitorPort: setting(
    'MONITOR_PORT',
    integer(0, 65_535),
    '0',
    'Port of this machine on which the monitor answers /healthz; 0 for none.',
  ),
  linkDays: setting(
    'LINK_DAYS',
    integer(1, 90),
    '7',
    'How many days the links in mails are valid.',
  ),
  logLevel: setting('LOG_LEVEL', logLevel, 'info', 'Lowest level that is logged.'),
  logFormat,
  threshold: setting(
    'LOW_STOCK_THRESHOLD',
    integer(0, QUANTITY_MAX),
    '5',
    'A product without a reorder point is low at this many units or fewer.',
  ),
  clearPercent: setting(
    'CLEAR_PERCENT',
    integer(0, 1_000),
    '20',
    'By how many percent the stock must exceed the threshold to end the alert; at least by one unit.',
  ),
  clearUnits: setting(
    'CLEAR_UNITS',
    integer(1, 1_000_000),
    '3',
    'By how many units it must exceed the threshold at least, unless the product was out. A return or recount moves stock by one or two.',
  ),
  clearHours: setting(
    'CLEAR_HOURS',
    integer(0, 720),
    '24',
    'The alert also ends if the stock has been above the threshold, and unchanged, for this many hours.',
  ),
  coverDays: setting(
    'COVER_DAYS',
    integer(0, 365),
    '0',
    'Also alert if the stock lasts for fewer days than this; 0 for never.',
  ),
  smtpUrl: setting(
    'SMTP_URL',
    smtpUrl.optional(),
    undefined,
    'Mail server, as smtp://user:password@host:port or smtps://…. Without it no mail is sent.',
    { isSecret: true },
  ),
  mailFrom: setting('MAIL_FROM', sender, 'Inventory <inventory@localhost>', 'Sender of the mails.'),
  mailTo: setting(
    'MAIL_TO',
    addresses,
    '',
    'Recipients of mail about every alert, separated by commas.',
  ),
  mailToByProduct: setting(
    'MAIL_TO_BY_PRODUCT',
    addressesByProduct,
    '',
    'Further recipients for single products, such as 7=ann@shop.example,bob@shop.example;12=bob@shop.example.',
  ),
  digestMinutes: setting(
    'DIGEST_MINUTES',
    integer(0, 10_080),
    '60',
    'How often one mail reports everything that is low; 0 for a mail at once. Products that are out of stock are always reported at once.',
  ),
  webhookUrls: setting(
    'WEBHOOK_URLS',
    webhookUrls,
    '',
    'URLs that get an HTTP POST for every alert event, separated by commas. They are secrets: everything else shows only their host.',
    { isSecret: true },
  ),
  webhookSecret: setting(
    'WEBHOOK_SECRET',
    webhookSecret.optional(),
    undefined,
    'Signs the webhooks as Standard Webhooks: whsec_ and base64.',
    { isSecret: true },
  ),
  webhookAllowPrivate: setting(
    'WEBHOOK_ALLOW_PRIVATE',
    flag,
    'false',
    'Whether webhooks may go to private networks and to this machine.',
  ),
  deliveryTries: setting(
    'DELIVERY_TRIES',
    integer(1, 100),
    '12',
    'How often a message is tried before it is given up.',
  ),
  deliveriesLimit: setting(
    'DELIVERIES_LIMIT',
    integer(1, 1_000_000),
    '10000',
    'Deliveries that may wait to be sent. Beyond it the newest that are due are given up, and their alerts say so. Each takes about 1 kB, and all are read every two seconds.',
  ),
} as const satisfies Record<string, Setting>;

/** The settings of one monitor. */
export type MonitorSettings = Settings<typeof MONITOR_SETTINGS>;

/** Faults of settings that do not fit each other, one line each. */
export function misfits(settings: MonitorSettings): string[] {
  const { access, monitorKey, webhookUrls, webhookSecret, mailTo, mailToByProduct } = settings;
  const faults: string[] = [];
  if (access === 'keys' && monitorKey === undefined) {
    faults.push(
      'MONITOR_KEY is required with ACCESS=keys: set the same in the service and its monitor, as openssl rand -hex 32 prints',
    );
  }
  if (webhookUrls.length > 0 && webhookSecret === undefined) {
    faults.push(
      'WEBHOOK_SECRET is required with WEBHOOK_URLS: whsec_ and 24 to 64 random bytes in base64',
    );
  }
  const people = [[], ...mailToByProduct.values()].map((own) => new Set([...mailTo, ...own]).size);
  if (Math.max(...people) + webhookUrls.length > RECIPIENTS_MAX) {
    faults.push(
      `MAIL_TO, MAIL_TO_BY_PRODUCT and WEBHOOK_URLS may have ${RECIPIENTS_MAX} recipients together for one product: use a mailing list`,
    );
  }
  return faults;
}
