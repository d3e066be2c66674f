import { price } from './format';
import { type NumberMarks, readNumber } from './typed-number';

/** The highest price and the most decimals of one: the service's own limits. */
const PRICE_MAX = 999_999_999.9999;
const DECIMALS_MAX = 4;

/** What a typed price is: as the service reads it, and empty where nothing was typed; or what is wrong with it, in words. */
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
  if ((plain.split('.')[1]?.length ?? 0) > DECIMALS_MAX) {
    return { fault: `Type at most ${DECIMALS_MAX} decimals.` };
  }
  if (Number(plain) > PRICE_MAX) return { fault: `Type a price up to ${price(PRICE_MAX)}.` };
  return { plain };
}
