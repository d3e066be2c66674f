import { z } from 'zod';
import type { Ledger } from '../../ledger/ledger';
import type { Stock } from '../../ledger/stock';
import { invalidRequest } from '../problems/problem';
import { isMoment } from './day-and-time';
import type { FieldDoc } from './field';

const AS_OF = 'must be a record number, or a time such as 2026-11-23T10:20:30Z';

/** A moment of the ledger: a record's number, or a time. */
export type Moment = { readonly record: number } | { readonly time: Date };

/** The query parameter `asOf`. */
export const asOf = z
  .string({ error: ({ input }) => (Array.isArray(input) ? 'must be given once' : AS_OF) })
  .transform((value) => value.replace(' ', '+'))
  .refine((value) => isRecord(value) || isMoment(value), AS_OF)
  .transform(
    (value): Moment => (isRecord(value) ? { record: Number(value) } : { time: new Date(value) }),
  )
  .meta({
    doc: {
      type: 'string',
      description: 'A record number, or a time as in RFC 3339',
      examples: ['2026-11-23T10:20:30Z'],
    } satisfies FieldDoc,
  });

function isRecord(value: string): boolean {
  return /^(0|[1-9][0-9]{0,15})$/.test(value);
}

/** The number of the ledger's last record at a moment; undefined for now. @throws Problem `invalid-request` for a moment in the future */
export async function recordAsOf(
  ledger: Ledger,
  now: Stock,
  moment: Moment | undefined,
): Promise<number> {
  const last = now.last?.record ?? 0;
  if (!moment) return last;
  if ('time' in moment) {
    if (moment.time > new Date()) throw notYet('must not be in the future');
    return ledger.ask.lastRecordAt(moment.time);
  }
  if (moment.record > last) throw notYet(`must be at most ${last}, the last record`);
  return moment.record;
}

function notYet(detail: string) {
  return invalidRequest([{ field: 'asOf', detail }]);
}
