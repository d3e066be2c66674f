import { useMemo } from 'react';
import { type Scope, scopeOfReason } from '../../ledger/access/scope';
import type { AcceptedRecord } from '../../wire/records';
import { useMay } from '../session/use-may';
import { type ChangeKind, KIND_NAMES } from './change-kinds';

/** The kinds of change that the one who is signed in may record, in order. */
export function useOfferedKinds(): readonly ChangeKind[] {
  const may = useMay();
  return useMemo(() => KIND_NAMES.filter((kind) => may(scopeOfReason(kind))), [may]);
}

/**
 * What it takes to undo a record: a sale is cancelled, and what took back a sale is undone by a new sale. Anything else is undone by a
 * movement.
 */
export function undoScope({
  reason,
  saleRecord,
}: Pick<AcceptedRecord, 'reason' | 'saleRecord'>): Scope {
  return reason === 'sale' || saleRecord ? 'stock:sell' : 'stock:move';
}
