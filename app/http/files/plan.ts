import { createHash } from 'node:crypto';
import type { Refusal } from '../../ledger/refusal';
import { FAULTS_MAX } from './limits';
import type { LineFault } from './table';

/** That a product moved after its line was written or looked at. */
export type StaleRefusal = Extract<Refusal, { refusal: 'stale-record' | 'stale-revision' }>;

/** What a file comes to on the ledger as it is: what to submit, or why not. */
export interface Plan<C, L> {
  /** What its lines ask for. */
  readonly commands: readonly C[];
  readonly faults: readonly LineFault[];
  /** What is likely a slip, and has to be confirmed. */
  readonly warnings: readonly LineFault[];
  /** What the lines will change, those that change most where there are too many to show. */
  readonly lines: readonly L[];
  /** What the ledger would refuse, since it moved after the file was made or looked through. */
  readonly stale: readonly StaleRefusal[];
  /** How many lines there are of each kind. */
  readonly totals: Readonly<Record<string, number>> & { readonly moved: number };
}

/** Gathers what is wrong with the lines of a file, and stops at too much of it. */
export class Findings {
  readonly faults: LineFault[] = [];
  readonly warnings: LineFault[] = [];

  get isFull(): boolean {
    return this.faults.length >= FAULTS_MAX || this.warnings.length >= FAULTS_MAX;
  }

  fault(line: number, column: string | null, detail: string, value: unknown = null): undefined {
    this.faults.push({ line, column, detail, value: value === null ? null : String(value) });
  }

  warn(line: number, column: string | null, detail: string, value: unknown = null): void {
    this.warnings.push({ line, column, detail, value: value === null ? null : String(value) });
  }
}

/** What confirms exactly these warnings about exactly this file; undefined where there are none. */
export function confirmationOf(sha256: string, warnings: readonly LineFault[]): string | undefined {
  if (warnings.length === 0) return undefined;
  const told = JSON.stringify([sha256, warnings]);
  return createHash('sha256').update(told).digest('hex').slice(0, 16);
}
