import type { Bench } from '../bench';

/** The figures of one side in one round, by name: `perSecond`, `p99Ms`, `cpuMsEach`, … */
export type Sample = Readonly<Record<string, number>>;

/** One of the sides that are compared. */
export interface Side {
  readonly name: string;
  /** Before the first round, so that nothing is measured cold. */
  warmUp?(): Promise<unknown>;
  measure(): Promise<Sample>;
}

/** A side and its rounds, in order. */
export interface Measured {
  readonly name: string;
  readonly rounds: readonly Sample[];
}

/**
 * Measures the sides in turn, A B A B …, so that changes of the machine affect all of them.
 *
 * @returns the sides in the order given
 */
export async function interleaved<S extends readonly [Side, ...Side[]]>(
  { settings: { rounds }, say }: Bench,
  sides: S,
): Promise<{ [K in keyof S]: Measured }> {
  const samples = sides.map((): Sample[] => []);
  for (const side of sides) await side.warmUp?.();
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, side] of sides.entries()) {
      const sample = await side.measure();
      samples[index]?.push(sample);
      say(`round ${round} of ${rounds}, ${side.name}: ${inWords(sample)}`);
    }
  }
  const measured = sides.map(({ name }, index) => ({ name, rounds: samples[index] ?? [] }));
  return measured as { [K in keyof S]: Measured };
}

function inWords(sample: Sample): string {
  return Object.entries(sample)
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join(', ');
}
