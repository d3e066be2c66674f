import { z } from 'zod';
import { LOCATION_ID_MAX } from '../../ledger/locations/location';
import { type FieldDoc, text } from './field';

const EXPECTED = 'must be all, or one or more locations with a space between, such as 2 3';

/** The most locations that somebody is bound to: as text they fit the column that keeps them. */
const BOUND_MAX = 150;

/** What is bound to no location. */
const ALL = 'all';

/** Locations that somebody is bound to, with spaces between them or as a list; null for `all`. */
export const locationList = z
  .union([text(EXPECTED), z.array(text(EXPECTED))], EXPECTED)
  .transform((given) => (typeof given === 'string' ? given.split(/[ ,]+/).filter(Boolean) : given))
  .refine(
    (found) =>
      isAll(found) || (found.length > 0 && found.length <= BOUND_MAX && found.every(isLocationID)),
    EXPECTED,
  )
  .transform((found) => (isAll(found) ? null : [...new Set(found.map(Number))]))
  .meta({
    doc: {
      type: 'string',
      description: 'The locations where stock may be changed, with a space between, or all',
      examples: ['2 3'],
    } satisfies FieldDoc,
  });

function isAll([only, ...others]: readonly string[]): boolean {
  return only === ALL && others.length === 0;
}

function isLocationID(digits: string): boolean {
  return /^[1-9]\d{0,9}$/.test(digits) && Number(digits) <= LOCATION_ID_MAX;
}
