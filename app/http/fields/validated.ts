import { z } from 'zod';
import { Slices } from '../../ledger/slice';
import type { FieldFault } from '../../wire/problem-members';
import { FAULTS_MAX, invalidRequest } from '../problems/problem';

/**
 * Reads fields by a schema.
 *
 * @throws Problem `invalid-request` with every fault
 */
export function validated<S extends z.ZodType>(schema: S, fields: unknown): z.output<S> {
  const { data, faults } = checked(schema, fields);
  if (faults.length > 0) throw invalidRequest(faults);
  return data as z.output<S>;
}

/** Reads fields by a schema. @returns what was read, or every fault */
export function checked<S extends z.ZodType>(
  schema: S,
  fields: unknown,
): { readonly data: z.output<S> | undefined; readonly faults: readonly FieldFault[] } {
  const { data, error } = schema.safeParse(fields);
  return { data, faults: error?.issues.flatMap((issue) => faultsOf(issue, schema)) ?? [] };
}

/** Faults of a list that are reported. A list with more usually repeats one mistake. */
const LISTED_FAULTS_MAX = 100;

/**
 * Reads a list entry by entry. Other requests are served in between.
 *
 * @param field the name of the list
 * @param read returns what an entry says, or its faults
 * @throws Problem `invalid-request`, each fault with the index of its entry
 */
export async function eachOf<T>(
  field: string,
  entries: readonly unknown[],
  read: (entry: unknown) => T | FieldFault[],
): Promise<Exclude<T, FieldFault[]>[]> {
  const slices = new Slices();
  const found: Exclude<T, FieldFault[]>[] = [];
  const faults: FieldFault[] = [];
  for (const [index, entry] of entries.entries()) {
    if (slices.isOver) await slices.next();
    const result = read(entry);
    if (!Array.isArray(result)) {
      found.push(result as Exclude<T, FieldFault[]>);
      continue;
    }
    for (const fault of result) {
      const path = [field, index, fault.field].filter((part) => part !== '').join('.');
      faults.push({ field: path, detail: fault.detail });
    }
    if (faults.length > LISTED_FAULTS_MAX) break;
  }
  if (faults.length > 0) throw invalidRequest(faults, LISTED_FAULTS_MAX);
  return found;
}

function faultsOf(issue: z.core.$ZodIssue, schema: z.ZodType): FieldFault[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    const hint = known.length > 0 && path === '' ? ` (fields: ${known.join(', ')})` : '';
    return issue.keys.slice(0, FAULTS_MAX).map((key) => ({
      field: path === '' ? key : `${path}.${key}`,
      detail: `is not known here${hint}`,
    }));
  }
  return [{ field: path, detail: issue.message }];
}
