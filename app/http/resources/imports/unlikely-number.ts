import type { Catalogue } from '../../../ledger/catalogue';
import { isGtin } from '../../../ledger/code';

/** Shorter numbers are not taken for the code of an article: shops have SKUs such as 12. */
const CODE_LENGTH_MIN = 4;

/**
 * More than ten times what is there, since one key too many makes ten times as many; and at least a thousand more, since
 * a file of deliveries is full of products that had nearly run out.
 */
const BEYOND = 10;
const MORE = 1_000;

/**
 * Why a number in a file is more likely the code of an article, scanned or pasted into the wrong column. Worth a question,
 * never a refusal.
 *
 * @param catalogue whose codes it is held against as well
 */
export function codeInNumber(number: number, catalogue?: Catalogue): string | undefined {
  const digits = String(number);
  if (isGtin(digits)) return 'is the number of an article, by its check digit';
  if (!catalogue || digits.length < CODE_LENGTH_MIN) return undefined;
  const holder = catalogue.holderOf('barcode', digits) ?? catalogue.holderOf('sku', digits);
  return holder === undefined ? undefined : `is the code of product ${holder}`;
}

/** Why a count is not likely. @param available what there is; null where the product has no record */
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
