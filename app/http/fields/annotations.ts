import type { z } from 'zod';
import { ANNOTATIONS, type Annotations } from '../../ledger/record';
import { note, reference } from './free-text';

/** What each annotation may be in a request: in a form, in JSON and in a file. */
const ASKED = { reference, note } satisfies Record<keyof Annotations, z.ZodType>;

/** The fields of a request. Each may be left out. */
export const annotationFields = eachAnnotation((name) => ASKED[name].optional()) as {
  readonly [A in keyof typeof ASKED]: z.ZodOptional<(typeof ASKED)[A]>;
};

/** An object with one member for each annotation. */
export function eachAnnotation<T>(
  make: (name: keyof Annotations) => T,
): Record<keyof Annotations, T> {
  const made = ANNOTATIONS.map((name) => [name, make(name)]);
  return Object.fromEntries(made);
}
