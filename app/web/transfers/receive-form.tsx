import { type FormEvent, useState } from 'react';
import type { Product } from '../../client/shop';
import type { TransferAnswer } from '../../wire/documents';
import { useLate } from '../change/use-late';
import { CodeEntry } from '../code/code-entry';
import { useShopLocations } from '../location/use-shop-locations';
import { useSend } from '../outbox/use-send';
import { useLive } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button, Choice, Field } from '../ui/controls';
import { units } from '../ui/format';
import { ProblemBox } from '../ui/problem-box';
import { useUnsentForm } from '../ui/use-unsent-form';
import {
  ARRIVALS,
  type Arrival,
  type Arrived,
  addOne,
  arrivedFaults,
  arrivedLines,
  NOTHING_ARRIVED,
  totalsInWords,
  typedUnits,
} from './arrived';
import style from './transfers-screen.module.css';

const CHOICES = (Object.keys(ARRIVALS) as Arrival[]).map((value) => ({
  value,
  text: ARRIVALS[value].title,
}));

interface ReceiveFormProps {
  readonly transfer: TransferAnswer;
  /** What the transfer is called. */
  readonly name: string;
  onClose(): void;
}

/** Receives goods: each scan is one unit more that was received, or damaged, or goes back. */
export function ReceiveForm({ transfer, name, onClose }: ReceiveFormProps) {
  const { transferID, to, lines } = transfer;
  const { shop } = useLive();
  const { nameOf } = useShopLocations();
  const { typed, type, clear } = useUnsentForm<Arrived>(`receipt.${transferID}`, NOTHING_ARRIVED);
  const [arrival, setArrival] = useState<Arrival>('received');
  const [faults, setFaults] = useState<ReadonlyMap<number, string>>(new Map());
  const [said, setSaid] = useState('');
  const [wrong, setWrong] = useState('');
  const { send, isSending, problem, clearProblem } = useSend();
  const isLate = useLate(isSending);
  const announce = useAnnounce();
  const change = (changed: Arrived) => {
    clearProblem();
    setFaults(new Map());
    setWrong('');
    type(changed);
  };
  const scan = ({ productID, title }: Product): string | undefined => {
    const line = lines.find((each) => each.productID === productID);
    if (!line) return `${title} is not in this transfer. Nothing was added.`;
    const changed = addOne(typed, productID, arrival);
    const fault = arrivedFaults([line], changed).get(productID);
    if (fault) return `${title}: ${fault} Nothing was added.`;
    change(changed);
    setSaid(
      `${title}: ${units(typedUnits(changed, productID, arrival))} ${ARRIVALS[arrival].word}`,
    );
    return undefined;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const found = arrivedFaults(lines, typed);
    setFaults(found);
    if (found.size > 0) return;
    const arrived = arrivedLines(lines, typed);
    if (arrived.length === 0) return setWrong('Scan what has arrived, or type how many.');
    const label = `Receipt of ${totalsInWords(arrived)} at ${nameOf(to)}, transfer ${transferID}`;
    const before = typed;
    clear();
    const settled = await send({
      path: `/transfers/${transferID}/receipts`,
      fields: { lines: arrived },
      label,
    });
    if (settled?.outcome === 'done') {
      announce(`${label}: recorded`, 'good');
      onClose();
    }
    if (settled?.outcome === 'refused') type(before);
  };
  return (
    <form className={style.receive} aria-label={`Receive ${name}`} onSubmit={submit} noValidate>
      <p className={style.where}>
        Each scan is one unit <strong>{ARRIVALS[arrival].word}</strong> at{' '}
        <strong>{nameOf(to)}</strong>
      </p>
      <Choice<Arrival>
        label="What is scanned"
        value={arrival}
        options={CHOICES}
        onChange={setArrival}
      />
      <CodeEntry label="Barcode, SKU, number or name" autoFocus onFound={scan} />
      <p className={style.said} role="status">
        {said}
      </p>
      <ul className={style.lines} aria-label="What has arrived">
        {lines
          .filter(({ outstanding }) => outstanding > 0)
          .map(({ productID, outstanding }) => {
            const title = shop?.byID.get(productID)?.title ?? `Product ${productID}`;
            return (
              <li key={productID} className={style.arrived}>
                <fieldset>
                  <legend>
                    {title} <span className="muted">{units(outstanding)} on the way</span>
                  </legend>
                  <div className={style.row}>
                    {(Object.keys(ARRIVALS) as Arrival[]).map((each) => (
                      <Field
                        key={each}
                        label={ARRIVALS[each].title}
                        inputMode="numeric"
                        value={typed[productID]?.[each] ?? ''}
                        aria-invalid={faults.has(productID) || undefined}
                        onChange={({ target: { value } }) =>
                          change({
                            ...typed,
                            [productID]: { ...typed[productID], [each]: value },
                          })
                        }
                        className={style.units}
                      />
                    ))}
                  </div>
                  {faults.has(productID) && (
                    <p className={style.fault} role="alert">
                      {faults.get(productID)}
                    </p>
                  )}
                </fieldset>
              </li>
            );
          })}
      </ul>
      {wrong && (
        <p className={style.fault} role="alert">
          {wrong}
        </p>
      )}
      {isLate && (
        <p className="small muted" role="status">
          The service does not answer yet. What you received is kept, and sent once as soon as it
          does.
        </p>
      )}
      {problem && <ProblemBox problem={problem} />}
      <div className={style.row}>
        <Button type="submit" look="main" aria-disabled={isSending}>
          {isSending ? 'Recording …' : 'Record what has arrived'}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {isSending ? 'Close' : 'Not now'}
        </Button>
      </div>
    </form>
  );
}
