import { type Cell, freeIn } from '../../../ledger/cell';
import type { Location } from '../../../ledger/locations/location';
import type { CellAnswer, LocationAnswer } from '../../../wire/locations';

export function locationJson(location: Location): LocationAnswer {
  const { locationID, name, sellable, address, retired } = location;
  return {
    locationID,
    name,
    sellable,
    ...(address !== null && { address }),
    ...(retired && { retired: true as const }),
  };
}

export function cellJson(productID: number, cell: Cell): CellAnswer {
  const { locationID, onHandQuantity, heldQuantity, latest } = cell;
  return {
    productID,
    locationID,
    availableQuantity: freeIn(cell),
    onHandQuantity,
    heldQuantity,
    record: latest.record,
  };
}
