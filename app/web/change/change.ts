import { REASON_RULES } from '../../ledger/reason';
import type { ChangeRequest } from '../outbox/change-request';
import { units } from '../ui/format';
import { type ChangeKind, KINDS } from './change-kinds';
import type { ChangeLocation } from './change-location';

/** A change of one product's stock, as a user entered it. */
export interface EnteredChange {
  readonly key: string;
  readonly kind: ChangeKind;
  readonly product: { readonly productID: number; readonly title: string };
  readonly quantity: number;
  readonly unitPrice?: string | undefined;
  readonly reference?: string | undefined;
  /** The entity tag of the record that the product must still have: what a count was taken against. */
  readonly ifMatch?: string | undefined;
  /** The free units that the location must still have: what a count was taken against, where there are several locations. */
  readonly expectedQuantity?: number | undefined;
  /** Left out where there is one location only. */
  readonly location?: ChangeLocation | undefined;
  /** The sale that a return takes back. */
  readonly saleRecord?: number | undefined;
}

/** The request that records a change. */
export function changeRequest(change: EnteredChange): ChangeRequest {
  const { key, kind, product, quantity, unitPrice, reference, ifMatch, saleRecord } = change;
  const { expectedQuantity, location } = change;
  const { productID, title } = product;
  return {
    key,
    method: 'POST',
    path: kind === 'sale' ? '/sales' : '/inventory',
    fields: {
      productID,
      ...(location && { locationID: location.locationID }),
      ...quantityFields(kind, quantity),
      ...(expectedQuantity !== undefined && { expectedQuantity }),
      ...(kind === 'sale' && unitPrice && { unitPrice }),
      ...(kind === 'return' && saleRecord && { saleRecord }),
      ...(reference && { reference }),
    },
    ifMatch,
    label: `${KINDS[kind].title} of ${units(quantity)} × ${title}${location ? ` at ${location.name}` : ''}`,
    productID,
    madeAt: Date.now(),
  };
}

function quantityFields(kind: ChangeKind, quantity: number): Record<string, string | number> {
  switch (kind) {
    case 'count':
      return { availableQuantity: quantity };
    case 'sale':
      return { quantity };
    default:
      return { quantityChange: REASON_RULES[kind].sign * quantity, reason: kind };
  }
}
