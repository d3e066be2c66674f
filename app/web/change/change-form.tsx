import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { entityTag, markIn } from '../../client/entity-tag';
import type { Product } from '../../client/shop';
import type { ProblemAnswer } from '../../wire/problem';
import { newKey } from '../outbox/change-request';
import { useLive, usePage } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button, Choice, Field } from '../ui/controls';
import { typedPrice, units } from '../ui/format';
import { type Keystroke, Keystrokes } from '../ui/keystrokes';
import { DELIBERATE_MS } from '../ui/presses';
import { MARKS, readNumber } from '../ui/typed-number';
import { readPrice } from '../ui/typed-price';
import { type ChangeDraft, dropChange, emptyDraft, keepChange, keptDraft } from './change-draft';
import style from './change-form.module.css';
import { judgeByHistory } from './check-quantity';
import { Doubt } from './doubt';
import { type Input, inputFaults } from './field-faults';
import { judge } from './judge-quantity';
import { type Change, changeRequest, KIND_NAMES, KINDS, type Kind } from './kinds';
import { type Again, Refusal } from './refusal';
import { isOfSeveral, type ReturnableSale } from './returnable-sales';
import { type ChosenSale, OF_SEVERAL, SaleChoice, saleOf } from './sale-choice';
import { returnableSales, salesToReturn } from './sales-to-return';
import { looksLikeCode } from './typed-quantity';
import { useUndo } from './use-undo';

interface ChangeFormProps {
  readonly product: Product;
  /** Undefined until somebody has chosen. */
  readonly kind: Kind | undefined;
  /** The letter that opened the form. */
  readonly openedBy?: Keystroke | undefined;
  onKind(kind: Kind): void;
  onClose(): void;
  /** What was put is recorded; the form closes. */
  onRecorded?(): void;
}

/** A quantity that is asked about. */
interface Doubted {
  readonly quantity: number;
  readonly detail: string;
}

type Faults = ReadonlyMap<Input, string>;
const NO_FAULTS: Faults = new Map();

/**
 * Records a change of one product's stock, in place and by keyboard alone: a letter for its kind, a number and Enter.
 * A count holds against what the form showed when it was opened; one that lost a race says what came between. What was
 * typed is there again after Escape and Back.
 */
