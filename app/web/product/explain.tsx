import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { REASON_RULES } from '../../ledger/reason';
import type { CellExplanationAnswer, ExplanationAnswer } from '../../wire/stock';
import { ask } from '../api/ask';
import { LocationSelect } from '../location/location-select';
import { useShopLocations } from '../location/use-shop-locations';
import { LEDGER } from '../page';
import { Card } from '../ui/card';
import { change, time, units } from '../ui/format';
import { Fault, Loading } from '../ui/states';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';

/** Why a product has its stock, or a location its units: the last count, and the changes since. */
export function Explain({ productID }: { productID: number }) {
  const { areSeveral, open, nameOf } = useShopLocations();
  const [locationID, setLocation] = useState<number>();
  const { data, error, refetch } = useExplanation(productID, areSeveral ? locationID : undefined);
  return (
    <Card
      title="Why this number"
      actions={
        areSeveral && (
          <LocationSelect
            label="Stock of"
            value={locationID}
            options={open}
            none="All locations"
            onChange={setLocation}
          />
        )
      }
    >
      {error && !data && <Fault error={error} retry={refetch} />}
      {!error && !data && <Loading label="Loading the explanation" lines={3} />}
      {data && (
        <>
          <p>
            {data.count ? (
              <>
                {areSeveral
                  ? `After a count at ${nameOf(data.count.locationID)} there were `
                  : 'Counted at '}
                <strong>{units(data.counted)}</strong> on {time(data.count.recordedAt)} (record{' '}
                {data.count.record})
                {data.difference !== null &&
                  data.difference !== 0 &&
                  `: ${units(data.expectedQuantity)} expected, ${units(Math.abs(data.difference))} ${data.difference > 0 ? 'more' : 'fewer'} found`}
                .
              </>
            ) : (
              `It was never counted${locationID === undefined ? '' : ' there'}. This is everything since its first record.`
            )}
          </p>
          <TableFrame label="What has changed the stock">
            <table className={table.table}>
              <thead>
                <tr>
                  <th>Since then</th>
                  <th className={table.number}>Records</th>
                  <th className={table.number}>Units</th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <td>{data.count ? 'Last count' : 'Before its first record'}</td>
                  <td className={table.number} />
                  <td className={table.number}>{units(data.counted)}</td>
                </tr>
                {data.movements.map(({ reason, records, units: moved }) => (
                  <tr key={reason}>
                    <td>{REASON_RULES[reason].title}</td>
                    <td className={table.number}>{units(records)}</td>
                    <td className={table.number}>{change(moved)}</td>
                  </tr>
                ))}
                <tr>
                  <td>
                    <strong>
                      {data.held === undefined ? 'Available' : 'There'} as of record {data.asOf}
                    </strong>
                  </td>
                  <td className={table.number} />
                  <td className={table.number}>
                    <strong>{units(data.now)}</strong>
                  </td>
                </tr>
                {Boolean(data.held) && (
                  <tr>
                    <td>Held of these</td>
                    <td className={table.number} />
                    <td className={table.number}>{units(data.held)}</td>
                  </tr>
                )}
              </tbody>
            </table>
          </TableFrame>
        </>
      )}
    </Card>
  );
}

/** @param locationID why a location has its units; undefined for what is available at all of them */
function useExplanation(productID: number, locationID: number | undefined) {
  return useQuery({
    queryKey: [...LEDGER, 'explain', productID, locationID],
    queryFn: async () => {
      const path = `/inventory/${productID}/explain`;
      return locationID === undefined
        ? ofAll((await ask<ExplanationAnswer>(path)).body)
        : ofLocation((await ask<CellExplanationAnswer>(`${path}?locationID=${locationID}`)).body);
    },
    placeholderData: (before) => before,
  });
}

function ofAll({ count, movements, availableQuantity, ...shared }: ExplanationAnswer) {
  return {
    ...shared,
    count,
    counted: count?.availableQuantity ?? 0,
    movements: movements.map(({ quantityChange, ...each }) => ({ ...each, units: quantityChange })),
    now: availableQuantity,
    held: undefined,
  };
}

function ofLocation(answer: CellExplanationAnswer) {
  const { countedQuantity, movements, onHandQuantity, heldQuantity, ...shared } = answer;
  return {
    ...shared,
    counted: countedQuantity ?? 0,
    movements: movements.map(({ onHandChange, ...each }) => ({ ...each, units: onHandChange })),
    now: onHandQuantity,
    held: heldQuantity,
  };
}
