import type { Refusal } from '../ledger/refusal';
import type { StoredAnswer } from '../ledger/request';

/** An answer as its text has it: what was withheld, as a whole file may be, by its productID alone. */
type Written = Omit<StoredAnswer, 'refusals'> & {
  readonly refusals: readonly (readonly [number, Refusal | number])[];
};

/** A stored answer as text that fits into one packet of MySQL's, 4 MiB by default, whatever was refused. */
export function writeAnswer(answer: StoredAnswer): string {
  const refusals = answer.refusals.map(
    ([index, refusal]) =>
      [index, refusal.refusal === 'withheld' ? refusal.productID : refusal] as const,
  );
  return JSON.stringify({ ...answer, refusals } satisfies Written);
}

/** The answer that a text stands for. */
export function readAnswer(text: string): StoredAnswer {
  const written: Written = JSON.parse(text);
  const refusals = written.refusals.map(
    ([index, refusal]) =>
      [
        index,
        typeof refusal === 'number'
          ? ({ refusal: 'withheld', productID: refusal } as const)
          : refusal,
      ] as const,
  );
  return { ...written, refusals };
}
