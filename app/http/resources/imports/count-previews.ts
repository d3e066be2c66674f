import type { Catalogue } from '../../../ledger/catalogue';
import { cellOf, freeIn, type Places } from '../../../ledger/cell';
import type { CountCommand } from '../../../ledger/command';
import { FIRST_LOCATION } from '../../../ledger/locations/location';
import { REFUSALS_MAX } from '../../../ledger/refusal';
import type { Slices } from '../../../ledger/slice';
import { type CountPreview, SHOWN_MAX } from '../../../wire/imports';
import { beyondLimit, type LineIssues, type StaleRefusal } from './plan';
import type { CountsRules } from './plan-counts';
import { unlikelyCount } from './unlikely-number';

/** What the counts would change, in the order of the file. If there are too many, those with the largest differences. */
export async function previewCounts(
  commands: readonly CountCommand[],
  { catalogue, isTried, productLimit, ...places }: CountsRules,
  slices: Slices,
  issues: LineIssues,
) {
  const { stock } = places;
  const stale: StaleRefusal[] = [];
  const totals = { changed: 0, unchanged: 0, new: 0, moved: 0 };
  let shown: CountPreview[] = [];
  for (const command of commands) {
    if (slices.isOver) await slices.next();
    const preview = previewLine(command, places, catalogue);
    const { countedQuantity, availableQuantity } = preview;
    const doubt = unlikelyCount(countedQuantity, availableQuantity, catalogue);
    if (doubt) issues.warn(preview.line, 'availableQuantity', doubt, countedQuantity);
    if (preview.moved) {
      totals.moved += 1;
      if (stale.length < REFUSALS_MAX)
        stale.push({ refusal: 'stale-record', ...latestOf(preview) });
    }
    if (preview.record === null) {
      totals.new += 1;
      const isBeyond = isTried && stock.size + totals.new > productLimit;
      if (isBeyond && !issues.isFull) {
        issues.fault(preview.line, null, beyondLimit(productLimit));
      }
    } else totals[preview.difference === 0 ? 'unchanged' : 'changed'] += 1;
    shown.push(preview);
    // Not for each line, since sorting takes longer than making the lines.
    if (shown.length >= 2 * SHOWN_MAX) shown = largest(shown);
  }
  const lines = largest(shown).sort((a, b) => a.line - b.line);
  return { lines, stale, totals };
}

function latestOf({ line, productID, record, availableQuantity }: CountPreview) {
  return { line, productID, record, availableQuantity };
}

function previewLine(command: CountCommand, places: Places, catalogue: Catalogue): CountPreview {
  const { line = 0, productID, availableQuantity: countedQuantity, asOf } = command;
  const { locationID = FIRST_LOCATION } = command;
  const cell = cellOf(places, productID, locationID);
  const had = cell ? freeIn(cell) : 0;
  const latest = places.stock.get(productID);
  return {
    line,
    productID,
    name: catalogue.get(productID)?.name ?? null,
    ...(locationID !== FIRST_LOCATION && { locationID }),
    availableQuantity: latest ? had : null,
    countedQuantity,
    difference: countedQuantity - had,
    record: latest?.record ?? null,
    moved: cell !== undefined && asOf !== undefined && cell.latest.record > asOf,
  };
}

function largest(lines: readonly CountPreview[]): CountPreview[] {
  if (lines.length <= SHOWN_MAX) return [...lines];
  const weight = ({ moved, difference }: CountPreview) =>
    moved ? Number.MAX_SAFE_INTEGER : Math.abs(difference);
  return lines.toSorted((a, b) => weight(b) - weight(a)).slice(0, SHOWN_MAX);
}
