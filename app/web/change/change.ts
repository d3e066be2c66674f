import { REASON_RULES } from '../../ledger/reason';
import type { ChangeRequest } from '../outbox/change-request';
import { units } from '../ui/format';
import { type ChangeKind, KINDS } from './change-kinds';

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
  /** The sale that a return takes back. */
  readonly saleRecord?: number | undefined;
}

/** The request that records a change. */
export function changeRequest(change: EnteredChange): ChangeRequest {
  const { key, kind, product, quantity, unitPrice, reference, ifMatch, saleRecord } = change;
  const { productID, title } = product;
  return {
    key,
    method: 'POST',
    path: kind === 'sale' ? '/sales' : '/inventory',
    fields: {
      productID,
      ...quantityFields(kind, quantity),
      ...(kind === 'sale' && unitPrice && { unitPrice }),
      ...(kind === 'return' && saleRecord && { saleRecord }),
      ...(reference && { reference }),
    },
    ifMatch,
    label: `${KINDS[kind].title} of ${units(quantity)} × ${title}`,
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
