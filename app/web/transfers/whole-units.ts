import { QUANTITY_MAX } from '../../ledger/quantity';
import { looksLikeCode } from '../change/typed-quantity';
import { units } from '../ui/format';
import { MARKS, readNumber } from '../ui/typed-number';

/** A number of units as it was typed; or what is wrong with it. An empty field is 0. */
export function wholeUnits(text: string): number | string {
  if (text.trim() === '') return 0;
  if (looksLikeCode(text, false)) return 'This is a code, not a quantity.';
  const { plain } = readNumber(text, MARKS);
  const number = plain === undefined || plain.includes('.') ? Number.NaN : Number(plain);
  return number <= QUANTITY_MAX ? number : `Type a whole number up to ${units(QUANTITY_MAX)}.`;
}
