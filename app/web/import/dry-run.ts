import type { CountsDryRun, ProductsDryRun } from '../../wire/imports';
import { units } from '../ui/format';

/** What a file may have in it. */
export type ImportTarget = 'counts' | 'products';

/** What a file was found to be. */
export type CheckedFile =
  | { readonly target: 'counts'; readonly dryRun: CountsDryRun }
  | { readonly target: 'products'; readonly dryRun: ProductsDryRun };

/** What the person at the page has chosen. */
export interface Choices {
  /** Several counts of one product are added up. */
  readonly addsUp: boolean;
  /** Where lines count that name no location; undefined where there is one location only. */
  readonly locationID?: number | undefined;
}

/** Where a file is looked through. */
export function dryRunPath(target: ImportTarget, choices: Choices): string {
  const query = new URLSearchParams({ dryRun: 'true' });
  if (target === 'counts') setChoices(query, choices);
  return `/imports/${target}?${query}`;
}

/**
 * What a recording asks for beside the file: all that the dry run showed, so that nothing is recorded that nobody saw.
 *
 * @param skipsMoved whether lines of products that moved since they were counted are left out
 */
export function recordQuery(
  { target, dryRun }: CheckedFile,
  choices: Choices,
  skipsMoved: boolean,
) {
  const query = new URLSearchParams({ asOf: dryRun.asOf });
  if (target === 'counts') setChoices(query, choices);
  if (skipsMoved) query.set('moved', 'skip');
  if (dryRun.confirm !== null) query.set('confirm', dryRun.confirm);
  return String(query);
}

function setChoices(query: URLSearchParams, { addsUp, locationID }: Choices): void {
  if (addsUp) query.set('duplicates', 'add');
  if (locationID !== undefined) query.set('locationID', String(locationID));
}

/** "1 line", "3 lines". */
export function lines(count: number): string {
  return `${units(count)} ${count === 1 ? 'line' : 'lines'}`;
}

/** What a file was found to be, in a few words. */
export function titleOf({ rows, faulty, faults }: CheckedFile['dryRun']): string {
  if (faults.length === 0) return `${lines(rows)}, no fault`;
  if (rows === 0) return 'This file cannot be read';
  return `${units(faulty)} of ${units(rows)} lines ${faulty === 1 ? 'is' : 'are'} faulty`;
}

/** What recording it does, in a sentence. */
export function summaryOf({ target, dryRun }: CheckedFile): string {
  const parts: string[] = [];
  const say = (count: number, what: string) => {
    if (count > 0) parts.push(`${units(count)} ${what}`);
  };
  if (target === 'counts') {
    say(dryRun.totals.changed, 'counted again');
    say(dryRun.totals.unchanged, 'unchanged');
    say(dryRun.totals.new, 'counted for the first time');
  } else {
    say(dryRun.totals.creates, 'new');
    say(dryRun.totals.updates, 'changed');
  }
  return `Products: ${parts.join(', ')}.`;
}
