import { type Catalogue, UNIQUE_FIELDS } from '../../../ledger/catalogue';
import { foldedCode, hasWrongCheckDigit, withLostZeros } from '../../../ledger/code';
import type { ProductRevision } from '../../../ledger/product';
import type { Slices } from '../../../ledger/slice';
import { isDateLike } from './date-like';
import type { ProductLine } from './import-tables';
import type { LineIssues } from './plan';
import { codeInNumber } from './unlikely-number';

/** Checks the lines of products, one after the other. A sure slip is a fault, a likely one a warning. */
export class ProductChecks {
  readonly #issues: LineIssues;
  /** The first line of each product, and of each code. */
  readonly #productLines = new Map<number, number>();
  readonly #codeLines = new Map<string, number>();
  /** The product of each name that is looked for; 0 for an earlier line. */
  readonly #names: Map<string, number>;

  /** @param names of `productsOfNames` */
  constructor(issues: LineIssues, names: Map<string, number>) {
    this.#issues = issues;
    this.#names = names;
  }

  /** @param known the product that the line is about, if there is one */
  check({ said, line }: ProductLine, known: ProductRevision | undefined): void {
    this.#checkCodes(said, known, line);
    this.#checkNumbers(said, line);
  }

  /** A product may have one line: of two, nobody knows which is meant. */
  checkOnce(productID: number, line: number): void {
    const first = this.#productLines.get(productID);
    if (first === undefined) this.#productLines.set(productID, line);
    else this.#issues.fault(line, null, `is about product ${productID} as line ${first} is`);
  }

  /** A line that adds a product which has a name alone: it may be one that there is already. */
  checkName({ said, line }: ProductLine): void {
    if (!hasNameAlone(said)) return;
    const { name } = said;
    const other = this.#names.get(name);
    if (other === undefined) this.#names.set(name, 0);
    else {
      const owner = other === 0 ? 'a line before' : `product ${other}`;
      const detail = `is the name of ${owner}: this line adds another product of that name`;
      this.#issues.warn(line, 'name', detail, name);
    }
  }

  #checkCodes(said: ProductLine['said'], known: ProductRevision | undefined, line: number): void {
    for (const field of UNIQUE_FIELDS) {
      const code = said[field];
      if (code === undefined) continue;
      const folded = foldedCode(code);
      const first = this.#codeLines.get(folded);
      if (first === undefined) this.#codeLines.set(folded, line);
      // The product has this code already, even if an older ledger gave the same to another.
      if (known?.[field] === code) continue;
      if (first !== undefined && first !== line) {
        this.#issues.fault(line, field, `is in line ${first} already`, code);
      }
      const whole = withLostZeros(code);
      if (whole !== undefined) {
        const detail = `looks like ${whole} without its leading zero, which spreadsheets take away`;
        this.#issues.warn(line, field, detail, code);
      } else if (hasWrongCheckDigit(code)) {
        const detail = 'has a wrong check digit: one of its digits is likely mistyped';
        this.#issues.warn(line, field, detail, code);
      } else if (isDateLike(code)) {
        const detail = `reads as a date, which spreadsheets make of codes such as 1-3: type the ${field} itself, and format the column as text`;
        this.#issues.warn(line, field, detail, code);
      }
    }
  }

  #checkNumbers(said: ProductLine['said'], line: number): void {
    for (const field of ['price', 'reorderPoint', 'reorderQuantity'] as const) {
      const number = said[field];
      const doubt = typeof number === 'number' ? codeInNumber(number) : undefined;
      if (doubt) this.#issues.warn(line, field, doubt, number);
    }
  }
}

/** Whether a line names its product by nothing but its name. */
function hasNameAlone(said: ProductLine['said']): boolean {
  return said.productID === undefined && UNIQUE_FIELDS.every((field) => said[field] === undefined);
}

/** The products whose names are in lines that have a name alone. Of several products with one name, the last. */
export async function productsOfNames(
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
