import { HIGHEST_PRICE, MONEY_DECIMALS } from '../../ledger/money';
import { price } from './format';
import { type NumberMarks, readNumber } from './typed-number';

/** A typed price as the service reads it, empty if nothing was typed; or what is wrong with it, in words. */
export function readPrice(
  text: string,
  marks: NumberMarks,
): { readonly plain: string; readonly fault?: undefined } | { readonly fault: string } {
  const read = readNumber(text, marks);
  if (read.fault === 'empty') return { plain: '' };
  if (read.fault === 'ambiguous') {
    const [whole, decimal] = read.readings;
    return {
      fault: `This may be ${whole} or ${price(Number(decimal))}. Type ${whole}, or four decimals.`,
    };
  }
  if (read.fault !== undefined) return { fault: `Type a price, such as ${price(18.9)}.` };
  const { plain } = read;
  if ((plain.split('.')[1]?.length ?? 0) > MONEY_DECIMALS) {
    return { fault: `Type at most ${MONEY_DECIMALS} decimals.` };
  }
  if (Number(plain) > HIGHEST_PRICE)
    return { fault: `Type a price up to ${price(HIGHEST_PRICE)}.` };
  return { plain };
}
