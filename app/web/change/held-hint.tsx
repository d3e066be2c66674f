import { useAreHolds } from '../documents/use-are-holds';
import { useCells } from '../location/use-cells';
import { units } from '../ui/format';

interface HeldHintProps {
  readonly product: { readonly productID: number; readonly record: number | null };
  readonly locationID: number;
}

/** Held goods stand on the shelf, too, but a count here is of what is available. It says so where there are some. */
export function HeldHint({ product: { productID, record }, locationID }: HeldHintProps) {
  const cells = useCells(productID, useAreHolds() && record !== null);
  const held = cells.find((cell) => cell.locationID === locationID)?.heldQuantity ?? 0;
  if (held === 0) return null;
  return (
    <p className="small" role="status">
      <strong>{units(held)} more are held</strong> for somebody: leave them out of the count.
    </p>
  );
}
