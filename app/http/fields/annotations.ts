import { z } from 'zod';
import { ANNOTATIONS, type Annotations } from '../../ledger/record';
import { note, reference } from './free-text';

/** The field of each annotation: in requests (forms, JSON and files) and in answers. */
const FIELDS = {
  reference: { request: reference, answer: z.string() },
  note: { request: note, answer: z.string() },
} satisfies Record<keyof Annotations, { readonly request: z.ZodType; readonly answer: z.ZodType }>;

type Fields = typeof FIELDS;

/** The fields of a request. Each may be left out. */
export const annotationFields = eachAnnotation((name) => FIELDS[name].request.optional()) as {
  readonly [A in keyof Fields]: z.ZodOptional<Fields[A]['request']>;
};

/** The fields of an answer. Each is left out where there is none. */
export const annotationAnswers = eachAnnotation((name) => FIELDS[name].answer.optional()) as {
  readonly [A in keyof Fields]: z.ZodOptional<Fields[A]['answer']>;
};

/** An object with one member for each annotation. */
export function eachAnnotation<T>(
  make: (name: keyof Annotations) => T,
): Record<keyof Annotations, T> {
  const made = ANNOTATIONS.map((name) => [name, make(name)]);
  return Object.fromEntries(made);
}
