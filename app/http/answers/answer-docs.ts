import { z } from 'zod';
import { acceptedRecord } from '../../wire/records';

/** One answer that an operation may give when nothing is wrong, for the documentation. */
export interface AnswerDoc {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Its media type, if that is not JSON. */
  readonly type?: string;
  /** Further media types that Accept may ask for. */
  readonly also?: readonly string[];
  readonly example?: unknown;
}

/** A problem as an entry of a longer answer. */
export const problemAnswer = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});

export const recorded: AnswerDoc = { description: 'Recorded.', schema: acceptedRecord };
export const unchanged: AnswerDoc = {
  description: 'Unchanged: the client has the current answer.',
};
