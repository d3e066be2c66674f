import { Link } from 'wouter';
import type { SellerAnswer } from '../../wire/sales';
import { useLive } from '../page';
import { Card } from '../ui/card';
import { NOTHING, sum, units } from '../ui/format';
import { Empty, Fault, Loading } from '../ui/states';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';
import type { Period } from './period';
import style from './sales-screen.module.css';
import { type By, useSales } from './use-sales';

/** Top sellers that are listed. */
const SELLERS = 50;

/** The products that sold most in a period. */
export function TopSellers({ period, by }: { period: Period; by: By }) {
  const { shop } = useLive();
  const { data, error, refetch } = useSales<SellerAnswer>({
    limit: String(SELLERS),
    by,
    ...period,
  });
  const most = Math.max(1, ...(data ?? []).map((seller) => seller[by] ?? 0));
  return (
    <Card title="Top sellers">
      {error && !data && <Fault error={error} retry={refetch} />}
      {!error && !data && <Loading label="Loading the top sellers" />}
      {data?.length === 0 && (
        <Empty title="Nothing was sold on these days">
          <p>Choose other days, or record a sale on the stock screen.</p>
        </Empty>
      )}
      {data && data.length > 0 && (
        <TableFrame label="Products that sold most">
          <table className={`${table.table} ${style.sellers}`}>
            <thead>
              <tr>
                <th className={table.number}>#</th>
                <th>Product</th>
                <th className={style.barColumn}>{by === 'revenue' ? 'Revenue' : 'Units'}</th>
                <th className={table.number}>Units sold</th>
                <th className={table.number}>Revenue</th>
              </tr>
            </thead>
            <tbody>
              {data.map((seller, place) => (
                <tr key={seller.productID}>
                  <td className={`${table.number} ${style.place} muted`}>{place + 1}</td>
                  <td className={style.name}>
                    <Link href={`/products/${seller.productID}`} className={style.product ?? ''}>
                      {shop?.byID.get(seller.productID)?.title ?? `Product ${seller.productID}`}
                    </Link>
                  </td>
                  <td aria-hidden="true" className={style.barCell}>
                    <span
                      className={style.bar}
                      style={{ width: `${(Math.max(0, seller[by] ?? 0) / most) * 100}%` }}
                    />
                  </td>
                  <td className={table.number} data-label="Units sold">
                    {units(seller.unitsSold)}
                  </td>
                  <td className={table.number} data-label="Revenue">
                    {seller.revenue === undefined ? NOTHING : sum(seller.revenue)}
                    {seller.unitsPriced !== undefined && (
                      <span className="muted small"> for {units(seller.unitsPriced)}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Card>
  );
}
