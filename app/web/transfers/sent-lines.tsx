import { X } from 'lucide-react';
import { freeOf } from '../../client/shop';
import { useLive } from '../page';
import { Button, Field } from '../ui/controls';
import { units } from '../ui/format';
import style from './transfers-screen.module.css';

/** Units of a product that are to be sent, as they are typed. */
export interface TypedLine {
  readonly productID: number;
  readonly title: string;
  readonly quantity: string;
}

interface SentLinesProps {
  readonly lines: readonly TypedLine[];
  /** Where they are now; undefined while that is not chosen. */
  readonly from: number | undefined;
  /** What is wrong with quantities, by productID. */
  readonly faults: ReadonlyMap<number, string>;
  onChange(lines: readonly TypedLine[]): void;
}

/** The products of a move or a transfer that is being made. */
export function SentLines({ lines, from, faults, onChange }: SentLinesProps) {
  const { shop } = useLive();
  if (lines.length === 0) return <p className="muted small">Nothing is added yet.</p>;
  return (
    <ul className={style.lines} aria-label="What is sent">
      {lines.map(({ productID, title, quantity }) => (
        <li key={productID}>
          <Field
            label={
              <>
                {title}
                {shop && from !== undefined && (
                  <span className="muted"> of {units(freeOf(shop, productID, from))} there</span>
                )}
              </>
            }
            inputMode="numeric"
            value={quantity}
            fault={faults.get(productID)}
            onChange={({ target }) =>
              onChange(
                lines.map((line) =>
                  line.productID === productID ? { ...line, quantity: target.value } : line,
                ),
              )
            }
            className={style.line}
          />
          <Button
            look="quiet"
            aria-label={`Leave out ${title}`}
            onClick={() => onChange(lines.filter((line) => line.productID !== productID))}
          >
            <X size={16} aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** The lines with one unit more of a product. The last scan stands first. */
export function withOneMore(
  lines: readonly TypedLine[],
  { productID, title }: { readonly productID: number; readonly title: string },
): readonly TypedLine[] {
  const before = lines.find((line) => line.productID === productID);
  const typed = Number(before?.quantity ?? 0);
  const quantity = String((Number.isSafeInteger(typed) ? typed : 0) + 1);
  const others = lines.filter((line) => line.productID !== productID);
  return [{ productID, title, quantity }, ...others];
}
