import { HIGHEST_PRICE, priceOf } from '../../ledger/money';
import { type FieldDoc, text } from './field';

const PRICE = `must be a price from 0 to ${HIGHEST_PRICE} with at most four decimals, such as 4.50`;

/** A price, read as ten-thousandths of the currency unit: 4.50 as 45000. */
export const price = text(PRICE)
  .regex(/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?$/, PRICE)
  .transform(priceOf)
  .meta({ doc: { type: 'number', minimum: 0, maximum: HIGHEST_PRICE } satisfies FieldDoc });
