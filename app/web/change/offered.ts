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

/** What it takes to undo a record: the return of a sale by a new sale, anything else by a movement. */
export function undoScope({
  reason,
  saleRecord,
}: Pick<AcceptedRecord, 'reason' | 'saleRecord'>): Scope {
  return reason === 'return' && saleRecord ? 'stock:sell' : 'stock:move';
}
