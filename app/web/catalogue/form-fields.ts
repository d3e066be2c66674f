import { QUANTITY_MAX } from '../../ledger/quantity';
import { fieldFaultsOf, isProblemOf, type ProblemAnswer } from '../../wire/problem';
import type { CatalogueProduct } from '../../wire/products';
import { PRODUCT_TEXTS_MAX } from '../../wire/texts';
import { looksLikeCode } from '../change/typed-quantity';
import { price, typedPrice, units } from '../ui/format';
import { MARKS, readNumber } from '../ui/typed-number';
import { readPrice } from '../ui/typed-price';

/** The fields of the catalogue, as they are asked for. */
export const FIELDS = [
  { name: 'name', label: 'Name', inputMode: 'text' },
  { name: 'sku', label: 'SKU', inputMode: 'text' },
  { name: 'barcode', label: 'Barcode', inputMode: 'text' },
  { name: 'price', label: 'Price', inputMode: 'decimal' },
  { name: 'reorderPoint', label: 'Reorder at', inputMode: 'numeric' },
  { name: 'reorderQuantity', label: 'Reorder quantity', inputMode: 'numeric' },
  { name: 'image', label: 'Image URL', inputMode: 'url' },
] as const;

/** The text in their inputs. */
export type FormValues = Record<(typeof FIELDS)[number]['name'], string>;

/** A product's catalogue data as text for the inputs; empty for a new product. */
export function valuesOf(product: CatalogueProduct | undefined): FormValues {
  return Object.fromEntries(
    FIELDS.map(({ name }) => [
      name,
      name === 'price' ? typedPrice(product?.price) : (product?.[name]?.toString() ?? ''),
    ]),
  ) as FormValues;
}

/** The name of an input. */
export type FieldName = (typeof FIELDS)[number]['name'];

/** What is wrong with inputs, by their names. */
export type FieldFaults = ReadonlyMap<FieldName, string>;

/** What to do about an input that is refused. */
const WORDS: Record<FieldName, string> = {
  name: `Type a name of 1 to ${PRODUCT_TEXTS_MAX.name} characters, in one line.`,
  sku: `Type up to ${PRODUCT_TEXTS_MAX.sku} ordinary characters, in one line.`,
  barcode: `Type up to ${PRODUCT_TEXTS_MAX.barcode} ordinary characters, in one line.`,
  price: `Type a price, such as ${price(18.9)}.`,
  reorderPoint: `Type a whole number up to ${units(QUANTITY_MAX)}.`,
  reorderQuantity: `Type a whole number up to ${units(QUANTITY_MAX)}.`,
  image: 'Type an address that begins with https:// or http://, or leave it empty.',
};

/**
 * Reads what was typed into what the service takes: numbers in plain digits, in every language.
 *
 * @param names the inputs to be sent: what nobody has changed is not judged
 * @param isScanned whether an input's keys came as fast as a scanner sends them
 */
export function readFields(
  values: FormValues,
  names: readonly FieldName[],
  isScanned: (name: FieldName) => boolean,
): { readonly fields: Record<string, string>; readonly faults: FieldFaults } {
  const fields: Record<string, string> = {};
  const faults = new Map<FieldName, string>();
  for (const name of names) {
    const read = readField(name, values[name].trim(), isScanned(name));
    if (read.fault === undefined) fields[name] = read.plain;
    else faults.set(name, read.fault);
  }
  return { fields, faults };
}

/** The inputs in which a code is taken for a number by mistake, and what to do then. */
const CODES: Partial<Record<FieldName, string>> = {
  price: 'This looks like a barcode. If it is the price, type its decimals, too.',
  reorderPoint: 'This looks like a barcode. Type how many units.',
  reorderQuantity: 'This looks like a barcode. Type how many units.',
};

/** Whether an input takes a code, which may be scanned. */
export function takesCode(name: FieldName): boolean {
  return name === 'sku' || name === 'barcode';
}

type Read = { readonly plain: string; readonly fault?: undefined } | { readonly fault: string };

function readField(name: FieldName, text: string, isScanned: boolean): Read {
  const code = CODES[name];
  if (code && looksLikeCode(text, isScanned)) return { fault: code };
  switch (name) {
    case 'price':
      return readPrice(text, MARKS);
    case 'reorderPoint':
    case 'reorderQuantity':
      return readWhole(text, WORDS[name]);
    case 'image':
      if (text !== '' && !/^https?:\/\/./i.test(text)) return { fault: WORDS.image };
      break;
    case 'name':
      if (text === '') return { fault: WORDS.name };
      break;
  }
  return text.length > PRODUCT_TEXTS_MAX[name] ? { fault: WORDS[name] } : { plain: text };
}

function readWhole(text: string, words: string): Read {
  const read = readNumber(text, MARKS);
  if (read.fault === 'empty') return { plain: '' };
  if (read.fault === 'ambiguous') {
    return { fault: `Type it without marks: ${read.readings[0]}, if that is what you mean.` };
  }
  const isWhole = read.fault === undefined && /^[0-9]+$/.test(read.plain);
  if (!isWhole) return { fault: 'Type a whole number, such as 12, or leave it empty.' };
  return Number(read.plain) > QUANTITY_MAX ? { fault: words } : { plain: read.plain };
}

/** What a refusal says about inputs, in the user's words; empty if it is about something else. */
export function fieldFaults(problem: ProblemAnswer | undefined): FieldFaults {
  if (isProblemOf(problem, 'code-taken')) {
    const name = FIELDS.find((each) => each.name === problem.field)?.name;
    const as = FIELDS.find((each) => each.name === problem.holderField)?.name;
    const how = as === undefined ? 'already' : `as its ${as === 'sku' ? 'SKU' : as}`;
    return new Map(name ? [[name, `Product ${problem.holder ?? ''} has it ${how}.`]] : []);
  }
  const faults = new Map<FieldName, string>();
  for (const { field, detail } of fieldFaultsOf(problem)) {
    const name = FIELDS.find((each) => each.name === field)?.name;
    // What is more than a wrong form, such as a code that a spreadsheet has damaged, is shown as it is.
    if (name) faults.set(name, detail.startsWith('must be ') ? WORDS[name] : `It ${detail}.`);
  }
  return faults;
}
