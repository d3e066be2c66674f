import { type FormEvent, useState } from 'react';
import { ANNOTATION_TEXTS } from '../../wire/texts';
import { useLate } from '../change/use-late';
import { CodeEntry } from '../code/code-entry';
import { keepLocation } from '../location/kept-location';
import { LocationSelect } from '../location/location-select';
import { useFirstLocation } from '../location/use-first-location';
import { useShopLocations } from '../location/use-shop-locations';
import { useSend } from '../outbox/use-send';
import { useAnnounce } from '../ui/announce';
import { Button, Choice, Field } from '../ui/controls';
import { shownCalendar, zoneName } from '../ui/format';
import { ProblemBox } from '../ui/problem-box';
import { useUnsentForm } from '../ui/use-unsent-form';
import { SentLines, type TypedLine, withOneMore } from './sent-lines';
import { goodsInWords } from './transfer-words';
import style from './transfers-screen.module.css';
import { wholeUnits } from './whole-units';

const HOW = [
  { value: 'moved', text: 'They are there at once' },
  { value: 'sent', text: 'They are on their way' },
] as const;

/** How the form begins. A location is 0 until it is chosen. */
const EMPTY: {
  readonly from: number;
  readonly to: number;
  readonly how: (typeof HOW)[number]['value'];
  /** As the input has it: by the clock of the shop. */
  readonly expectedAt: string;
  readonly reference: string;
  readonly lines: readonly TypedLine[];
} = { from: 0, to: 0, how: 'moved', expectedAt: '', reference: '', lines: [] };

/** Goods go from one location to another: at once, or on their way until they are received. */
export function SendForm() {
  const { open, own, nameOf } = useShopLocations();
  const first = useFirstLocation();
  const { typed, type, clear } = useUnsentForm('goods', EMPTY);
  const { how, expectedAt, reference, lines } = typed;
  const [faults, setFaults] = useState<Faults>(NO_FAULTS);
  const { send, isSending, problem, clearProblem } = useSend();
  const isLate = useLate(isSending);
  const announce = useAnnounce();
  const from = typed.from || first;
  const targets = (how === 'moved' ? own : open).filter(({ locationID }) => locationID !== from);
  const to = targets.find(({ locationID }) => locationID === typed.to)?.locationID;
  const change = (changes: Partial<typeof EMPTY>) => {
    clearProblem();
    setFaults(NO_FAULTS);
    type({ from, ...changes });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const isOwn = own.some(({ locationID }) => locationID === from);
    const wrong = { ...faultsOf(lines, to), ...(!isOwn && { from: 'Choose where they are.' }) };
    setFaults(wrong);
    if (to === undefined || !isOwn || wrong.form || wrong.lines.size > 0) return;
    const sent = lines.map(({ productID, quantity }) => {
      return { productID, quantity: wholeUnits(quantity) as number };
    });
    const isSent = how === 'sent';
    const goods = goodsInWords(sent.map((line, index) => ({ ...line, ...titled(lines, index) })));
    const label = `${isSent ? 'Transfer' : 'Move'} of ${goods} from ${nameOf(from)} to ${nameOf(to)}`;
    clear();
    const settled = await send({
      path: isSent ? '/transfers' : '/inventory/moves',
      fields: {
        from,
        to,
        lines: sent,
        ...(isSent && expectedAt && { expectedAt: momentAt(expectedAt) }),
        ...(reference.trim() && { reference: reference.trim() }),
      },
      label,
    });
    if (settled?.outcome === 'done') announce(`${label}: recorded`, 'good');
    // What was refused can be corrected.
    if (settled?.outcome === 'refused') type({ ...typed, from });
  };
  return (
    <form className={style.form} aria-label="Move or send goods" onSubmit={submit} noValidate>
      <div className={style.row}>
        <LocationSelect
          label="From"
          value={from}
          options={own}
          fault={faults.from}
          onChange={(chosen) => {
            if (chosen === undefined) return;
            keepLocation(chosen);
            change({ from: chosen });
          }}
        />
        <LocationSelect
          label="To"
          value={to}
          options={targets}
          fault={faults.to}
          onChange={(chosen = 0) => change({ to: chosen })}
        />
      </div>
      <Choice
        label="When they arrive"
        value={how}
        options={HOW}
        onChange={(chosen) => change({ how: chosen })}
      />
      <CodeEntry
        label="Barcode, SKU, number or name"
        onFound={(product) => {
          change({ lines: withOneMore(lines, product) });
          return undefined;
        }}
      />
      <SentLines
        lines={lines}
        from={from}
        faults={faults.lines}
        onChange={(changed) => change({ lines: changed })}
      />
      <div className={style.row}>
        {how === 'sent' && (
          <Field
            label="Expected (may be empty)"
            type="datetime-local"
            value={expectedAt}
            hint={zoneHint()}
            onChange={({ target }) => change({ expectedAt: target.value })}
          />
        )}
        <Field
          label="Reference"
          placeholder="Order or note number"
          maxLength={ANNOTATION_TEXTS.reference.maxLength}
          value={reference}
          onChange={({ target }) => change({ reference: target.value })}
        />
      </div>
      {faults.form && (
        <p className={style.fault} role="alert">
          {faults.form}
        </p>
      )}
      {isLate && (
        <p className="small muted" role="status">
          The service does not answer yet. What you sent is kept, and sent once as soon as it does.
        </p>
      )}
      {problem && <ProblemBox problem={problem} />}
      <Button type="submit" look="main" aria-disabled={isSending}>
        {isSending ? 'Recording …' : how === 'sent' ? 'Send the goods' : 'Move the goods'}
      </Button>
    </form>
  );
}

interface Faults {
  readonly from?: string;
  readonly to?: string;
  readonly form?: string;
  readonly lines: ReadonlyMap<number, string>;
}

const NO_FAULTS: Faults = { lines: new Map() };

function faultsOf(lines: readonly TypedLine[], to: number | undefined): Faults {
  const wrong = lines.flatMap(({ productID, quantity }) => {
    const read = wholeUnits(quantity);
    if (typeof read === 'string') return [[productID, read] as const];
    return read === 0 ? [[productID, 'Type how many, or leave it out.'] as const] : [];
  });
  return {
    ...(to === undefined && { to: 'Choose where they go.' }),
    ...(lines.length === 0 && { form: 'Add what is sent.' }),
    lines: new Map(wrong),
  };
}

function titled(lines: readonly TypedLine[], index: number) {
  return { title: lines[index]?.title ?? '' };
}

/** The moment at which the clock of the shop shows what is typed. */
function momentAt(typed: string): string {
  return new Date(shownCalendar().momentOf(typed)).toISOString();
}

/** Which clock it is, on a device that has another one. */
function zoneHint(): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const calendar = shownCalendar();
  return calendar.isNamed(timeZone) ? undefined : `By the clock of ${zoneName(calendar.timeZone)}.`;
}
