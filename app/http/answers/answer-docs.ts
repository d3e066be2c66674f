import { z } from 'zod';
import { ALERT_KINDS, ALERT_STATUSES } from '../../ledger/alert';
import { CHANNELS, DELIVERY_STATUSES } from '../../ledger/delivery';
import { REASONS } from '../../ledger/reason';
import { annotationAnswers } from '../fields/annotations';

/** One answer that an operation may give when nothing is wrong, for the documentation. */
export interface AnswerDoc {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Its media type, where that is not JSON. */
  readonly type?: string;
  /** Further media types that Accept may ask for. */
  readonly also?: readonly string[];
  readonly example?: unknown;
}

/** The schemas of answers. The documentation is made from them, and a test holds real answers to it. */

const time = z.iso.datetime();
const count = z.int().min(0);
const mark = z.string().meta({
  description: 'Together with the number it makes the entity tag, such as "231-h5x2k1"',
});
const money = z.number();

export const latestRecord = z.strictObject({
  record: z.int().min(1),
  productID: z.int().min(1),
  availableQuantity: count,
  recordedAt: time,
});

/** A record as the answer to the request that made it. */
export const acceptedRecord = latestRecord.extend({
  reason: z.enum(REASONS).optional(),
  quantityChange: z.int().optional(),
  quantity: z.int().optional(),
  unitPrice: money.optional(),
  saleRecord: z.int().optional(),
  ...annotationAnswers,
});

/** A record with all of its fields. */
export const recordAnswer = acceptedRecord.extend({
  reason: z.enum(REASONS),
  mark: mark.optional().meta({ description: 'With marks=true' }),
});

export const stockLine = z.strictObject({ productID: z.int().min(1), availableQuantity: count });

const sold = {
  unitsSold: z.int(),
  revenue: money.optional().meta({ description: 'Only if any price is known' }),
  unitsPriced: z
    .int()
    .optional()
    .meta({ description: 'The units whose price is known, if not all are' }),
};
export const sellerAnswer = z.strictObject({ productID: z.int().min(1), ...sold });
export const dayAnswer = z.strictObject({ day: z.iso.date(), ...sold });

export const problemAnswer = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});

export const productAnswer = z.strictObject({
  productID: z.int().min(1),
  name: z.string(),
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  image: z.string().nullable(),
  price: money.nullable(),
  reorderPoint: count.nullable(),
  reorderQuantity: count.nullable(),
  retired: z.literal(true).optional(),
  revision: z.int().min(1),
  revisedAt: time,
});

export const explanationAnswer = z.strictObject({
  productID: z.int(),
  asOf: z.int().meta({ description: 'The record as of which this is exact' }),
  availableQuantity: z.int(),
  count: recordAnswer
    .nullable()
    .meta({ description: 'The last count; null if the product was never counted' }),
  expectedQuantity: z
    .int()
    .nullable()
    .meta({ description: 'The quantity before that count; null if there was no record before it' }),
  difference: z
    .int()
    .nullable()
    .meta({ description: 'How many more the count found; negative if units were missing' }),
  movements: z
    .array(z.strictObject({ reason: z.enum(REASONS), records: z.int(), quantityChange: z.int() }))
    .meta({ description: 'The changes since that count, by reason' }),
});

export const outlookAnswer = z.strictObject({
  productID: z.int(),
  availableQuantity: z
    .int()
    .nullable()
    .meta({ description: 'Null if the product was never counted' }),
  days: z
    .int()
    .meta({ description: 'The window of the average: so many whole UTC days, up to yesterday' }),
  unitsSold: z.int(),
  unitsPerDay: z.number(),
  daysOfCover: z.number().nullable().meta({
    description:
      'How many days the stock lasts at that rate; null if nothing was sold, or the product was never counted',
  }),
  reorderPoint: z.int().nullable(),
  reorderQuantity: z.int().nullable(),
  low: z.boolean().meta({
    description:
      'Whether the product is at or below its reorder point, or has one and was never counted',
  }),
  ordered: z
    .strictObject({
      due: z.iso.date().meta({ description: 'The day (UTC) on which the goods are due' }),
      note: z.string().nullable(),
    })
    .nullable()
    .meta({
      description: 'From its alert; null if it is not ordered, or the due day is over',
    }),
  reorder: z.int().meta({ description: 'How many to order now; 0 if it is ordered already' }),
});

