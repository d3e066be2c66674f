import { HIGHEST_PRICE } from '../../ledger/money';
import { QUANTITY_MAX } from '../../ledger/quantity';
import { fieldFaultsOf, isProblemOf, type ProblemAnswer } from '../../wire/problem';
import { ANNOTATION_TEXTS } from '../../wire/texts';
import { price, units } from '../ui/format';

/** The inputs of the change form. */
export type Input = 'quantity' | 'unitPrice' | 'reference' | 'sale' | 'location';

/** Which input each of the service's fields is filled in by, and what to do about one that is refused. */
const FIELDS: Readonly<Record<string, readonly [Input, string]>> = {
  availableQuantity: ['quantity', `Type a whole number up to ${units(QUANTITY_MAX)}.`],
  quantityChange: ['quantity', `Type a whole number up to ${units(QUANTITY_MAX)}.`],
  quantity: ['quantity', `Type a whole number from 1 to ${units(QUANTITY_MAX)}.`],
  unitPrice: ['unitPrice', `Type a price up to ${price(HIGHEST_PRICE)}.`],
  reference: [
    'reference',
    `Write one line of at most ${ANNOTATION_TEXTS.reference.maxLength} ordinary characters.`,
  ],
  locationID: ['location', 'Choose another location.'],
  saleRecord: ['sale', 'Choose another sale, or no sale.'],
};

/** What a refusal says about inputs, in the user's words; empty if it is about something else. */
export function inputFaults(problem: ProblemAnswer): ReadonlyMap<Input, string> {
  if (isProblemOf(problem, 'return-exceeds-sale')) {
    const left = Number(problem.returnableQuantity);
    const words = `Of this sale ${units(left)} can still be returned. Choose another, or no sale.`;
    return new Map([['sale', words]]);
  }
  if (isProblemOf(problem, 'unknown-sale')) {
    return new Map([
      ['sale', 'There is no such sale of this product. Choose another, or no sale.'],
    ]);
  }
  const faults = new Map<Input, string>();
  for (const { field, detail } of fieldFaultsOf(problem)) {
    const [input, words] = FIELDS[field] ?? [];
    // Something that no input is for is shown as a whole.
    if (!input || !words) return new Map();
    faults.set(
      input,
      detail.startsWith('times quantity') ? 'Price times units is too much.' : words,
    );
  }
  return faults;
}
