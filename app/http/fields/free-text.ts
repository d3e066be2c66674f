import { type FieldDoc, text } from './field';
import { textFault } from './text-fault';

/** Text that people write: not empty, bounded, and by the rule of `textFault`. */
export function freeText(maxLength: number, { lines = false } = {}) {
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

/** Characters of a reference: the numbers of a few delivery notes, orders or receipts. */
export const REFERENCE_MAX = 100;

/** Characters of a note about one record: a paragraph. */
export const NOTE_MAX = 500;

export const reference = freeText(REFERENCE_MAX);
export const note = freeText(NOTE_MAX, { lines: true });
