import { useQuery } from '@tanstack/react-query';
import type { CellAnswer } from '../../wire/locations';
import { ask } from '../api/ask';
import { useShopLocations } from '../location/use-shop-locations';
import { LEDGER } from '../page';
import { units } from '../ui/format';
import style from './product-screen.module.css';

/** What each location has of a product. Nothing where there is only one location. */
export function StockByLocation({ productID }: { productID: number }) {
  const { areSeveral, nameOf } = useShopLocations();
  const { data: cells = [] } = useQuery({
    queryKey: [...LEDGER, 'cells', productID],
    queryFn: async () => (await ask<CellAnswer[]>(`/inventory/${productID}/locations`)).body,
    enabled: areSeveral,
  });
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
