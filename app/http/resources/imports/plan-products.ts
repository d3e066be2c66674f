import { type Catalogue, UNIQUE_FIELDS } from '../../../ledger/catalogue';
import { foldedCode, hasWrongCheckDigit, withLostZeros } from '../../../ledger/code';
import type { CreateProductCommand, PutProductCommand } from '../../../ledger/command';
import { decideProduct, NOTHING_KNOWN } from '../../../ledger/decide-product';
import { REFUSALS_MAX } from '../../../ledger/draft';
import type { ProductFields, ProductRevision } from '../../../ledger/product';
import { Slices } from '../../../ledger/slice';
import { decimal } from '../../files/decimal';
import { toProductFields } from '../products/product-fields';
import { isDateLike } from './date-like';
import { SHOWN_MAX } from './import-limits';
import { beyondLimit, Findings, type Plan, type StaleRefusal } from './plan';
import type { ProductLine } from './tables';
import { codeInNumber } from './unlikely-number';

/** A field that changes, as text; null for nothing. */
export interface FieldChange {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What a line of products comes to. */
export interface ProductPreview {
  readonly line: number;
  readonly action: 'create' | 'update';
  /** Null where it gets the next that is free. */
  readonly productID: number | null;
  readonly name: string;
  readonly changes: readonly FieldChange[];
  /** Whether the product was changed after the file was looked through, so that the line is refused. */
  readonly moved: boolean;
}

/** How products are to be taken. */
export interface ProductsRules {
  readonly catalogue: Catalogue;
  /** The revision as of which the file was looked through: no later one is overwritten. */
  readonly asOf: number | undefined;
  /** Whether to find out what the catalogue would refuse. */
  readonly isTried: boolean;
  /** The largest that has a record or is in the catalogue. */
  readonly largestProductID: number;
  /** Products that may be in the catalogue. */
  readonly productLimit: number;
}

type ProductCommand = PutProductCommand | CreateProductCommand;

/** What products come to. Those without a number come last: their numbers are beyond all that the file names. */
export async function planProducts(
  found: readonly ProductLine[],
  rules: ProductsRules,
): Promise<Plan<ProductCommand, ProductPreview>> {
  const slices = new Slices();
  const planning = new Planning(rules, await productsOfNames(found, rules.catalogue, slices));
  for (const line of found) {
    if (slices.isOver) await slices.next();
    if (planning.findings.isFull) break;
    planning.take(line);
  }
  const { puts, creates, lines, stale, totals, findings } = planning;
  const { faults, warnings } = findings;
  const commands = [...puts, ...creates];
  if (rules.isTried && faults.length === 0) await tried(commands, rules, slices, findings);
  return { commands, faults, warnings, lines, stale, totals };
}

/** Tries what the catalogue will say of each line: which codes are taken, above all. */
async function tried(
  commands: readonly ProductCommand[],
  { catalogue, largestProductID, productLimit }: ProductsRules,
  slices: Slices,
  findings: Findings,
): Promise<void> {
  const layer = catalogue.layer();
  for (const command of commands) {
    if (slices.isOver) await slices.next();
    if (findings.isFull) return;
    const largest = Math.max(layer.largestProductID, largestProductID);
    // What moved is told beside this.
    const unguarded = command.kind === 'put' ? { ...command, asOf: undefined } : command;
    const decision = decideProduct(layer, largest, unguarded);
    const line = command.line as number;
    if (!('refusal' in decision)) {
      if (layer.size >= productLimit && !layer.get(decision.productID)) {
        findings.fault(line, null, beyondLimit(productLimit));
        continue;
      }
      const revision = (layer.last?.revision ?? 0) + 1;
      layer.fold([{ ...decision, revision, revisedAt: NEVER, turnMark: null }]);
    } else if (decision.refusal === 'code-taken') {
      const { field, code, holder, holderField = field } = decision;
      findings.fault(line, field, `is the ${holderField} of product ${holder}`, code);
    } else findings.fault(line, null, 'needs a productID: the largest is taken');
  }
}

const NEVER = new Date(0);

class Planning {
  readonly findings = new Findings();
  readonly puts: PutProductCommand[] = [];
  readonly creates: CreateProductCommand[] = [];
  readonly lines: ProductPreview[] = [];
  readonly stale: StaleRefusal[] = [];
  readonly totals = { creates: 0, updates: 0, moved: 0 };
  readonly #rules: ProductsRules;
  /** The lines that say something of each product, and of each code. */
  readonly #productLines = new Map<number, number>();
  readonly #codeLines = new Map<string, number>();

  /** The product of each name that is looked at; 0 for a line before. */
  readonly #names: Map<string, number>;

  constructor(rules: ProductsRules, names: Map<string, number>) {
    this.#rules = rules;
    this.#names = names;
  }

