import { useState } from 'react';
import type { Product, Shop } from '../../client/shop';
import type { ChangeKind } from './change-kinds';
import {
  dropChange,
  emptyChange,
  keepChange,
  keptChange,
  type UnsentChange,
} from './unsent-change';

/** What was typed into the change form. The browser keeps it until it is sent or given up. */
export function useUnsentChange(
  product: Product,
  shop: Shop | undefined,
  kind: ChangeKind | undefined,
  locationID: number,
) {
  const [unsent, setUnsent] = useState<UnsentChange>(
    () => (kind && keptChange(product, kind)) ?? emptyChange(product, shop, locationID),
  );
  /** Whether it was typed before, and nothing since. */
  const [isKept, setKept] = useState(() => Boolean(kind && keptChange(product, kind)));
  const typeChange = (typed: Partial<UnsentChange>) => {
    const next = { ...unsent, ...typed };
    setUnsent(next);
    setKept(false);
    if (kind) keepChange(product, kind, next);
  };
  /** Changes the kind. What was typed stays; an empty form gets what was typed before for that kind. */
  const moveChange = (next: ChangeKind) => {
    if (kind) dropChange(product, kind);
    const isEmpty = unsent.quantity === '' && unsent.reference === '';
    const before = isEmpty ? keptChange(product, next) : undefined;
    setUnsent(before ?? unsent);
    setKept(before !== undefined);
    keepChange(product, next, before ?? unsent);
  };
  return { unsent, isKept, typeChange, moveChange, setUnsent };
}
