import { FILE_FAULTS_MAX } from '../../../wire/imports';
import { Problem } from '../../problems/problem';
import { refused } from '../../problems/refused';
import type { Plan } from './plan';
import type { ReadTable } from './table';

/** A file as it was read, and what its lines would change in the ledger. */
export async function plannedFile<L, C>(
  { lines, ...read }: ReadTable<L>,
  sha256: string,
  plan: (lines: readonly L[]) => Promise<Plan<C, unknown> & { readonly asOf: string }>,
) {
  const planned = await plan(lines);
  const faults = [...read.faults, ...planned.faults]
    .sort((a, b) => a.line - b.line)
    .slice(0, FILE_FAULTS_MAX);
  const faulty = read.faulty + new Set(planned.faults.map(({ line }) => line)).size;
  const stopped = faults.length >= FILE_FAULTS_MAX;
  const { first: warnings, count: warned } = planned.warnings;
  const confirm = planned.warnings.confirmationOf(sha256);
  return { ...read, ...planned, faults, faulty, stopped, warnings, warned, confirm };
}

/** What `plannedFile` returns. */
type Planned = Awaited<ReturnType<typeof plannedFile<unknown, unknown>>>;

/** The file has faulty lines. */
export function faultyFile({ rows, faults, faulty, stopped, notes }: Planned): Problem {
  return new Problem('faulty-file', faultyDetail(rows, faults, faulty, stopped), {
    rows,
    faulty,
    faults,
    stopped,
    notes,
  });
}

function faultyDetail(
  rows: number,
  faults: Planned['faults'],
  faulty: number,
  stopped: boolean,
): string {
  const [first] = faults;
  if (rows === 0 && first) {
    const what = first.column === null ? '' : ` ("${first.column}")`;
    return `Nothing was recorded, since the file cannot be understood: line ${first.line}${what} ${first.detail}.`;
  }
  if (stopped) {
    const last = faults.at(-1)?.line ?? rows;
    return `Nothing was recorded. These are the first ${FILE_FAULTS_MAX} faults, up to line ${last}: correct these first.`;
  }
  return faulty === 1
    ? 'One line is faulty, so nothing was recorded.'
    : `${faulty} lines are faulty, so nothing was recorded.`;
}

/** The file has warnings that the request does not confirm. */
export function unconfirmed({ warnings, warned, confirm }: Planned): Problem {
  const what = warned === 1 ? 'The file has a likely slip' : `The file has ${warned} likely slips`;
  const detail = `${what}, so nothing was recorded. Correct the file, or send it again with confirm=${confirm}.`;
  return new Problem('unconfirmed-warnings', detail, { warnings, warned, confirm });
}

/**
 * Refuses a file if products moved after it was made or after its dry run. Products that move from now on are refused by
 * the ledger.
 *
 * @param isSkipping whether to leave out the lines of such products, as long as the answer can name each of them
 * @throws Problem `batch-refused`
 */
export function refuseMoved({ stale, totals, rows }: Planned, isSkipping: boolean): void {
  const { moved } = totals;
  if (moved === 0 || (isSkipping && moved <= stale.length && moved < rows)) return;
  const errors = stale.map((refusal) => refused(refusal).body());
  const what = moved === 1 ? 'One product has' : `${moved} products have`;
  const detail = `${what} moved since the file was made, or since its dry run, so nothing was recorded. Send the file again with dryRun=true to see what it changes now.`;
  throw new Problem('batch-refused', detail, { errors });
}
