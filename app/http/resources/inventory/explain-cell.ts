import { type Cell, freeIn } from '../../../ledger/cell';
import type { Ledger } from '../../../ledger/ledger';
import type { Locations } from '../../../ledger/locations/locations';
import { cellsAsOf } from '../../../ledger/past-cells';
import type { LedgerRecord } from '../../../ledger/record';
import type { CellExplanationAnswer } from '../../../wire/stock';
import type { BeforeJson } from '../../answers/before-json';
import { recordJson } from '../../answers/entry-json';
import { unknownProduct } from '../../problems/refused';

/** What is explained: a product at a location, when the ledger ended with a record. */
interface Asked {
  readonly productID: number;
  readonly locationID: number;
  readonly asOf: number;
}

/** Why a location has its units of a product. @throws Problem `unknown-product` */
export async function explainCell(
  ledger: Ledger,
  locations: Locations,
  asked: Asked,
): Promise<BeforeJson<CellExplanationAnswer>> {
  const { productID, locationID, asOf } = asked;
  const cellAt = async (record: number): Promise<Cell | undefined> => {
    const cells = await cellsAsOf(ledger.ask, locations, productID, record);
    if (cells.length === 0) throw unknownProduct(productID);
    return cells.find((cell) => cell.locationID === locationID);
  };
  /** A record by hand does not say what was there after it. */
  const onHandAfter = async (record: LedgerRecord | null): Promise<number | null> =>
    record && (record.onHandQuantity ?? (await cellAt(record.record))?.onHandQuantity ?? 0);
  const cell = await cellAt(asOf);
  const { count, before, movements } = await ledger.ask.explain(asked);
  const countedQuantity = await onHandAfter(count);
  const expectedQuantity = await onHandAfter(before);
  return {
    productID,
    locationID,
    asOf,
    availableQuantity: freeIn(cell),
    onHandQuantity: cell?.onHandQuantity ?? 0,
    heldQuantity: cell?.heldQuantity ?? 0,
    count: count && recordJson(count),
    countedQuantity,
    expectedQuantity,
    difference:
      countedQuantity !== null && expectedQuantity !== null
        ? countedQuantity - expectedQuantity
        : null,
    movements: movements.map(({ reason, records, quantityChange }) => {
      return { reason, records, onHandChange: quantityChange };
    }),
  };
}
