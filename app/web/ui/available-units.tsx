import type { Product } from '../../client/shop';
import style from './available-units.module.css';
import { units } from './format';

interface AvailableUnitsProps {
  readonly product: Product;
  /** A text before the units, such as "sending". */
  readonly note?: string | false;
}

/** How much of a product is available, in a list, and whether that is little. */
export function AvailableUnits({ product, note }: AvailableUnitsProps) {
  return (
    <span className={style.available}>
      {note && <span className={style.note}>{note}</span>}
      <StockMark product={product} />
      <strong>{units(product.availableQuantity)}</strong>
    </span>
  );
}

/** Says in words and colour that a product is low or out. */
export function StockMark({ product }: { product: Product }) {
  if (product.out) return <span className={`${style.mark} ${style.out}`}>out</span>;
  if (product.low) return <span className={`${style.mark} ${style.low}`}>low</span>;
  return null;
}
