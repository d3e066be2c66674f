import type { TransferAnswer } from '../../wire/documents';
import { useShopLocations } from '../location/use-shop-locations';
import { useLive } from '../page';
import { useMay } from '../session/use-may';
import { Button } from '../ui/controls';
import { time, units } from '../ui/format';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';
import { CloseForm } from './close-form';
import { ReceiveForm } from './receive-form';
import style from './transfers-screen.module.css';

/** The form of a transfer that is open. */
export interface OpenForm {
  readonly transferID: number;
  readonly form: 'receive' | 'close';
}

interface TransferItemProps {
  readonly transfer: TransferAnswer;
  /** One form is open at a time: a scan goes into that one. */
  readonly open: OpenForm | undefined;
  onOpen(form: OpenForm | undefined): void;
}

/** One transfer that is on its way, and what can be done with it. */
export function TransferItem({ transfer, open, onOpen }: TransferItemProps) {
  const { transferID, from, to, expectedAt, overdue, reference, lines } = transfer;
  const { shop } = useLive();
  const { own, nameOf } = useShopLocations();
  const may = useMay();
  const isOwn = (locationID: number) => own.some((each) => each.locationID === locationID);
  const form = open?.transferID === transferID ? open.form : undefined;
  const name = `transfer ${transferID} from ${nameOf(from)} to ${nameOf(to)}`;
  const titleOf = (productID: number) => shop?.byID.get(productID)?.title ?? `Product ${productID}`;
  return (
    <article className={style.transfer} aria-label={name}>
      <header className={style.head}>
        <strong>
          {nameOf(from)} → {nameOf(to)}
        </strong>
        {overdue && <span className={style.overdue}>overdue</span>}
        <span className="muted small">
          Transfer {transferID}
          {expectedAt && `, expected ${time(expectedAt)}`}
          {reference && `, ${reference}`}
        </span>
      </header>
      <TableFrame label={`Goods of ${name}`}>
        <table className={table.table}>
          <thead>
            <tr>
              <th>Product</th>
              <th className={table.number}>Sent</th>
              <th className={table.number}>On the way</th>
              <th className={table.number}>Received</th>
              <th className={table.number}>Damaged</th>
              <th className={table.number}>Returned</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.productID}>
                <td className={table.long}>{titleOf(line.productID)}</td>
                <td className={table.number}>{units(line.quantity)}</td>
                <td className={table.number}>
                  <strong>{units(line.outstanding)}</strong>
                </td>
                <td className={table.number}>{units(line.received)}</td>
                <td className={table.number}>{units(line.damaged)}</td>
                <td className={table.number}>{units(line.returned)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {may('stock:move') && (isOwn(from) || isOwn(to)) && !form && (
        <div className={style.row}>
          {isOwn(to) && (
            <Button
              aria-label={`Receive ${name}`}
              onClick={() => onOpen({ transferID, form: 'receive' })}
            >
              Receive
            </Button>
          )}
          <Button
            look="quiet"
            aria-label={`Close ${name}`}
            onClick={() => onOpen({ transferID, form: 'close' })}
          >
            Close
          </Button>
        </div>
      )}
      {form === 'receive' && (
        <ReceiveForm transfer={transfer} name={name} onClose={() => onOpen(undefined)} />
      )}
      {form === 'close' && (
        <CloseForm transfer={transfer} name={name} onClose={() => onOpen(undefined)} />
      )}
    </article>
  );
}
