import { type Catalogue, UNIQUE_FIELDS } from '../../../ledger/catalogue';
import type { CreateProductCommand, PutProductCommand } from '../../../ledger/command';
import { NOTHING_KNOWN } from '../../../ledger/decide-product';
import type { ProductFields } from '../../../ledger/product';
import { REFUSALS_MAX } from '../../../ledger/refusal';
import { Slices } from '../../../ledger/slice';
import type { ProductPreview } from '../../../wire/imports';
import { SHOWN_MAX } from '../../../wire/imports';
import { toProductFields } from '../products/product-fields';
import { tryOnCatalogue } from './catalogue-trial';
import type { ProductLine } from './import-tables';
import { LineIssues, type Plan, type StaleRefusal } from './plan';
import { ProductChecks, productsOfNames } from './product-checks';
import { changesOf } from './product-previews';

/** How to plan the products of a file. */
export interface ProductsRules {
  readonly catalogue: Catalogue;
  /** The revision as of which the dry run was. Products with a later one are not overwritten. */
  readonly asOf: number | undefined;
  /** Whether to find out what the catalogue would refuse. */
  readonly isTried: boolean;
  /** The largest productID that has a record or is in the catalogue. */
  readonly largestProductID: number;
  /** Products that may be in the catalogue. */
  readonly productLimit: number;
}

/** What a line of products asks for. */
export type ProductCommand = PutProductCommand | CreateProductCommand;

/** Plans the lines of products. Products without a number come last: they get numbers beyond all that the file names. */
export async function planProducts(
  found: readonly ProductLine[],
  rules: ProductsRules,
): Promise<Plan<ProductCommand, ProductPreview>> {
  const slices = new Slices();
  const planning = new Planning(rules, await productsOfNames(found, rules.catalogue, slices));
  for (const line of found) {
    if (slices.isOver) await slices.next();
    if (planning.issues.isFull) break;
    planning.take(line);
  }
  const { puts, creates, lines, stale, totals, issues } = planning;
  const { faults, warnings } = issues;
  const commands = [...puts, ...creates];
  if (rules.isTried && faults.length === 0) await tryOnCatalogue(commands, rules, slices, issues);
  return { commands, faults, warnings, lines, stale, totals };
}

class Planning {
  readonly issues = new LineIssues();
  readonly puts: PutProductCommand[] = [];
  readonly creates: CreateProductCommand[] = [];
  readonly lines: ProductPreview[] = [];
  readonly stale: StaleRefusal[] = [];
  readonly totals = { creates: 0, updates: 0, moved: 0 };
  readonly #rules: ProductsRules;
  readonly #checks: ProductChecks;

  constructor(rules: ProductsRules, names: Map<string, number>) {
    this.#rules = rules;
    this.#checks = new ProductChecks(this.issues, names);
  }

  take(row: ProductLine): void {
    const { said, fields: columns, line } = row;
    const { productID: given, ...rest } = said;
    const productID = given ?? this.#productOf(said, line);
    if (productID === null) return;
    const known = productID === undefined ? undefined : this.#rules.catalogue.get(productID);
    if (productID !== undefined) this.#checks.checkOnce(productID, line);
    this.#checks.check(row, known);
    const cleared = columns.filter((column) => column !== 'productID');
    const fields = {
      ...Object.fromEntries(cleared.map((column) => [column, null])),
      ...toProductFields(rest),
    } as Pick<ProductFields, 'name'>;
    const { asOf } = this.#rules;
    if (productID === undefined) {
      this.#checks.checkName(row);
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

  /** The product that has the codes of a line without a number; undefined if none has, null if several have. */
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
        this.issues.fault(line, field, detail, code);
        return null;
      }
      named = holder;
    }
    return named;
  }
}
