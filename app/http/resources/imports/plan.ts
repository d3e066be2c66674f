import { createHash } from 'node:crypto';
import type { Refusal } from '../../../ledger/refusal';
import { FAULTS_MAX, WARNINGS_MAX } from './import-limits';
import type { LineFault } from './table';

/** That a product moved after its line was written or looked at. */
export type StaleRefusal = Extract<Refusal, { refusal: 'stale-record' | 'stale-revision' }>;

/** What a file comes to on the ledger as it is: what to submit, or why not. */
export interface Plan<C, L> {
  /** What its lines ask for. */
  readonly commands: readonly C[];
  readonly faults: readonly LineFault[];
  /** What is likely a slip, and has to be confirmed. */
  readonly warnings: Warnings;
  /** What the lines will change, those that change most where there are too many to show. */
  readonly lines: readonly L[];
  /** What the ledger would refuse, since it moved after the file was made or looked through. */
  readonly stale: readonly StaleRefusal[];
  /** How many lines there are of each kind. */
  readonly totals: Readonly<Record<string, number>> & { readonly moved: number };
}

/** What is said of a line about a product for which there is no room. */
export function beyondLimit(limit: number): string {
  return `would be one product more than the ${limit} that there may be (PRODUCT_LIMIT)`;
}

/** What is likely a slip in a file, of which only the first warnings are kept. */
export class Warnings {
  readonly #told: LineFault[] = [];
  readonly #hash = createHash('sha256');
  #count = 0;

  /** The first of them, `WARNINGS_MAX` at most. */
  get told(): readonly LineFault[] {
    return this.#told;
  }

  /** How many there are in all. */
  get count(): number {
    return this.#count;
  }

  add(warning: LineFault): void {
    this.#count += 1;
    this.#hash.update(`${JSON.stringify(warning)}\n`);
    if (this.#told.length < WARNINGS_MAX) this.#told.push(warning);
  }

  /** What confirms all of them, of exactly this file; null where there are none. */
  confirmationOf(sha256: string): string | null {
    if (this.#count === 0) return null;
    return this.#hash.copy().update(sha256).digest('hex').slice(0, 16);
  }
}

/** Gathers what is wrong with the lines of a file. */
export class Findings {
  readonly faults: LineFault[] = [];
  readonly warnings = new Warnings();

  /** Whether the file is faulty enough to be read no further. Warnings do not count: such a file may yet be recorded. */
  get isFull(): boolean {
    return this.faults.length >= FAULTS_MAX;
  }

  fault(line: number, column: string | null, detail: string, value: unknown = null): undefined {
    this.faults.push({ line, column, detail, value: value === null ? null : String(value) });
  }

  warn(line: number, column: string | null, detail: string, value: unknown = null): void {
    this.warnings.add({ line, column, detail, value: value === null ? null : String(value) });
  }
}
