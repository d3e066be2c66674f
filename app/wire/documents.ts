import { z } from 'zod';
import { count, time } from './fields';
import { recordAnswer } from './records';

const locationID = z.int().min(1);
const reference = z.string().optional();
const recordNumbers = z.array(z.int().min(1));

/** Units of a product that a hold sets aside at a location. */
const heldLine = z.strictObject({
  productID: z.int().min(1),
  locationID,
  quantity: z.int().min(1),
  soldQuantity: z.int().min(1).optional().meta({ description: 'Units of these that were sold' }),
});

/** A hold, as it is, or as it was after a change. */
export const holdAnswer = z.strictObject({
  holdID: z.string(),
  status: z.enum(['open', 'sold', 'released', 'expired']),
  expiresAt: time,
  reference,
  lines: z.array(heldLine),
  recordedAt: time.meta({ description: 'When it was made, or last changed' }),
  records: recordNumbers.meta({ description: 'The records of its last change' }),
});

/** A hold with every record of its life. */
export const holdWithLife = holdAnswer.extend({ records: z.array(recordAnswer) });

/** What became of the units of a product that were sent. */
const sentLine = z.strictObject({
  productID: z.int().min(1),
  quantity: z.int().min(1).meta({ description: 'Units sent' }),
  received: count,
  damaged: count,
  returned: count,
  lost: count,
  outstanding: count.meta({ description: 'Units on their way' }),
});

/** A transfer, as it is, or as it was after a change. */
export const transferAnswer = z.strictObject({
  transferID: z.int().min(1),
  status: z.enum(['open', 'closed']),
  from: locationID,
  to: locationID,
  expectedAt: time.optional(),
  overdue: z.literal(true).optional().meta({ description: 'It should have arrived by now' }),
  reference,
  note: z.string().optional(),
  lines: z.array(sentLine),
  recordedAt: time.meta({ description: 'When it was sent, or last changed' }),
  records: recordNumbers.meta({ description: 'The records of its last change' }),
});

/** A transfer with every record of its life. */
export const transferWithLife = transferAnswer.extend({ records: z.array(recordAnswer) });

export type HoldAnswer = z.infer<typeof holdAnswer>;
export type TransferAnswer = z.infer<typeof transferAnswer>;
