import { createHash } from 'node:crypto';
import type { Refusal } from '../../../ledger/refusal';
import type { LineFault } from '../../../wire/imports';
import { FILE_FAULTS_MAX, WARNINGS_MAX } from '../../../wire/imports';

/** A refusal because a product moved after its line was written, or after the dry run. */
export type StaleRefusal = Extract<Refusal, { refusal: 'stale-record' | 'stale-revision' }>;

/** What a file would change in the ledger as it is: the commands to submit, or the faults. */
export interface Plan<C, L> {
  /** The commands of its lines. */
  readonly commands: readonly C[];
  readonly faults: readonly LineFault[];
  /** Likely slips, which have to be confirmed. */
  readonly warnings: Warnings;
  /** What the lines would change. If there are too many, those that change most. */
  readonly lines: readonly L[];
  /** What the ledger would refuse because products moved after the file was made or after the dry run. */
  readonly stale: readonly StaleRefusal[];
  /** How many lines there are of each kind. */
  readonly totals: Readonly<Record<string, number>> & { readonly moved: number };
}

/** The fault of a line that adds one product too many. */
export function beyondLimit(limit: number): string {
  return `would be more than the ${limit} products that PRODUCT_LIMIT allows`;
}

/** The likely slips in a file. Only the first ones are kept. */
class Warnings {
  readonly #first: LineFault[] = [];
  readonly #hash = createHash('sha256');
  #count = 0;

  /** The first warnings, `WARNINGS_MAX` at most. */
  get first(): readonly LineFault[] {
    return this.#first;
  }

  /** How many there are in all. */
  get count(): number {
    return this.#count;
  }

  add(warning: LineFault): void {
    this.#count += 1;
    this.#hash.update(`${JSON.stringify(warning)}\n`);
    if (this.#first.length < WARNINGS_MAX) this.#first.push(warning);
  }

  /** The text that confirms all warnings of exactly this file; null if there are none. */
  confirmationOf(sha256: string): string | null {
    if (this.#count === 0) return null;
    return this.#hash.copy().update(sha256).digest('hex').slice(0, 16);
  }
}

/** Collects the faults and warnings of the lines of a file. */
export class LineIssues {
  readonly faults: LineFault[] = [];
  readonly warnings = new Warnings();

  /** Whether there are too many faults to go on. Warnings do not count, since they can be confirmed. */
  get isFull(): boolean {
    return this.faults.length >= FILE_FAULTS_MAX;
  }

  fault(line: number, column: string | null, detail: string, value: unknown = null): undefined {
    this.faults.push({ line, column, detail, value: value === null ? null : String(value) });
  }

  warn(line: number, column: string | null, detail: string, value: unknown = null): void {
    this.warnings.add({ line, column, detail, value: value === null ? null : String(value) });
  }
}
