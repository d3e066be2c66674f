import { useRef, useState } from 'react';
import type { Product } from '../../client/shop';
import type { ProblemAnswer } from '../../wire/problem';
import type { AcceptedRecord } from '../../wire/records';
import { newKey } from '../outbox/change-request';
import { useLooking } from '../outbox/use-looking';
import { usePage } from '../page';
import { MARKS } from '../ui/typed-number';
import { readPrice } from '../ui/typed-price';
import { changeRequest, type EnteredChange } from './change';
import type { ChangeKind } from './change-kinds';
import type { ChangeLocation } from './change-location';
import { type ChosenSale, saleOf } from './returnable-sales';
import { salesToReturn } from './sales-to-return';
import { dropChange, keepChange, type UnsentChange } from './unsent-change';
import { useAnnounceRecorded } from './use-announce-recorded';

interface FormToSend {
  readonly product: Product;
  readonly kind: ChangeKind | undefined;
  readonly unsent: UnsentChange;
  readonly unitPrice: string;
  readonly sale: ChosenSale;
  /** Left out where there is one location only. */
  readonly location: ChangeLocation | undefined;
  onSend(): void;
  onRefused(problem: ProblemAnswer): void;
  onRecorded(): void;
}

/** The quantity to send, and what else differs from the form. */
type Decided = Partial<EnteredChange> & { readonly quantity: number };

/**
 * What must still be so when a count is recorded. Where there are several locations, it is what is free at the location: a change
 * at another one is no reason to count again.
 */
export function countedAgainst(
  { counted, expected }: Pick<UnsentChange, 'counted' | 'expected'>,
  location: ChangeLocation | undefined,
): Pick<EnteredChange, 'ifMatch' | 'expectedQuantity'> {
  return location && expected !== null ? { expectedQuantity: expected } : { ifMatch: counted };
}

/** Sends the change form, once for each decision. */
export function useSendChange(toSend: FormToSend) {
  const { product, kind, unsent, unitPrice, sale, location } = toSend;
  const { onSend, onRefused, onRecorded } = toSend;
  const { outbox, queries } = usePage();
  const announceRecorded = useAnnounceRecorded();
  const looking = useLooking();
  const [isSending, setSending] = useState(false);
  // One key for one decision: a double click, or a second Enter, sends the same.
  const key = useRef(newKey());
  const isBusy = useRef(false);

  const send = async (decided: Decided) => {
    if (!kind || isBusy.current) return;
    isBusy.current = true;
    setSending(true);
    onSend();
    const price = readPrice(unitPrice, MARKS);
    const change: EnteredChange = {
      key: key.current,
      kind,
      product,
      unitPrice: kind === 'sale' && price.fault === undefined ? price.plain : undefined,
      reference: unsent.reference.trim(),
      location,
      ...(kind === 'count' && countedAgainst(unsent, location)),
      ...decided,
    };
    if (kind === 'return') outbox.prepare(changeRequest(change));
    // From here on the outbox keeps it.
    dropChange(product, kind);
    const saleRecord =
      kind === 'return'
        ? saleOf(await salesToReturn(queries, product.productID), decided.quantity, sale)?.record
        : undefined;
    const request = changeRequest({ ...change, saleRecord });
    const settled = await outbox.send<AcceptedRecord>(request, looking.current.signal);
    isBusy.current = false;
    setSending(false);
    if (settled.outcome !== 'done') {
      key.current = newKey();
      keepChange(product, kind, { ...unsent, quantity: String(decided.quantity) });
    }
    if (settled.outcome === 'refused') onRefused(settled.problem);
    // If it was cancelled in the tray, the tray has said so.
    if (settled.outcome !== 'done') return;
    announceRecorded(request, product.productID, settled);
    onRecorded();
  };
  return { isSending, isBusy: () => isBusy.current, send };
}
