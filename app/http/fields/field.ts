import { z } from 'zod';

/** The JSON Schema of a field, as `meta({ doc })`. zod cannot derive it from a field that turns text into something else. */
export type FieldDoc = Readonly<Record<string, unknown>> & { readonly type: string };

/** Text that is given once. @param expected the fault of anything else, such as `must be a day` */
export function text(expected: string) {
  return z.string({
    error: ({ input }) => {
      if (input === undefined) return 'is required';
      if (Array.isArray(input)) return 'must be given once';
      return expected;
    },
  });
}

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  const expected = `must be one of ${words.join(', ')}`;
  return z
    .enum(words, {
      error: ({ input }) => {
        if (input === undefined) return 'is required';
        return Array.isArray(input) ? 'must be given once' : expected;
      },
    })
    .meta({ doc: { type: 'string', enum: [...words] } satisfies FieldDoc });
}
