import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import controls from '../ui/controls.module.css';
import { price, time, units } from '../ui/format';
import style from './change-form.module.css';
import { isOfSeveral, likeliestSale, type ReturnableSale } from './returnable-sales';
import { returnableSales } from './sales-to-return';

/** Which sale a return takes back: the likeliest until a user has chosen; a record; or none. */
export type ChosenSale = 'likeliest' | 'none' | number;

/** What is asked of a return that no single sale has as many units left for. */
export const OF_SEVERAL =
  'No single sale has as many units left. Record one return for each sale, or choose “No sale”: then units sold and revenue stay as they are.';

interface SaleChoiceProps {
  readonly productID: number;
  /** Units that are returned, as far as they are typed. */
  readonly quantity: number;
  readonly chosen: ChosenSale;
  onChoose(chosen: ChosenSale): void;
  readonly fault?: string | undefined;
}

/** The sale that a return takes back, chosen from the product's latest ones. */
export function SaleChoice({ productID, quantity, chosen, onChoose, fault }: SaleChoiceProps) {
  const id = useId();
  const { data: sales = [] } = useQuery(returnableSales(productID));
  const named = saleOf(sales, quantity, chosen);
  const isOpen = chosen === 'likeliest' && isOfSeveral(sales, quantity);
  return (
    <div className={`${controls.field} ${style.sale}`}>
      <label htmlFor={id}>Takes back</label>
      <select
        id={id}
        value={named?.record ?? (isOpen ? '' : 'none')}
        aria-invalid={fault ? true : undefined}
        aria-describedby={`${id}-said`}
        onChange={({ target: { value } }) => onChoose(value === 'none' ? value : Number(value))}
      >
        {isOpen && (
          <option value="" disabled>
            Choose
          </option>
        )}
        {sales.map((sale) => (
          <option key={sale.record} value={sale.record}>
            {saleWords(sale)}
          </option>
        ))}
        <option value="none">No sale</option>
      </select>
      <p id={`${id}-said`} className={fault ? controls.fault : controls.hint}>
        {fault ??
          (isOpen
            ? OF_SEVERAL
            : named
              ? 'Units sold and revenue are taken back, too.'
              : 'Units sold and revenue stay as they are.')}
      </p>
    </div>
  );
}

/** The sale that a return of so many takes back; undefined if there is none. */
export function saleOf(
  sales: readonly ReturnableSale[],
  quantity: number,
  chosen: ChosenSale,
): ReturnableSale | undefined {
  if (chosen === 'likeliest') return likeliestSale(sales, quantity);
  return sales.find(({ record }) => record === chosen);
}

function saleWords({ record, recordedAt, quantity, left, unitPrice, reference }: ReturnableSale) {
  const sold = left === quantity ? units(quantity) : `${units(left)} of ${units(quantity)}`;
  const at = unitPrice === undefined || unitPrice === null ? '' : ` at ${price(unitPrice)}`;
  return `Sale ${record}: ${sold}${at}, ${time(recordedAt)}${reference ? `, ${reference}` : ''}`;
}