  take({ said, fields: columns, line }: ProductLine): void {
    const { productID: given, ...rest } = said;
    const productID = given ?? this.#productOf(said, line);
    if (productID === null) return;
    const known = productID === undefined ? undefined : this.#rules.catalogue.get(productID);
    if (productID !== undefined) this.#once(productID, line);
    this.#lookAtCodes(said, known, line);
    this.#lookAtNumbers(said, line);
    const cleared = columns.filter((column) => column !== 'productID');
    const fields = {
      ...Object.fromEntries(cleared.map((column) => [column, null])),
      ...toProductFields(rest),
    } as Pick<ProductFields, 'name'>;
    const { asOf } = this.#rules;
    if (productID === undefined) {
      if (hasNameAlone(said)) this.#lookAtName(said.name, line);
      this.creates.push({ kind: 'create', fields: { ...NOTHING_KNOWN, ...fields }, line });
    } else this.puts.push({ kind: 'put', productID, fields, asOf, line });
    const isUpdate = known !== undefined && !known.retired;
    const moved = known !== undefined && asOf !== undefined && known.revision > asOf;
    this.totals[isUpdate ? 'updates' : 'creates'] += 1;
    if (moved) {
      this.totals.moved += 1;
      const { revision } = known;
      const stale: StaleRefusal = {
        refusal: 'stale-revision',
        productID: known.productID,
        revision,
        line,
      };
      if (this.stale.length < REFUSALS_MAX) this.stale.push(stale);
    }
    if (this.lines.length === SHOWN_MAX) return;
    this.lines.push({
      line,
      action: isUpdate ? 'update' : 'create',
      productID: productID ?? null,
      name: said.name,
      changes: changesOf(known, fields),
      moved,
    });
  }

  /** The product that has the codes of a line without a number; undefined where none has, null where it is a fault. */
  #productOf(said: ProductLine['said'], line: number): number | undefined | null {
    let named: number | undefined;
    for (const field of UNIQUE_FIELDS) {
      const code = said[field];
      if (code === undefined) continue;
      const [holder, ...others] = this.#rules.catalogue.holdersOf(field, code);
      if (holder === undefined) continue;
      const all = new Set([holder, ...others, ...(named === undefined ? [] : [named])]);
      if (all.size > 1) {
        const detail = `may be of the products ${[...all].join(' and ')}: say productID`;
        this.findings.fault(line, field, detail, code);
        return null;
      }
      named = holder;
    }
    return named;
  }

  /** A product has one line: of two, nobody knows which is meant. */
  #once(productID: number, line: number): void {
    const first = this.#productLines.get(productID);
    if (first === undefined) this.#productLines.set(productID, line);
    else this.findings.fault(line, null, `is about product ${productID} as line ${first} is`);
  }

  #lookAtCodes(said: ProductLine['said'], known: ProductRevision | undefined, line: number): void {
    for (const field of UNIQUE_FIELDS) {
      const code = said[field];
      if (code === undefined) continue;
      const folded = foldedCode(code);
      const first = this.#codeLines.get(folded);
      if (first === undefined) this.#codeLines.set(folded, line);
      // What the product has already was meant once, even where an older ledger has given the same to another.
      if (known?.[field] === code) continue;
      if (first !== undefined && first !== line) {
        this.findings.fault(line, field, `is in line ${first} already`, code);
      }
      const whole = withLostZeros(code);
      if (whole !== undefined) {
        const detail = `looks like ${whole} without its leading zero, which spreadsheets take away`;
        this.findings.warn(line, field, detail, code);
      } else if (hasWrongCheckDigit(code)) {
        const detail = 'has a wrong check digit: one of its digits is likely mistyped';
        this.findings.warn(line, field, detail, code);
      } else if (isDateLike(code)) {
        const detail = `reads as a date, which spreadsheets make of codes such as 1-3: type the ${field} itself, and format the column as text`;
        this.findings.warn(line, field, detail, code);
      }
    }
  }

  #lookAtNumbers(said: ProductLine['said'], line: number): void {
    for (const field of ['price', 'reorderPoint', 'reorderQuantity'] as const) {
      const number = said[field];
      const doubt = typeof number === 'number' ? codeInNumber(number) : undefined;
      if (doubt) this.findings.warn(line, field, doubt, number);
    }
  }

  #lookAtName(name: string, line: number): void {
    const other = this.#names.get(name);
    if (other === undefined) this.#names.set(name, 0);
    else {
      const whose = other === 0 ? 'a line before' : `product ${other}`;
      const detail = `is the name of ${whose}: this line adds another product of that name`;
      this.findings.warn(line, 'name', detail, name);
    }
  }
}

/** Whether a line says by its name alone which product it is about. */
function hasNameAlone(said: ProductLine['said']): boolean {
  return said.productID === undefined && UNIQUE_FIELDS.every((field) => said[field] === undefined);
}

/** The products that have the names of lines which say nothing else; of several with one name, the last. */
async function productsOfNames(
  lines: readonly ProductLine[],
  catalogue: Catalogue,
  slices: Slices,
): Promise<Map<string, number>> {
  const products = new Map<string, number>();
  const wanted = new Set<string>();
  for (const { said } of lines) {
    if (slices.isOver) await slices.next();
    if (hasNameAlone(said)) wanted.add(said.name);
  }
  if (wanted.size === 0) return products;
  for (const part of catalogue.beyond(0)) {
    if (slices.isOver) await slices.next();
    for (const { name, productID, retired } of part) {
      if (!retired && wanted.has(name)) products.set(name, productID);
    }
  }
  return products;
}

function changesOf(
  known: ProductRevision | undefined,
  fields: Partial<ProductFields>,
): FieldChange[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const from = told(field, known?.[field as keyof ProductFields] ?? null);
    const to = told(field, value);
    return from === to ? [] : [{ field, from, to }];
  });
}

function told(field: string, value: string | number | null): string | null {
  if (value === null) return null;
  return field === 'price' ? decimal(BigInt(value)) : String(value);
}
