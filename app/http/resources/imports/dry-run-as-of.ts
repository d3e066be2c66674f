import type { Expected } from '../../../ledger/mark';
import { numberOf } from '../../fields/position';
import { Problem } from '../../problems/problem';

/**
 * The record or revision as of which the dry run of a file was. It must be one of this ledger: otherwise, as after a backup
 * was restored, it cannot be known what moved since.
 *
 * @param asOf undefined if there was no dry run
 * @param kind whether it is a record or a revision
 * @param last the number of the ledger's last one
 * @param positionOf returns the position of one, such as `231-h5x2k1`
 * @returns its number
 * @throws Problem `not-in-ledger`
 */
export async function dryRunAsOf(
  asOf: Expected | undefined,
  kind: 'record' | 'revision',
  last: number,
  positionOf: (number: number) => Promise<string>,
): Promise<number | undefined> {
  if (asOf === undefined) return undefined;
  const number = numberOf(asOf);
  if (number > last)
    throw notInThisLedger(kind, number, `is beyond this ledger, whose last is ${last}`);
  if (typeof asOf !== 'number' && (await positionOf(number)) !== `${number}-${asOf.mark}`) {
    throw notInThisLedger(kind, number, `is another ${kind} in this ledger, by its mark`);
  }
  return number;
}

function notInThisLedger(kind: string, number: number, detail: string): Problem {
  return new Problem(
    'not-in-ledger',
    `The dry run of the file was as of ${kind} ${number}, which ${detail}, as after a backup was restored; nothing was recorded. Send the file again with dryRun=true to see what it changes now.`,
    { errors: [{ field: 'asOf', detail }] },
  );
}
