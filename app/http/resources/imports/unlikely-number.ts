import type { Catalogue } from '../../../ledger/catalogue';
import { isGtin } from '../../../ledger/code';

/** Shorter numbers are not taken for codes: shops have SKUs such as 12. */
const CODE_LENGTH_MIN = 4;

/**
 * A count is unlikely at more than ten times the stock, since one key too many makes ten times as many, and at least a
 * thousand more, since a file of deliveries is full of products that had nearly run out.
 */
const BEYOND = 10;
const MORE = 1_000;

/**
 * The warning for a number that is more likely a code, scanned or pasted into the wrong column.
 *
 * @param catalogue to compare with its codes, too
 */
export function codeInNumber(number: number, catalogue?: Catalogue): string | undefined {
  const digits = String(number);
  if (isGtin(digits)) return 'is the number of an article, by its check digit';
  if (!catalogue || digits.length < CODE_LENGTH_MIN) return undefined;
  const holder = catalogue.holderOf('barcode', digits) ?? catalogue.holderOf('sku', digits);
  return holder === undefined ? undefined : `is the code of product ${holder}`;
}

/** The warning for an unlikely count. @param available the stock; null if the product has no record */
export function unlikelyCount(
  counted: number,
  available: number | null,
  catalogue: Catalogue,
): string | undefined {
  const code = codeInNumber(counted, catalogue);
  if (code !== undefined) return code;
  if (available === null || available === counted) return undefined;
  const isFarBeyond = counted > BEYOND * available && counted - available >= MORE;
  return isFarBeyond ? `is far more than the ${available} that are in stock` : undefined;
}
