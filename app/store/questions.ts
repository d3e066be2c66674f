import type { Questions } from '../ledger/questions';
import type { Asking } from './asking';
import type { Dialect } from './dialect';
import * as alerts from './questions/alerts';
import * as audit from './questions/audit';
import * as deliveries from './questions/deliveries';
import { documentRecords, documentsAsOf, endedDocuments, latestStep } from './questions/documents';
import * as records from './questions/records';
import * as sales from './questions/sales';

export type Question = keyof Questions;

/** The parameters of a question, and its answer. */
export type Asked<Q extends Question> = Parameters<Questions[Q]>;
export type AnswerOf<Q extends Question> = Awaited<ReturnType<Questions[Q]>>;

/** How each question is answered: by the function of that name in `questions/`. */
export const QUESTIONS: {
  readonly [Q in Question]: (dialect: Dialect, ...asked: Asked<Q>) => Asking<AnswerOf<Q>>;
} = {
  ...alerts,
  ...audit,
  ...deliveries,
  documentRecords,
  documentsAsOf,
  endedDocuments,
  latestStep,
  ...records,
  ...sales,
};

/** Answers a question that is known by its name alone. */
export function answering<Q extends Question>(
  dialect: Dialect,
  question: Q,
  asked: Asked<Q>,
): Asking<AnswerOf<Q>> {
  return QUESTIONS[question](dialect, ...asked);
}
