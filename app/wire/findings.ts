import { z } from 'zod';
import type { AlertKind } from '../ledger/alert';
import type { NewDelivery as LedgerDelivery } from '../ledger/delivery';
import type { Finding as LedgerFinding } from '../ledger/finding';
import { alertEvent } from './alerts';

/** What the monitor found about a product. */
export interface Finding extends LedgerFinding {
  /** The kind of its shortage; none ends its alert. */
  readonly kind: AlertKind | 'none';
  readonly deliveries?: readonly NewDelivery[];
}

/** A recipient of an event, and the earliest time to tell them. */
export interface NewDelivery extends Pick<LedgerDelivery, 'channel' | 'target'> {
  /** RFC 3339. Left out for at once, which does not depend on the clocks of monitor and service. */
  readonly notBefore?: string;
}

const findingRefusal = z.strictObject({
  refusal: z.enum(['stale-alert', 'no-alert', 'not-in-ledger']),
  productID: z.int(),
  alertID: z.int().optional(),
  event: z.int().optional(),
  fields: z.array(z.string()).optional(),
});

/** What became of each finding, in order: the product's latest event, or a refusal. */
export const findingsAnswer = z.strictObject({
  outcomes: z.array(z.union([alertEvent, findingRefusal])),
});

export type FindingRefusal = z.infer<typeof findingRefusal>;
export type FindingsAnswer = z.infer<typeof findingsAnswer>;
export type FindingOutcome = FindingsAnswer['outcomes'][number];
