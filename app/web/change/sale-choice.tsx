import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import controls from '../ui/controls.module.css';
import { price, time, units } from '../ui/format';
import style from './change-form.module.css';
import {
  type ChosenSale,
  isChoiceOpen,
  OF_SEVERAL,
  type ReturnableSale,
  saleOf,
} from './returnable-sales';
import { returnableSales } from './sales-to-return';

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
  const isOpen = isChoiceOpen(sales, quantity, chosen);
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

function saleWords({ record, recordedAt, quantity, left, unitPrice, reference }: ReturnableSale) {
  const sold = left === quantity ? units(quantity) : `${units(left)} of ${units(quantity)}`;
  const at = unitPrice === undefined || unitPrice === null ? '' : ` at ${price(unitPrice)}`;
  return `Sale ${record}: ${sold}${at}, ${time(recordedAt)}${reference ? `, ${reference}` : ''}`;
}
