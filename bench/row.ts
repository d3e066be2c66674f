import type { Bench } from './bench';
import type { Sample } from './measure/interleaved';
import type { Spread } from './stats';

/** One row, or family of rows, of the table: it can be run alone, by its name. */
export interface Row {
  readonly name: string;
  /** What it measures, in a few words. */
  readonly about: string;
  measure(bench: Bench): Promise<Finding[]>;
}

/** What a figure, or the ratio of two, must reach. */
export interface Target {
  readonly bound: 'at least' | 'at most';
  readonly value: number;
  /** `ratio`, service to reference, or the unit of the service's figure itself. */
  readonly of: 'ratio' | 'figure';
}

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly unit: string;
  readonly service: Figure;
  /** What the service is held against; without it the figure stands for itself. */
  readonly reference?: Figure | undefined;
  /** Service to reference: of their medians, and the least and the most of any round. */
  readonly ratio?: Spread | undefined;
  readonly target: Target;
  readonly reached: boolean;
  readonly note?: string | undefined;
}

/** A figure of one side: its spread over the rounds, and all that each round measured. */
export interface Figure extends Spread {
  readonly name: string;
  readonly rounds: readonly Sample[];
}

/** Why a row cannot be measured here and now, which is no fault. */
export class Skipped extends Error {}
