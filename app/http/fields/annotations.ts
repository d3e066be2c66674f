import { z } from 'zod';
import { ANNOTATIONS, type Annotations } from '../../ledger/record';
import { note, reference } from './fields';

/** What each annotation may be in a request, in a form, in JSON and in a file, and what it is in an answer. */
const WIRE = {
  reference: { asked: reference, answered: z.string() },
  note: { asked: note, answered: z.string() },
} satisfies Record<keyof Annotations, { readonly asked: z.ZodType; readonly answered: z.ZodType }>;

type Wire = typeof WIRE;

/** The fields of a request. Each may be left out. */
export const annotationFields = each((name) => WIRE[name].asked.optional()) as {
  readonly [A in keyof Wire]: z.ZodOptional<Wire[A]['asked']>;
};

/** The fields of an answer. Each is left out where there is none. */
export const annotationAnswers = each((name) => WIRE[name].answered.optional()) as {
  readonly [A in keyof Wire]: z.ZodOptional<Wire[A]['answered']>;
};

/** Something for each annotation, under its name. */
export function each<T>(make: (name: keyof Annotations) => T): Record<keyof Annotations, T> {
  const made = ANNOTATIONS.map((name) => [name, make(name)]);
  return Object.fromEntries(made);
}
