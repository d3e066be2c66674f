import { z } from 'zod';
import type { Shortage } from '../ledger/alert';
import type { NewDelivery as LedgerDelivery } from '../ledger/delivery';
import type { Finding as LedgerFinding } from '../ledger/finding';
import { alertEvent } from './alerts';

/** What the monitor found. */
export type Finding = StockFinding | TransferFinding;

/** What every finding says. */
interface Found extends Pick<LedgerFinding, 'record' | 'revision'> {
  readonly deliveries?: readonly NewDelivery[];
}

/** What the monitor found about a product, or about a product at a location. */
export interface StockFinding
  extends Found,
    Pick<LedgerFinding, 'productID' | 'availableQuantity' | 'threshold' | 'daysOfCover'> {
  /** Left out for a product at all its locations together. */
  readonly locationID?: number;
  /** The kind of its shortage; none ends its alert. */
  readonly kind: Shortage | 'none';
}

/** What the monitor found about a transfer. */
export interface TransferFinding extends Found {
  readonly transferID: number;
  readonly kind: 'overdue-transfer' | 'none';
}

/** A recipient of an event, and the earliest time to tell them. */
export interface NewDelivery extends Pick<LedgerDelivery, 'channel' | 'target'> {
  /** RFC 3339. Left out for at once, which does not depend on the clocks of monitor and service. */
  readonly notBefore?: string;
}

const findingRefusal = z.strictObject({
  refusal: z.enum(['stale-alert', 'no-alert', 'not-in-ledger']),
  productID: z.int().nullable(),
  locationID: z.int().optional(),
  transferID: z.int().optional(),
  alertID: z.int().optional(),
  event: z.int().optional(),
  fields: z.array(z.string()).optional(),
});

/** What became of each finding, in order: the latest event about it, or a refusal. */
export const findingsAnswer = z.strictObject({
  outcomes: z.array(z.union([alertEvent, findingRefusal])),
});

export type FindingRefusal = z.infer<typeof findingRefusal>;
export type FindingsAnswer = z.infer<typeof findingsAnswer>;
export type FindingOutcome = FindingsAnswer['outcomes'][number];
