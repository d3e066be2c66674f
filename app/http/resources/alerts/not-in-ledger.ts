import type { FieldFault } from '../../../wire/problem-members';
import { listed, Problem } from '../../problems/problem';

/** The request names a record, a revision or a product that the ledger does not have. */
export function notInLedger(faults: readonly FieldFault[]): Problem {
  const errors = listed(faults);
  const first = errors.slice(0, 10).map(({ field, detail }) => `${field} ${detail}`);
  return new Problem(
    'not-in-ledger',
    `${first.join('; ')}. Nothing was recorded. If a backup was restored, load the products again.`,
    { errors },
  );
}
