import type { Refusal } from '../ledger/refusal';
import type { StoredAnswer } from '../ledger/request';

/** An answer as it is written. Of a withheld change, of which a file may have many, only the productID is written. */
type Written = Omit<StoredAnswer, 'refusals'> & {
  readonly refusals: readonly (readonly [number, Refusal | number])[];
};

/** A stored answer as text. It always fits into one packet of MySQL, 4 MiB by default. */
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