export function ChangeForm(props: ChangeFormProps) {
  const { product, kind, openedBy, onKind, onClose, onRecorded } = props;
  const page = usePage();
  const { outbox, queries } = page;
  const { shop } = useLive();
  const announce = useAnnounce();
  const undo = useUndo();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<ChangeDraft>(
    () => (kind && keptDraft(product, kind)) ?? emptyDraft(product),
  );
  const [isKept, setKept] = useState(() => Boolean(kind && keptDraft(product, kind)));
  const [sale, setSale] = useState<ChosenSale>('likeliest');
  const [faults, setFaults] = useState(NO_FAULTS);
  const [problem, setProblem] = useState<ProblemAnswer>();
  const [doubted, setDoubted] = useState<Doubted>();
  const [isSending, setSending] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  // One key for one decision: a double click, or a second Enter, sends the same.
  const key = useRef(newKey());
  const isBusy = useRef(false);
  // The next key belongs to the quantity, and may come before the next frame.
  const hasChosen = useRef(false);
  // What the history says of a quantity holds only while the form is open and nothing in it has changed.
  const looks = useRef(0);
  const refusedAt = useRef(Number.NEGATIVE_INFINITY);
  const looking = useRef(new AbortController());
  const keystrokes = useRef(new Keystrokes());
  const priceKeys = useRef(new Keystrokes());
  const { quantity, reference, counted } = draft;
  const unitPrice = draft.unitPrice ?? typedPrice(product.price);
  const typedUnits = Number(readNumber(quantity, MARKS).plain ?? 0);

  const field = (name: Input) => form.current?.querySelector<HTMLElement>(`[data-input="${name}"]`);

  useEffect(() => {
    looking.current = new AbortController();
    return () => {
      looks.current += 1;
      looking.current.abort();
    };
  }, []);
  useEffect(() => {
    if (openedBy) keystrokes.current.open(openedBy);
  }, [openedBy]);
  // What was refused was of the kind before.
  useEffect(() => {
    looks.current += 1;
    clearRefusals();
    // Who moves through the kinds, by the arrow keys, stays there.
    const isElsewhere = !form.current?.contains(document.activeElement);
    if (hasChosen.current || isElsewhere) focusFirst(form.current);
    hasChosen.current = false;
  }, [kind]);
  useEffect(() => {
    if (!isSending) return;
    const timer = setTimeout(() => setWaiting(true), WAITING_MS);
    return () => {
      clearTimeout(timer);
      setWaiting(false);
    };
  }, [isSending]);
  useEffect(() => {
    // Where a fault stands at a field, that is where it is mended.
    const [first] = faults.keys();
    if (first) form.current?.querySelector<HTMLInputElement>('[aria-invalid]')?.focus();
  }, [faults]);

  const clearRefusals = () => {
    setFaults(NO_FAULTS);
    setProblem(undefined);
    setDoubted(undefined);
  };
  const change = (typed: Partial<ChangeDraft>) => {
    const next = { ...draft, ...typed };
    looks.current += 1;
    refusedAt.current = Number.NEGATIVE_INFINITY;
    setDraft(next);
    setKept(false);
    clearRefusals();
    if (kind) keepChange(product, kind, next);
  };
  const choose = (next: Kind, by: 'pointer' | 'keys') => {
    if (kind) dropChange(product, kind);
    const before = quantity === '' && reference === '' ? keptDraft(product, next) : undefined;
    setDraft(before ?? draft);
    setKept(before !== undefined);
    keepChange(product, next, before ?? draft);
    onKind(next);
    hasChosen.current = by === 'pointer';
  };
  const close = () => {
    if (kind) dropChange(product, kind);
    onClose();
  };

  const send = async (changes: Partial<Change> & { readonly quantity: number }) => {
    if (!kind || isBusy.current) return;
    isBusy.current = true;
    setSending(true);
    clearRefusals();
    const price = readPrice(unitPrice, MARKS);
    const typed: Change = {
      key: key.current,
      kind,
      product,
      unitPrice: kind === 'sale' && price.fault === undefined ? price.plain : undefined,
      reference: reference.trim(),
      ifMatch: kind === 'count' ? counted : undefined,
      ...changes,
    };
    if (kind === 'return') outbox.prepare(changeRequest(typed));
    // It is kept by the outbox from here on.
    dropChange(product, kind);
    const saleRecord =
      kind === 'return'
        ? saleOf(await salesToReturn(queries, product.productID), changes.quantity, sale)?.record
        : undefined;
    const request = changeRequest({ ...typed, saleRecord });
    const settled = await outbox.send(request, looking.current.signal);
    isBusy.current = false;
    setSending(false);
    if (settled.outcome !== 'done') {
      key.current = newKey();
      keepChange(product, kind, { ...draft, quantity: String(changes.quantity) });
    }
    if (settled.outcome === 'refused') {
      refusedAt.current = performance.now();
      const atInputs = inputFaults(settled.problem);
      if (atInputs.size > 0) setFaults(atInputs);
      else setProblem(settled.problem);
      return;
    }
    // The tray, where it was taken back, has said so.
    if (settled.outcome === 'cancelled') return;
    const { availableQuantity, record } = settled.body as {
      availableQuantity: number;
      record: number;
    };
    const { productID } = product;
    const mark = markIn(settled.etag, record);
    announce(`${request.label}: ${units(availableQuantity)} available now`, 'good', {
      text: 'Undo',
      run: () => undo({ record, mark, productID, label: request.label }),
    });
    onRecorded?.();
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy.current || !kind || !shop) return;
    const typed = { product, kind, text: quantity, isScanned: keystrokes.current.areScanned };
    let judgement = judge(shop, typed);
    looks.current += 1;
    const look = looks.current;
    if (judgement.verdict === 'doubtful') {
      judgement = await judgeByHistory(page, shop, typed);
      if (look !== looks.current) return;
    }
    const price = kind === 'sale' ? readPrice(unitPrice, MARKS) : undefined;
    const wrong = new Map<Input, string>();
    if (judgement.verdict === 'wrong') wrong.set('quantity', judgement.detail);
    if (judgement.verdict === 'code') {
      wrong.set('quantity', `${judgement.detail} Nothing was recorded. Type how many units.`);
    }
    if (price && looksLikeCode(unitPrice, priceKeys.current.areScanned)) {
      wrong.set(
        'unitPrice',
        'This looks like a barcode. If it is the price, type its decimals, too.',
      );
    } else if (price?.fault !== undefined) wrong.set('unitPrice', price.fault);
    if (kind === 'return' && sale === 'likeliest' && judgement.verdict !== 'code') {
      const { queryKey } = returnableSales(product.productID);
      const sales = queries.getQueryData<ReturnableSale[]>(queryKey) ?? [];
      if (isOfSeveral(sales, typedUnits)) wrong.set('sale', OF_SEVERAL);
    }
    setFaults(wrong);
    if (judgement.verdict === 'code') {
      refusedAt.current = performance.now();
      keystrokes.current.clear();
      (field('quantity') as HTMLInputElement | null)?.select();
    }
    if (wrong.size > 0) return;
    if (judgement.verdict === 'doubtful') setDoubted(judgement);
    if (judgement.verdict === 'taken') void send({ quantity: judgement.quantity });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { target, key: pressed } = event;
    // The second of two Enters is no second decision.
    const isEcho = performance.now() - refusedAt.current < DELIBERATE_MS;
    if (pressed === 'Enter' && isEcho) return event.preventDefault();
    // A letter, too, chooses among the kinds.
    if (target instanceof HTMLInputElement && target.type === 'radio') {
      const named = KIND_NAMES.find((name) => KINDS[name].letter === pressed.toLowerCase());
      if (!named || event.ctrlKey || event.metaKey || event.altKey) return leaveOnEscape(event);
      event.preventDefault();
      keystrokes.current.open(event.nativeEvent);
      return choose(named, 'pointer');
    }
    leaveOnEscape(event);
  };
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  /** Decides anew after a refusal, from what is there now. */
  const again = ({ quantity: units, record }: Again) => {
    const now = shop?.byID.get(product.productID);
    const told = record !== undefined && now?.record === record ? now.mark : undefined;
    const ifMatch = record === undefined ? counted : entityTag(record, told);
    setDraft({ ...draft, counted: ifMatch, quantity: String(units) });
    void send({ quantity: units, ...(kind === 'count' && { ifMatch }) });
  };

  return (
    <form
      ref={form}
      className={style.form}
      aria-label={`Change the stock of ${product.title}`}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      noValidate
    >
      <Choice
        label="What to record"
        value={kind}
        options={KIND_NAMES.map((name) => ({ value: name, text: KINDS[name].title }))}
        onChange={choose}
      />
      {!kind && (
        <div className={style.buttons}>
          <p className="small muted">Choose what to record: nothing is chosen yet.</p>
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
        </div>
      )}
      {kind && (
        <div className={style.fields}>
          <Field
            label={
              <>
                {KINDS[kind].quantity}
                <span className="unseen"> of {product.title}</span>
              </>
            }
            data-input="quantity"
            inputMode="numeric"
            value={quantity}
            fault={faults.get('quantity')}
            onKeyDown={({ nativeEvent }) => keystrokes.current.add(nativeEvent)}
            onPaste={() => keystrokes.current.clear()}
            onChange={({ target }) => change({ quantity: target.value })}
            className={style.quantity}
          />
          {kind === 'sale' && (
            <Field
              label="Unit price"
              inputMode="decimal"
              value={unitPrice}
              fault={faults.get('unitPrice')}
              onKeyDown={({ nativeEvent }) => priceKeys.current.add(nativeEvent)}
              onPaste={() => priceKeys.current.clear()}
              onChange={({ target }) => change({ unitPrice: target.value })}
              className={style.quantity}
            />
          )}
          {kind === 'return' && (
            <SaleChoice
              productID={product.productID}
              quantity={typedUnits}
              chosen={sale}
              fault={faults.get('sale')}
              onChoose={(chosen) => {
                looks.current += 1;
                setSale(chosen);
                clearRefusals();
              }}
            />
          )}
          <Field
            label="Reference"
            placeholder="Order or note number"
            maxLength={100}
            value={reference}
            fault={faults.get('reference')}
            onChange={({ target }) => change({ reference: target.value })}
            className={style.reference}
          />
          <div className={style.buttons}>
            <Button type="submit" look="main" disabled={isSending}>
              {isSending ? 'Recording …' : KINDS[kind].verb}
            </Button>
            <Button look="quiet" onClick={close}>
              {isSending ? 'Close' : 'Cancel'}
            </Button>
          </div>
        </div>
      )}
      {isKept && (
        <p className="small muted" role="status">
          What you typed before is here again.{' '}
          <Button
            look="quiet"
            onClick={() => {
              change(emptyDraft(product));
              focusQuantity(form.current);
            }}
          >
            Clear it
          </Button>
        </p>
      )}
      {isWaiting && (
        <p className="small muted" role="status">
          The service does not answer yet. This is kept, and sent once as soon as it does; you can
          close the form.
        </p>
      )}
      {doubted && kind && (
        <Doubt
          detail={doubted.detail}
          verb={`${KINDS[kind].verb} of ${units(doubted.quantity)}`}
          onConfirm={() => void send({ quantity: doubted.quantity })}
          onBack={() => {
            setDoubted(undefined);
            focusQuantity(form.current);
          }}
        />
      )}
      {problem && kind && (
        <Refusal problem={problem} kind={kind} quantity={typedUnits} onAgain={again} />
      )}
    </form>
  );
}

/** An answer usually takes some milliseconds: after so long it is worth a word. */
const WAITING_MS = 1_500;

/** The quantity; where no kind is chosen yet, the kinds. */
function focusFirst(form: HTMLFormElement | null): void {
  if (!focusQuantity(form)) form?.querySelector('input')?.focus();
}

/** What stands in it is replaced by the next key. */
function focusQuantity(form: HTMLFormElement | null): boolean {
  const input = form?.querySelector<HTMLInputElement>('[data-input="quantity"]');
  input?.focus();
  input?.select();
  return Boolean(input);
}
