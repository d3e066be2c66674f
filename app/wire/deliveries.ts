import { z } from 'zod';
import {
  CHANNELS,
  DELIVERY_STATUSES,
  type Claim as LedgerClaim,
  type DeliveryOutcome as LedgerOutcome,
} from '../ledger/delivery';
import { time } from './fields';

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

/** The deliveries that the monitor claims, to send them in one message. */
export interface Claim extends Pick<LedgerClaim, 'messageID' | 'claim'> {
  /** The names of deliveries. */
  readonly deliveries: readonly string[];
  readonly leaseSeconds: number;
}

/** The deliveries that were claimed. */
export const claimedAnswer = z.strictObject({ claimed: z.array(deliveryAnswer) });

/** What became of a try. */
export interface DeliveryOutcome extends Pick<LedgerOutcome, 'claim' | 'status'> {
  readonly deliveries: readonly string[];
  /** RFC 3339; only if the try failed. */
  readonly retryAt?: string;
  readonly error?: string;
}

export const OUTCOMES = [
  'delivered',
  'failed',
  'dead',
] as const satisfies readonly LedgerOutcome['status'][];

/** The deliveries that have this outcome now. */
export const settledAnswer = z.strictObject({ settled: z.array(deliveryAnswer) });

export type Delivery = z.infer<typeof deliveryAnswer>;
export type ClaimedAnswer = z.infer<typeof claimedAnswer>;
export type SettledAnswer = z.infer<typeof settledAnswer>;
