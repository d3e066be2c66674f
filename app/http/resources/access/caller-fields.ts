import { z } from 'zod';
import { type FieldDoc, text } from '../../fields/field';
import { wholeNumber } from '../../fields/whole-number';

const NAME =
  'must be 1 to 60 lower-case letters, digits, or any of . _ -, and begin with a letter or a digit';

/** The name of a key or a person, as actors have it: plain enough for any file and any URL. */
export function callerName(example: string) {
  return text(NAME)
    .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, NAME)
    .meta({ doc: { type: 'string', maxLength: 60, examples: [example] } satisfies FieldDoc });
}

/** The number of a key, a person or a session in a path. */
export const subjectNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER).meta({
  doc: { type: 'integer', minimum: 1, examples: [1] } satisfies FieldDoc,
});

/** The path of what belongs to a person. */
export const personPath = z.strictObject({ personID: subjectNumber });
