import { useMemo, useState } from 'react';
import type { Product } from '../../client/shop';
import { Card } from '../ui/card';
import { Chart } from '../ui/chart';
import { Button, Choice } from '../ui/controls';
import { change, price, time, units } from '../ui/format';
import { Empty, Fault, Loading } from '../ui/states';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';
import style from './product-screen.module.css';
import { useHistory } from './queries';
import { REASON_TITLES } from './reasons';

/** What became of a product: a step for each record, and the records themselves, newest first. */
export function History({ product }: { product: Product }) {
  const [reason, setReason] = useState('all');
  const history = useHistory(product.productID, reason);
  const pages = history.data?.pages;
  const records = useMemo(() => pages?.flatMap(({ body }) => body) ?? [], [pages]);
  const { times, values } = useMemo(() => {
    const ascending = records.toReversed();
    return {
      times: ascending.map(({ recordedAt }) => Date.parse(recordedAt) / 1_000),
      values: ascending.map(({ availableQuantity }) => availableQuantity),
    };
  }, [records]);
  return (
    <Card
      title="History"
      actions={
        <Choice
          label="Which records"
          value={reason}
          options={[
            { value: 'all', text: 'All' },
            ...Object.entries(REASON_TITLES).map(([value, text]) => ({ value, text })),
          ]}
          onChange={setReason}
        />
      }
    >
      {history.error && !pages && <Fault error={history.error} retry={history.refetch} />}
      {!history.error && !pages && <Loading label="Loading the history" />}
      {pages && records.length === 0 && <Empty title="No such record" />}
      {records.length > 0 && (
        <>
          {reason === 'all' && records.length > 1 && (
            <Chart
              kind="steps"
              label={`Units available over the last ${records.length} records, as in the table below`}
              times={times}
              values={values}
              unit="Available"
              level={product.reorderPoint}
            />
          )}
          <TableFrame label="Records">
            <table className={table.table}>
              <thead>
                <tr>
                  <th>When</th>
                  <th>What</th>
                  <th className={table.number}>Change</th>
                  <th className={table.number}>Available</th>
                  <th className={table.number}>Price</th>
                  <th>Reference</th>
                  <th className={table.number}>Record</th>
                </tr>
              </thead>
              <tbody>
                {records.map((record) => (
                  <tr key={record.record}>
                    <td className={style.when}>{time(record.recordedAt)}</td>
                    <td>
                      {REASON_TITLES[record.reason]}
                      {record.saleRecord && ` of sale ${record.saleRecord}`}
                    </td>
                    <td className={table.number}>{change(record.quantityChange ?? 0)}</td>
                    <td className={table.number}>
                      <strong>{units(record.availableQuantity)}</strong>
                    </td>
                    <td className={table.number}>{price(record.unitPrice)}</td>
                    <td>
                      {record.reference}
                      {record.note && <span className="muted small"> {record.note}</span>}
                    </td>
                    <td className={`${table.number} muted`}>{record.record}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
          {history.isFetchNextPageError && (
            <Fault error={history.error} retry={() => history.fetchNextPage()} />
          )}
          {history.hasNextPage && !history.isFetchNextPageError && (
            <Button disabled={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
              {history.isFetchingNextPage ? 'Loading …' : 'Show older records'}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}
