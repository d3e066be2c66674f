import type { Bench } from './bench';
import type { Sample } from './measure/interleaved';
import type { Spread } from './stats';

/** One row of the table, or several related rows. It can be run alone, by its name. */
export interface Row {
  readonly name: string;
  /** What it measures, in a few words. */
  readonly about: string;
  measure(bench: Bench): Promise<Finding[]>;
}

/** The target of a figure, or of the ratio of two figures. */
export interface Target {
  readonly bound: 'at least' | 'at most';
  readonly value: number;
  /** `ratio` of service to reference, or the unit of the service's own figure. */
  readonly of: 'ratio' | 'figure';
}

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly unit: string;
  readonly service: Figure;
  /** What the service is compared with; undefined if the figure is not compared. */
  readonly reference?: Figure | undefined;
  /** The ratio of service to reference: of the medians, and the least and greatest of any round. */
  readonly ratio?: Spread | undefined;
  readonly target: Target;
  readonly reached: boolean;
  readonly note?: string | undefined;
}

/** A figure of one side: its spread over the rounds, and everything that each round measured. */
export interface Figure extends Spread {
  readonly name: string;
  readonly rounds: readonly Sample[];
}

/** Why a row cannot be measured on this machine. It is not a fault. */
export class Skipped extends Error {}