export const lineFault = z.strictObject({
  line: z.int().min(1).meta({ description: 'The row, as a spreadsheet numbers it' }),
  column: z.string().nullable().meta({
    description: 'The name of the column in the file; null if the fault is about the whole line',
  }),
  detail: z.string(),
  value: z.string().nullable().meta({ description: 'The content of the cell' }),
});

/** A product with its stock and its recent sales. Fields are null if it has no record, or the catalogue has no value. */
export const overviewProduct = productAnswer
  .omit({ image: true, revision: true, revisedAt: true })
  .extend({
    name: z
      .string()
      .nullable()
      .meta({ description: 'Null if the product is not in the catalogue' }),
    availableQuantity: count.nullable(),
    record: z.int().min(1).nullable().meta({ description: 'Its latest record' }),
    mark: mark.nullable(),
    recordedAt: time.nullable(),
    unitsSold: z.array(z.int()).meta({
      description: 'By day, today last, less what was returned; empty if nothing was sold',
    }),
  });

export const overviewAnswer = z.strictObject({
  asOf: z.int().meta({ description: 'The record as of which availableQuantity is exact' }),
  salesAsOf: z.int().meta({
    description:
      'The record as of which unitsSold is exact: a client that follows /records goes on after it',
  }),
  revision: z.int().meta({ description: "The catalogue's last revision" }),
  today: z.iso.date().meta({ description: 'The UTC day of the last entry of unitsSold' }),
  products: z.array(overviewProduct),
});

/** The state of a delivery of an alert. */
export const deliveryAnswer = z.strictObject({
  delivery: z.string().meta({ description: 'Its name, such as 12.1' }),
  event: z.int().min(1).meta({ description: 'The alert event that it sends' }),
  alertID: z.int().min(1),
  channel: z.enum(CHANNELS),
  target: z.string().meta({
    description:
      'A mail address, or the label of a webhook: its host and a mark, because its URL is a secret',
  }),
  status: z.enum(DELIVERY_STATUSES),
  tries: z.int(),
  messageID: z.string().nullable().meta({ description: 'The same in every try' }),
  notBefore: time.nullable().meta({ description: 'No try before this; null if it is finished' }),
  error: z.string().nullable().meta({ description: 'Why the last try failed' }),
  recordedAt: time,
});

/** An event in the life of an alert. */
export const alertEvent = z.strictObject({
  event: z.int().min(1).meta({ description: 'Position in the history of all alerts' }),
  mark,
  alertID: z.int().min(1).meta({ description: 'The number of the event that opened the alert' }),
  productID: z.int().min(1),
  status: z.enum(ALERT_STATUSES),
  kind: z
    .enum(ALERT_KINDS)
    .meta({ description: 'The most urgent kind that this shortage has had' }),
  record: z.int().meta({ description: 'The record as of which the monitor found it' }),
  revision: z
    .int()
    .meta({ description: 'The revision of the catalogue as of which the monitor found it' }),
  availableQuantity: count,
  threshold: count.meta({ description: 'The product is low at so many, or fewer' }),
  daysOfCover: z.number().nullable(),
  until: time.nullable().meta({ description: 'Snoozed until' }),
  due: z.iso.date().nullable().meta({ description: 'The day on which ordered goods are due' }),
  actor: z.string().nullable().meta({ description: 'Who made this event; null for the monitor' }),
  note: z.string().nullable(),
  openedAt: time,
  recordedAt: time,
});

/** An alert: its latest event and its deliveries. */
export const alertAnswer = alertEvent.extend({
  name: z
    .string()
    .nullable()
    .meta({ description: 'The name of the product; null if it is not in the catalogue' }),
  deliveries: z.array(deliveryAnswer),
});

const alertsOfKinds = z.strictObject({ cover: count, low: count, out: count });

/** How many alerts there are, by status and kind. */
export const alertsSummaryAnswer = z.strictObject({
  event: count.meta({ description: 'The last event in the history of all alerts; 0 for none' }),
  open: alertsOfKinds,
  acknowledged: alertsOfKinds,
  snoozed: alertsOfKinds,
  ordered: alertsOfKinds,
});

export const recorded: AnswerDoc = { description: 'Recorded.', schema: acceptedRecord };
export const unchanged: AnswerDoc = {
  description: 'Unchanged: the client has the current answer.',
};
