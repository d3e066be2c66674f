import { useCells } from '../location/use-cells';
import { useShopLocations } from '../location/use-shop-locations';
import { units } from '../ui/format';
import style from './product-screen.module.css';

/** What each location has of a product. Nothing where there is only one location. */
export function StockByLocation({ productID }: { productID: number }) {
  const { areSeveral, nameOf } = useShopLocations();
  const cells = useCells(productID, areSeveral);
  if (!areSeveral) return null;
  const shown = cells.filter(({ onHandQuantity }) => onHandQuantity !== 0);
  return (
    <ul className={style.locations} aria-label="At each location">
      {shown.map(({ locationID, availableQuantity, heldQuantity }) => (
        <li key={locationID}>
          <span>{nameOf(locationID)}</span>
          <span>
            <strong>{units(availableQuantity)}</strong>
            {heldQuantity > 0 && (
              <span className="muted small"> and {units(heldQuantity)} held</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
