import type { Expected } from '../../../ledger/mark';
import { numberOf } from '../../fields/position';
import { Problem } from '../../problems/problem';

/**
 * What a file was looked through as of, once it is sure that this ledger has it: else what moved since cannot be told,
 * as after a backup was restored.
 *
 * @param asOf a record or revision; undefined where the file was not looked through
 * @param kind what it is
 * @param last the number of the ledger's last one
 * @param positionOf one with its mark, as `231-h5x2k1`
 * @returns its number
 * @throws Problem `not-in-ledger`
 */
export async function lookedThroughAsOf(
  asOf: Expected | undefined,
  kind: 'record' | 'revision',
  last: number,
  positionOf: (number: number) => Promise<string>,
): Promise<number | undefined> {
  if (asOf === undefined) return undefined;
  const number = numberOf(asOf);
  if (number > last) throw notHere(kind, number, `is beyond this ledger, whose last is ${last}`);
  if (typeof asOf !== 'number' && (await positionOf(number)) !== `${number}-${asOf.mark}`) {
    throw notHere(kind, number, `is another ${kind} in this ledger, by its mark`);
  }
  return number;
}

function notHere(kind: string, number: number, detail: string): Problem {
  return new Problem(
    'not-in-ledger',
    `The file was looked through as of ${kind} ${number}, which ${detail}, as when a backup was restored; nothing was recorded. Look through the file again with dryRun=true, and decide anew.`,
    { errors: [{ field: 'asOf', detail }] },
  );
}
