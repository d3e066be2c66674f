import type { CountsDryRun, LineFault, ProductsDryRun } from '../../wire/imports';
import { useShopLocations } from '../location/use-shop-locations';
import { change, NOTHING, units } from '../ui/format';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';
import style from './import-screen.module.css';

/** What is wrong with a file, or has to be confirmed, by row. */
export function FaultTable({ label, faults }: { label: string; faults: readonly LineFault[] }) {
  return (
    <TableFrame label={label}>
      <table className={table.table}>
        <thead>
          <tr>
            <th className={table.number}>Row</th>
            <th>Column</th>
            <th>In the file</th>
            <th>What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ line, column, detail, value }) => (
            <tr key={`${line} ${column} ${detail}`}>
              <td className={table.number}>{units(line)}</td>
              <td>{column ?? 'whole row'}</td>
              <td>
                <code className={style.value}>{value}</code>
              </td>
              <td className={style.detail}>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** Each count beside what is in stock. */
export function CountTable({ lines }: { lines: CountsDryRun['lines'] }) {
  const { areSeveral, nameOf } = useShopLocations();
  return (
    <TableFrame label="What is counted">
      <table className={table.table}>
        <thead>
          <tr>
            <th className={table.number}>Row</th>
            <th>Product</th>
            <th className={table.number}>In stock</th>
            <th className={table.number}>Counted</th>
            <th className={table.number}>Difference</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((each) => (
            <tr key={each.line}>
              <td className={table.number}>{units(each.line)}</td>
              <td className={style.detail}>
                <Product productID={each.productID} name={each.name} />
                {areSeveral && ` at ${nameOf(each.locationID)}`}
                {each.moved && <strong className={style.bad}> changed since it was counted</strong>}
              </td>
              <td className={table.number}>{units(each.availableQuantity)}</td>
              <td className={table.number}>{units(each.countedQuantity)}</td>
              <td className={table.number}>
                {each.difference === 0 ? '0' : <strong>{change(each.difference)}</strong>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** The catalogue's fields, in the words of the page. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: 'Name',
  sku: 'SKU',
  barcode: 'Barcode',
  image: 'Image URL',
  price: 'Price',
  reorderPoint: 'Reorder at',
  reorderQuantity: 'Reorder quantity',
};

/** What becomes of each product. */
export function ProductTable({ lines }: { lines: ProductsDryRun['lines'] }) {
  return (
    <TableFrame label="What the file changes">
      <table className={table.table}>
        <thead>
          <tr>
            <th className={table.number}>Row</th>
            <th>Product</th>
            <th>What changes</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((each) => (
            <tr key={each.line}>
              <td className={table.number}>{units(each.line)}</td>
              <td className={style.detail}>
                <Product productID={each.productID} name={each.name} />
                {each.moved && <strong className={style.bad}> changed in the meantime</strong>}
              </td>
              <td className={style.detail}>
                {each.action === 'create' ? (
                  <strong>New product</strong>
                ) : (
                  <Changes changes={each.changes} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Product({ productID, name }: { productID: number | null; name: string | null }) {
  return (
    <>
      {name ?? 'Not in the catalogue'}{' '}
      {productID !== null && <span className="muted small">#{productID}</span>}
    </>
  );
}

function Changes({ changes }: { changes: ProductsDryRun['lines'][number]['changes'] }) {
  if (changes.length === 0) return <span className="muted">Nothing</span>;
  return (
    <ul className={style.changes}>
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          {FIELD_WORDS[field] ?? field}: {from ?? NOTHING} → {to ?? NOTHING}
        </li>
      ))}
    </ul>
  );
}
