import { useQuery } from '@tanstack/react-query';
import { REASON_RULES } from '../../ledger/reason';
import type { ExplanationAnswer } from '../../wire/stock';
import { ask } from '../api/ask';
import { LEDGER } from '../page';
import { Card } from '../ui/card';
import { change, time, units } from '../ui/format';
import { Fault, Loading } from '../ui/states';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';

/** Why a product has its stock: its last count, and the changes since. */
export function Explain({ productID }: { productID: number }) {
  const { data, error, refetch } = useExplanation(productID);
  return (
    <Card title="Why this number">
      {error && !data && <Fault error={error} retry={refetch} />}
      {!error && !data && <Loading label="Loading the explanation" lines={3} />}
      {data && (
        <>
          <p>
            {data.count ? (
              <>
                Counted at <strong>{units(data.count.availableQuantity)}</strong> on{' '}
                {time(data.count.recordedAt)} (record {data.count.record})
                {data.difference !== null &&
                  data.difference !== 0 &&
                  `: ${units(data.expectedQuantity)} expected, ${units(Math.abs(data.difference))} ${data.difference > 0 ? 'more' : 'fewer'} found`}
                .
              </>
            ) : (
              'It was never counted. This is everything since its first record.'
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
                  <td className={table.number}>{units(data.count?.availableQuantity ?? 0)}</td>
                </tr>
                {data.movements.map(({ reason, records, quantityChange }) => (
                  <tr key={reason}>
                    <td>{REASON_RULES[reason].title}</td>
                    <td className={table.number}>{units(records)}</td>
                    <td className={table.number}>{change(quantityChange)}</td>
                  </tr>
                ))}
                <tr>
                  <td>
                    <strong>Available as of record {data.asOf}</strong>
                  </td>
                  <td className={table.number} />
                  <td className={table.number}>
                    <strong>{units(data.availableQuantity)}</strong>
                  </td>
                </tr>
              </tbody>
            </table>
          </TableFrame>
        </>
      )}
    </Card>
  );
}

function useExplanation(productID: number) {
  return useQuery({
    queryKey: [...LEDGER, 'explain', productID],
    queryFn: async () => (await ask<ExplanationAnswer>(`/inventory/${productID}/explain`)).body,
  });
}
