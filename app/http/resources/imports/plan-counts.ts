import { type Catalogue, UNIQUE_FIELDS, type UniqueField } from '../../../ledger/catalogue';
import { withLostZeros } from '../../../ledger/code';
import type { CountCommand } from '../../../ledger/command';
import { markOf } from '../../../ledger/mark';
import { QUANTITY_MAX } from '../../../ledger/quantity';
import { Slices } from '../../../ledger/slice';
import type { Stock } from '../../../ledger/stock';
import { NOTE_MAX, REFERENCE_MAX } from '../../fields/free-text';
import { type CountPreview, previewCounts } from './count-previews';
import { isDateLike } from './date-like';
import { Findings, type Plan } from './plan';
import type { CountLine } from './tables';

/** How counts are to be taken. */
export interface CountsRules {
  readonly stock: Stock;
  readonly catalogue: Catalogue;
  /** The record as of which the counts were looked at: none of a product that moved since is taken. */
  readonly asOf: number | undefined;
  /** Whether several counts of one product are added up, as where it lies in several places. */
  readonly addsUp: boolean;
  /** Whether to find out what the ledger would refuse. */
  readonly isTried: boolean;
  /** Products that may have records. */
  readonly productLimit: number;
}

/** What counts come to. */
export async function planCounts(
  found: readonly CountLine[],
  rules: CountsRules,
): Promise<Plan<CountCommand, CountPreview>> {
  const findings = new Findings();
  const slices = new Slices();
  const commands: CountLine[] = [];
  /** Where among the commands each product is. */
  const places = new Map<number, number>();
  for (const line of found) {
    if (slices.isOver) await slices.next();
    if (findings.isFull) break;
    if (!identify(line, rules.catalogue, findings)) continue;
    limitToDryRun(line, rules, findings);
    const earlier = commands[places.get(line.productID) ?? -1];
    if (earlier === undefined) {
      places.set(line.productID, commands.length);
      commands.push(line);
    } else if (rules.addsUp) addUp(earlier, line, findings);
    else {
      const same = `counts product ${line.productID} as line ${earlier.line} does: keep one line, or have them added up`;
      findings.fault(line.line, null, same);
    }
  }
  places.clear();
  const lines = await previewCounts(commands, rules, slices, findings);
  const { faults, warnings } = findings;
  return { commands, faults, warnings, ...lines };
}

/**
 * Finds out which product a line means, and notes it in the line in place of its codes.
 *
 * @returns whether that can be told; else it is a fault
 */
function identify(line: CountLine, catalogue: Catalogue, findings: Findings): boolean {
  for (const field of UNIQUE_FIELDS) {
    const code = line.codes?.[field];
    if (code === undefined) continue;
    const [holder, ...others] = catalogue.holdersOf(field, code);
    const fault = (detail: string) => {
      findings.fault(line.line, field, detail, code);
      return false;
    };
    if (holder === undefined) return fault(nobodyHas(field, code));
    if (others.length > 0) {
      return fault(`is that of the products ${[holder, ...others].join(' and ')}: say productID`);
    }
    if (line.productID !== 0 && line.productID !== holder) {
      return fault(`is that of product ${holder}, not of ${line.productID}`);
    }
    line.productID = holder;
  }
  line.codes = undefined;
  if (line.productID !== 0) return true;
  findings.fault(line.line, null, 'says no product: give productID, sku or barcode');
  return false;
}

function nobodyHas(field: UniqueField, code: string): string {
  const nobody = `is the ${field} of no product in the catalogue`;
  const whole = withLostZeros(code);
  if (whole !== undefined) {
    return `${nobody}; a spreadsheet may have taken its leading zero (${whole})`;
  }
  return isDateLike(code) ? `${nobody}; a spreadsheet may have made a date of it` : nobody;
}

/** Limits a line to what was known when it was counted: by its own `record`, or by the dry run, whichever is earlier. */
function limitToDryRun(line: CountLine, { stock, asOf }: CountsRules, findings: Findings): void {
  const last = stock.last?.record ?? 0;
  if (line.asOf !== undefined && line.asOf > last) {
    const detail = `must be a record of this ledger, whose last is ${last}: it is the record of the product when it was counted`;
    findings.fault(line.line, 'record', detail, line.asOf);
  } else lookAtMark(line, stock, findings);
  if (asOf !== undefined) line.asOf = Math.min(line.asOf ?? asOf, asOf);
}

/**
 * Looks whether a record with its mark is one of this ledger: the latest of the product, as when it has not moved since.
 * An earlier one, whosever it is, is refused as having moved.
 */
function lookAtMark(line: CountLine, stock: Stock, findings: Findings): void {
  const { productID, asOf, mark } = line;
  line.mark = undefined;
  if (asOf === undefined || mark === undefined) return;
  const latest = stock.get(productID);
  const record = latest?.record ?? 0;
  if (asOf < record) return;
  if (latest && asOf === record && mark === markOf(latest, latest.recordedAt)) return;
  const detail = `is no record of product ${productID} in this ledger: it is of another one, such as before a backup was restored`;
  findings.fault(line.line, 'record', detail, `${asOf}-${mark}`);
}

/** Adds up two counts of one product in several places: the units of both, and what was said of either. */
function addUp(count: CountLine, other: CountLine, findings: Findings): void {
  count.availableQuantity += other.availableQuantity;
  count.reference = joined(count.reference, other.reference, ', ');
  count.note = joined(count.note, other.note, '\n');
  if (other.asOf !== undefined) count.asOf = Math.min(count.asOf ?? other.asOf, other.asOf);
  const { productID, availableQuantity, reference, note } = count;
  if (availableQuantity > QUANTITY_MAX) {
    findings.fault(other.line, null, `makes more than ${QUANTITY_MAX} of product ${productID}`);
  }
  if ((reference?.length ?? 0) > REFERENCE_MAX || (note?.length ?? 0) > NOTE_MAX) {
    const detail = `makes a reference or note of product ${productID} that is too long when it is added up`;
    findings.fault(other.line, null, detail);
  }
}

function joined(a: string | undefined, b: string | undefined, between: string): string | undefined {
  const told = [...new Set([...(a?.split(between) ?? []), b])].filter((text) => text);
  return told.length === 0 ? undefined : told.join(between);
}
