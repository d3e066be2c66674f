import type { Figure, Finding, Target } from '../row';
import { type Spread, spread } from '../stats';
import type { Measured } from './interleaved';

/** What to compute from the rounds of a service and of its reference. */
export interface Question {
  readonly what: string;
  readonly unit: string;
  /** Which of the figures of a sample. */
  readonly figure: string;
  readonly target: Target;
  readonly note?: string | undefined;
}

/** At least, or at most, so many times the reference. */
export function ratio(bound: Target['bound'], value: number): Target {
  return { bound, value, of: 'ratio' };
}

/** At least, or at most, so many of the unit, independent of the reference. */
export function amount(bound: Target['bound'], value: number): Target {
  return { bound, value, of: 'figure' };
}

/** The line of the table. */
export function finding(question: Question, service: Measured, reference?: Measured): Finding {
  const { what, unit, figure, target, note } = question;
  const mine = figureOf(service, figure);
  const theirs = reference && figureOf(reference, figure);
  const compared = theirs && ratioOf(mine, theirs, figure);
  const judged = target.of === 'ratio' ? (compared?.median ?? Number.NaN) : mine.median;
  const reached = target.bound === 'at least' ? judged >= target.value : judged <= target.value;
  return { what, unit, service: mine, reference: theirs, ratio: compared, target, reached, note };
}

function figureOf({ name, rounds }: Measured, figure: string): Figure {
  return { name, ...spread(rounds.map((sample) => named(sample, figure))), rounds };
}

/** Of the medians; its ends are of the rounds, each side's beside the other's. */
function ratioOf(mine: Figure, theirs: Figure, figure: string): Spread {
  const once = theirs.rounds[0];
  const each = mine.rounds.map((sample, round) => {
    const beside = theirs.rounds[round] ?? once ?? {};
    return named(sample, figure) / named(beside, figure);
  });
  return { ...spread(each), median: mine.median / theirs.median };
}

function named(sample: Readonly<Record<string, number>>, figure: string): number {
  const value = sample[figure];
  if (value === undefined) throw new Error(`no round measured ${figure}`);
  return value;
}
