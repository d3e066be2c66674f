import type { DocumentEntry } from '../documents/document';
import type { Submission } from '../submission';
import { documentNamedBy, type TurnFacts } from './turn-facts';

/**
 * The most records by which one turn ends holds. All requests of the turn wait for them: after a pause of the service 100,000 holds may
 * be due at once, with up to 400 lines each.
 */
export const EXPIRY_RECORDS_MAX = 5_000;

/**
 * The holds that a turn ends: all whose time has come, in the order in which they end. If they are too many, the later ones are left
 * to the next turns, unless these submissions depend on them: their units must be free for these.
 */
export function dueHolds(
  facts: Pick<TurnFacts, 'documents' | 'ended'>,
  submissions: readonly Submission[],
  now: Date,
): DocumentEntry[] {
  let records = 0;
  let named: Named | undefined;
  return facts.documents.dueAt(now).filter((hold) => {
    records += hold.lines.length;
    if (records <= EXPIRY_RECORDS_MAX) return true;
    named ??= namedBy(facts, submissions);
    return isNamed(hold, named);
  });
}

/** What submissions are about, as far as holds matter to it. */
interface Named {
  readonly documents: ReadonlySet<string>;
  readonly products: ReadonlySet<number>;
  readonly locations: ReadonlySet<number>;
}

function namedBy(
  { documents, ended }: Pick<TurnFacts, 'documents' | 'ended'>,
  submissions: readonly Submission[],
): Named {
  const names = submissions.flatMap(documentNamedBy);
  const linesOfNamed = names.flatMap((name) => {
    return (documents.get(name) ?? ended.get(name))?.lines ?? [];
  });
  const products = [...submissions.flatMap(productsOf), ...linesOfNamed.map(productOf)];
  const locations = submissions.flatMap((submission) =>
    submission.kind === 'location' ? [submission.command.locationID] : [],
  );
  return { documents: new Set(names), products: new Set(products), locations: new Set(locations) };
}

function isNamed({ document, lines }: DocumentEntry, named: Named): boolean {
  return (
    named.documents.has(document) ||
    lines.some(
      ({ productID, locationID }) =>
        named.products.has(productID) || named.locations.has(locationID),
    )
  );
}

function productsOf(submission: Submission): number[] {
  if (submission.kind === 'stock' || submission.kind === 'alerts') {
    return submission.commands.map(productOf);
  }
  if (submission.kind !== 'document' || !('lines' in submission.command)) return [];
  return (submission.command.lines ?? []).map(productOf);
}

function productOf({ productID }: { readonly productID: number }): number {
  return productID;
}
