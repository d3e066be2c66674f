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

/** The answers in schemas: for the documentation, which a test holds real answers to. */

const time = z.iso.datetime();
const count = z.int().min(0);
const mark = z.string().meta({
  description: 'With the number before it, it is the entity tag: "231-h5x2k1"',
});
const money = z.number();

export const latestRecord = z.strictObject({
  record: z.int().min(1),
  productID: z.int().min(1),
  availableQuantity: count,
  recordedAt: time,
});

/** A record as the answer to the one who asked for it. */
export const acceptedRecord = latestRecord.extend({
  reason: z.enum(REASONS).optional(),
  quantityChange: z.int().optional(),
  quantity: z.int().optional(),
  unitPrice: money.optional(),
  saleRecord: z.int().optional(),
  ...annotationAnswers,
});

/** A record with all that it says. */
export const recordAnswer = acceptedRecord.extend({
  reason: z.enum(REASONS),
  mark: mark.optional().meta({ description: 'With marks=true' }),
});

export const stockLine = z.strictObject({ productID: z.int().min(1), availableQuantity: count });

const sold = {
  unitsSold: z.int(),
  revenue: money.optional().meta({ description: 'Where any price is known' }),
  unitsPriced: z
    .int()
    .optional()
    .meta({ description: 'The units that the revenue is for, where those are not all' }),
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
  asOf: z.int().meta({ description: 'The record that this is exact as of' }),
  availableQuantity: z.int(),
  count: recordAnswer
    .nullable()
    .meta({ description: 'The last count; null where it was never counted' }),
  expectedQuantity: z
    .int()
    .nullable()
    .meta({ description: 'What the ledger had before that count; null where it had nothing' }),
  difference: z
    .int()
    .nullable()
    .meta({ description: 'What the count found beyond that; negative where units were missing' }),
  movements: z
    .array(z.strictObject({ reason: z.enum(REASONS), records: z.int(), quantityChange: z.int() }))
    .meta({ description: 'What has moved since, by reason' }),
});

export const outlookAnswer = z.strictObject({
  productID: z.int(),
  availableQuantity: z.int().nullable().meta({ description: 'Null where it was never counted' }),
  days: z.int().meta({ description: 'The window: as many whole UTC days up to yesterday' }),
  unitsSold: z.int(),
  unitsPerDay: z.number(),
  daysOfCover: z.number().nullable().meta({
    description:
      'How long it lasts at that rate; null where nothing was sold, or it was never counted',
  }),
  reorderPoint: z.int().nullable(),
  reorderQuantity: z.int().nullable(),
  low: z.boolean().meta({
    description: 'Whether it is at or below its reorder point, or has one and was never counted',
  }),
  ordered: z
    .strictObject({
      due: z.iso.date().meta({ description: 'The day (UTC) on which the goods are due' }),
      note: z.string().nullable(),
    })
    .nullable()
    .meta({
      description: 'As its alert says; null where it is not ordered, or its day is over',
    }),
  reorder: z.int().meta({ description: 'How many to order now; 0 where it is ordered already' }),
});

export const lineFault = z.strictObject({
  line: z.int().min(1).meta({ description: 'The row, as a spreadsheet numbers it' }),
  column: z.string().nullable().meta({
    description: 'As the file calls it; null where it is about the whole line',
  }),
  detail: z.string(),
  value: z.string().nullable().meta({ description: 'What stands there' }),
});

/** A product at a glance; null where it has no record yet, or the catalogue does not say. */
export const overviewProduct = productAnswer
  .omit({ image: true, revision: true, revisedAt: true })
  .extend({
    name: z.string().nullable().meta({ description: 'Null where the catalogue does not have it' }),
    availableQuantity: count.nullable(),
    record: z.int().min(1).nullable().meta({ description: 'Its latest record' }),
    mark: mark.nullable(),
    recordedAt: time.nullable(),
    unitsSold: z.array(z.int()).meta({
      description: 'By day, today last, less what was returned; empty where nothing was sold',
    }),
  });

export const overviewAnswer = z.strictObject({
  asOf: z.int().meta({ description: 'The record that availableQuantity is exact as of' }),
  salesAsOf: z.int().meta({
    description:
      'The record that unitsSold is exact as of: a follower of /records goes on after it',
  }),
  revision: z.int().meta({ description: "The catalogue's last revision" }),
  today: z.iso.date().meta({ description: 'The UTC day that the last of unitsSold is for' }),
  products: z.array(overviewProduct),
});

/** How telling somebody of an alert stands. */
export const deliveryAnswer = z.strictObject({
  delivery: z.string().meta({ description: 'Its name, such as 12.1' }),
  event: z.int().min(1).meta({ description: 'The event that it tells of' }),
  alertID: z.int().min(1),
  channel: z.enum(CHANNELS),
  target: z.string().meta({
    description:
      'A mail address, or the label of a webhook: its host and a mark, as its URL is a secret',
  }),
  status: z.enum(DELIVERY_STATUSES),
  tries: z.int(),
  messageID: z.string().nullable().meta({ description: 'The same in every try' }),
  notBefore: time.nullable().meta({ description: 'No try before this; null at its end' }),
  error: z.string().nullable().meta({ description: 'Why the last try failed' }),
  recordedAt: time,
});

/** An event in the life of an alert. */
export const alertEvent = z.strictObject({
  event: z.int().min(1).meta({ description: 'Position in the history of all alerts' }),
  mark,
  alertID: z.int().min(1).meta({ description: 'The event that opened the alert' }),
  productID: z.int().min(1),
  status: z.enum(ALERT_STATUSES),
  kind: z.enum(ALERT_KINDS).meta({ description: 'The loudest that this shortage has been' }),
  record: z.int().meta({ description: 'The record as of which it was found so' }),
  revision: z.int().meta({ description: 'The revision of the catalogue as of which it was' }),
  availableQuantity: count,
  threshold: count.meta({ description: 'Low at this many available, or fewer' }),
  daysOfCover: z.number().nullable(),
  until: time.nullable().meta({ description: 'Snoozed until' }),
  due: z.iso.date().nullable().meta({ description: 'Ordered, and due on this day' }),
  actor: z.string().nullable().meta({ description: 'Who did it; null for the monitor' }),
  note: z.string().nullable(),
  openedAt: time,
  recordedAt: time,
});

/** An alert: its latest event, and who was told of it. */
export const alertAnswer = alertEvent.extend({
  name: z.string().nullable().meta({ description: 'Of the product, where the catalogue has it' }),
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
export const unchanged: AnswerDoc = { description: 'It is as the client has it.' };
