import { Link } from 'wouter';
import style from './product-name.module.css';

interface ProductNameProps {
  readonly product: {
    readonly productID: number;
    readonly title: string;
    readonly sku: string | null;
  };
  /** What is added to its code, such as "retired". */
  readonly note?: string | false | undefined;
  /** -1 if the Tab key stops at the row around it. */
  readonly tabIndex?: -1 | undefined;
}

/** A product in a list: its name, which leads to it, and its SKU, or its number if it has none. */
export function ProductName({ product, note = false, tabIndex }: ProductNameProps) {
  const { productID, title, sku } = product;
  return (
    <div className={style.name}>
      <Link href={`/products/${productID}`} tabIndex={tabIndex}>
        {title}
      </Link>
      <span className={style.code}>
        {sku ?? `#${productID}`}
        {note && ` · ${note}`}
      </span>
    </div>
  );
}
