import { type Catalogue, UNIQUE_FIELDS, type UniqueField } from '../../../ledger/catalogue';
import { withLostZeros } from '../../../ledger/code';
import type { CountCommand } from '../../../ledger/command';
import type { Documents } from '../../../ledger/documents/documents';
import { FIRST_LOCATION } from '../../../ledger/locations/location';
import type { Locations } from '../../../ledger/locations/locations';
import { markOf } from '../../../ledger/mark';
import { QUANTITY_MAX } from '../../../ledger/quantity';
import { Slices } from '../../../ledger/slice';
import type { Stock } from '../../../ledger/stock';
import type { CountPreview } from '../../../wire/imports';
import { ANNOTATION_TEXTS } from '../../../wire/texts';
import { previewCounts } from './count-previews';
import { isDateLike } from './date-like';
import type { CountLine } from './import-tables';
import { LineIssues, type Plan } from './plan';

/** How to plan the counts of a file. */
export interface CountsRules {
  readonly stock: Stock;
  readonly locations: Locations;
  readonly documents: Documents;
  /** Where lines count that name no location; the first if left out. */
  readonly locationID: number | undefined;
  readonly catalogue: Catalogue;
  /** The record as of which the dry run was. Counts of products that moved since are refused. */
  readonly asOf: number | undefined;
  /** Whether to add up several counts of one product, as if it is on several shelves. */
  readonly addsUp: boolean;
  /** Whether to find out what the ledger would refuse. */
  readonly isTried: boolean;
  /** Products that may have records. */
  readonly productLimit: number;
}

/** Plans the lines of counts. */
export async function planCounts(
  found: readonly CountLine[],
  rules: CountsRules,
): Promise<Plan<CountCommand, CountPreview>> {
  const issues = new LineIssues();
  const slices = new Slices();
  const commands: CountLine[] = [];
  /** The index of the command of each product at each location. */
  const indexes = new Map<number | string, number>();
  for (const line of found) {
    if (slices.isOver) await slices.next();
    if (issues.isFull) break;
    if (!identify(line, rules.catalogue, issues)) continue;
    line.locationID ??= rules.locationID;
    if (!isAtLocation(line, rules.locations, issues)) continue;
    limitToDryRun(line, rules, issues);
    const cell = cellName(line);
    const earlier = commands[indexes.get(cell) ?? -1];
    if (earlier === undefined) {
      indexes.set(cell, commands.length);
      commands.push(line);
    } else if (rules.addsUp) addUp(earlier, line, issues);
    else {
      const same = `counts product ${line.productID} as line ${earlier.line} does: keep one line, or have them added up`;
      issues.fault(line.line, null, same);
    }
  }
  indexes.clear();
  const lines = await previewCounts(commands, rules, slices, issues);
  const { faults, warnings } = issues;
  return { commands, faults, warnings, ...lines };
}

/** What tells the counts of one file apart. At the first location, the number alone: a file has many lines. */
function cellName({ productID, locationID = FIRST_LOCATION }: CountLine): number | string {
  return locationID === FIRST_LOCATION ? productID : `${productID} at ${locationID}`;
}

/** Whether the location of a line is there; otherwise it is a fault. */
function isAtLocation(line: CountLine, locations: Locations, issues: LineIssues): boolean {
  const { locationID = FIRST_LOCATION } = line;
  const location = locations.get(locationID);
  if (location && !location.retired) return true;
  const why = location ? 'is retired' : 'is none: PUT /locations/{locationID} makes it';
  issues.fault(line.line, 'locationID', why, locationID);
  return false;
}

/**
 * Finds out which product a line means, and sets its productID in place of its codes.
 *
 * @returns whether there is exactly one; otherwise it is a fault
 */
function identify(line: CountLine, catalogue: Catalogue, issues: LineIssues): boolean {
  for (const field of UNIQUE_FIELDS) {
    const code = line.codes?.[field];
    if (code === undefined) continue;
    const [holder, ...others] = catalogue.holdersOf(field, code);
    const fault = (detail: string) => {
      issues.fault(line.line, field, detail, code);
      return false;
    };
    if (holder === undefined) return fault(unknownCode(field, code));
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
  issues.fault(line.line, null, 'says no product: give productID, sku or barcode');
  return false;
}

function unknownCode(field: UniqueField, code: string): string {
  const unknown = `is the ${field} of no product in the catalogue`;
  const whole = withLostZeros(code);
  if (whole !== undefined) {
    return `${unknown}; a spreadsheet may have taken its leading zero (${whole})`;
  }
  return isDateLike(code) ? `${unknown}; a spreadsheet may have made a date of it` : unknown;
}

/** Limits a line to what was known when it was counted: by its own `record`, or by the dry run, whichever is earlier. */
function limitToDryRun(line: CountLine, { stock, asOf }: CountsRules, issues: LineIssues): void {
  const last = stock.last?.record ?? 0;
  if (line.asOf !== undefined && line.asOf > last) {
    const detail = `must be a record of this ledger, whose last is ${last}: it is the record of the product when it was counted`;
    issues.fault(line.line, 'record', detail, line.asOf);
  } else checkMark(line, stock, issues);
  if (asOf !== undefined) line.asOf = Math.min(line.asOf ?? asOf, asOf);
}

/**
 * Checks the mark of a line's record: it must be the mark of the product's latest record. An earlier record needs no check,
 * since its line is refused because the product has moved.
 */
function checkMark(line: CountLine, stock: Stock, issues: LineIssues): void {
  const { productID, asOf, mark } = line;
  line.mark = undefined;
  if (asOf === undefined || mark === undefined) return;
  const latest = stock.get(productID);
  const record = latest?.record ?? 0;
  if (asOf < record) return;
  if (latest && asOf === record && mark === markOf(latest, latest.recordedAt)) return;
  const detail = `is no record of product ${productID} in this ledger: it is of another one, such as before a backup was restored`;
  issues.fault(line.line, 'record', detail, `${asOf}-${mark}`);
}

/** Adds a second count of a product to the first: its units, references and notes. */
function addUp(count: CountLine, other: CountLine, issues: LineIssues): void {
  count.availableQuantity += other.availableQuantity;
  count.reference = joined(count.reference, other.reference, ', ');
  count.note = joined(count.note, other.note, '\n');
  if (other.asOf !== undefined) count.asOf = Math.min(count.asOf ?? other.asOf, other.asOf);
  const { productID, availableQuantity } = count;
  if (availableQuantity > QUANTITY_MAX) {
    issues.fault(other.line, null, `makes more than ${QUANTITY_MAX} of product ${productID}`);
  }
  const isTooLong = (name: 'reference' | 'note') =>
    (count[name]?.length ?? 0) > ANNOTATION_TEXTS[name].maxLength;
  if (isTooLong('reference') || isTooLong('note')) {
    const detail = `makes a reference or note of product ${productID} that is too long when it is added up`;
    issues.fault(other.line, null, detail);
  }
}

function joined(a: string | undefined, b: string | undefined, between: string): string | undefined {
  const texts = [...new Set([...(a?.split(between) ?? []), b])].filter((text) => text);
  return texts.length === 0 ? undefined : texts.join(between);
}
