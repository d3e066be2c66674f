import { type FieldDoc, text } from './field';
import { textFault } from './text-fault';

/** Text that people write: not empty, bounded, and by the rule of `textFault`. */
export function freeText(
  maxLength: number,
  { lines = false }: { readonly lines?: boolean | undefined } = {},
) {
  const expected = `must be text of 1 to ${maxLength} characters${lines ? '' : ' in one line'}`;
  // Browsers end the lines of a form by CR LF (https://html.spec.whatwg.org/#constructing-form-data-set).
  return text(expected)
    .transform((value) => (lines ? value.replaceAll('\r\n', '\n') : value).trim())
    .superRefine((value, context) => {
      const isBounded = value !== '' && value.length <= maxLength;
      const fault = isBounded ? textFault(value, lines) : expected;
      // Aborts, so that each text has one fault at most.
      if (fault) context.addIssue({ code: 'custom', message: fault, continue: false });
    })
    .meta({ doc: { type: 'string', minLength: 1, maxLength } satisfies FieldDoc });
}
