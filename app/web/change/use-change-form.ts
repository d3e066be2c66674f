import { type FormEvent, useEffect, useRef, useState } from 'react';
import { entityTag } from '../../client/entity-tag';
import type { Product } from '../../client/shop';
import type { ProblemAnswer } from '../../wire/problem';
import type { AcceptedRecord } from '../../wire/records';
import { newKey } from '../outbox/change-request';
import { useLooking } from '../outbox/use-looking';
import { useLive, usePage } from '../page';
import { typedPrice } from '../ui/format';
import { type Keystroke, Keystrokes } from '../ui/keystrokes';
import { DELIBERATE_MS } from '../ui/presses';
import { MARKS, readNumber } from '../ui/typed-number';
import { readPrice } from '../ui/typed-price';
import { changeRequest, type EnteredChange } from './change';
import type { ChangeKind } from './change-kinds';
import { judgeByHistory } from './check-quantity';
import { type Input, inputFaults } from './field-faults';
import { focusFirst, focusQuantity } from './focus-fields';
import { formFaults } from './form-faults';
import { judge } from './judge-quantity';
import type { Again } from './refusal';
import { type ChosenSale, saleOf } from './returnable-sales';
import { knownSales, salesToReturn } from './sales-to-return';
import type { DoubtfulQuantity } from './typed-quantity';
import { dropChange, emptyChange, keepChange, type UnsentChange } from './unsent-change';
import { useAnnounceRecorded } from './use-announce-recorded';
import { useUnsentChange } from './use-unsent-change';

export interface ChangeFormProps {
  readonly product: Product;
  /** Undefined until somebody has chosen. */
  readonly kind: ChangeKind | undefined;
  /** The letter that opened the form. */
  readonly openedBy?: Keystroke | undefined;
  onKind(kind: ChangeKind): void;
  onClose(): void;
  /** The change is recorded; the form closes. */
  onRecorded?(): void;
}

type Faults = ReadonlyMap<Input, string>;
const NO_FAULTS: Faults = new Map();

export type ChangeFormState = ReturnType<typeof useChangeForm>;

/** The state of the change form: what was typed, how it is checked and sent, and what the service answers. */
export function useChangeForm(props: ChangeFormProps) {
  const { product, kind, openedBy, onKind, onClose, onRecorded } = props;
  const page = usePage();
  const { outbox, queries } = page;
  const { shop } = useLive();
  const announceRecorded = useAnnounceRecorded();
  const looking = useLooking();
  const form = useRef<HTMLFormElement>(null);
  const { unsent, isKept, typeChange, moveChange, setUnsent } = useUnsentChange(product, kind);
  const [sale, setSale] = useState<ChosenSale>('likeliest');
  const [faults, setFaults] = useState(NO_FAULTS);
  const [problem, setProblem] = useState<ProblemAnswer>();
  const [doubted, setDoubted] = useState<DoubtfulQuantity>();
  const [isSending, setSending] = useState(false);
  // One key for one decision: a double click, or a second Enter, sends the same.
  const key = useRef(newKey());
  const isBusy = useRef(false);
  // The next key belongs to the quantity, and may come before the next frame.
  const hasChosen = useRef(false);
  // What the history says of a quantity holds only while the form is open and nothing in it has changed.
  const looks = useRef(0);
  const refusedAt = useRef(Number.NEGATIVE_INFINITY);
  const keystrokes = useRef(new Keystrokes());
  const priceKeys = useRef(new Keystrokes());
  const { quantity, counted } = unsent;
  const unitPrice = unsent.unitPrice ?? typedPrice(product.price);
  const typedUnits = Number(readNumber(quantity, MARKS).plain ?? 0);

  useEffect(
    () => () => {
      looks.current += 1;
    },
    [],
  );
  useEffect(() => {
    if (openedBy) keystrokes.current.open(openedBy);
  }, [openedBy]);
  // A refusal was about the kind before.
  useEffect(() => {
    looks.current += 1;
    clearRefusals();
    // While the arrow keys move through the kinds, the focus stays there.
    const isElsewhere = !form.current?.contains(document.activeElement);
    if (hasChosen.current || isElsewhere) focusFirst(form.current);
    hasChosen.current = false;
  }, [kind]);
  useEffect(() => {
    // The focus goes to the first field that has to be corrected.
    const [first] = faults.keys();
    if (first) form.current?.querySelector<HTMLInputElement>('[aria-invalid]')?.focus();
  }, [faults]);

  const clearRefusals = () => {
    setFaults(NO_FAULTS);
    setProblem(undefined);
    setDoubted(undefined);
  };
  const type = (typed: Partial<UnsentChange>) => {
    looks.current += 1;
    refusedAt.current = Number.NEGATIVE_INFINITY;
    clearRefusals();
    typeChange(typed);
  };
  const chooseKind = (next: ChangeKind, by: 'pointer' | 'keys') => {
    moveChange(next);
    onKind(next);
    hasChosen.current = by === 'pointer';
  };
  const chooseSale = (chosen: ChosenSale) => {
    looks.current += 1;
    setSale(chosen);
    clearRefusals();
  };
  const close = () => {
    if (kind) dropChange(product, kind);
    onClose();
  };

  const send = async (changes: Partial<EnteredChange> & { readonly quantity: number }) => {
    if (!kind || isBusy.current) return;
    isBusy.current = true;
    setSending(true);
    clearRefusals();
    const price = readPrice(unitPrice, MARKS);
    const typed: EnteredChange = {
      key: key.current,
      kind,
      product,
      unitPrice: kind === 'sale' && price.fault === undefined ? price.plain : undefined,
      reference: unsent.reference.trim(),
      ifMatch: kind === 'count' ? counted : undefined,
      ...changes,
    };
    if (kind === 'return') outbox.prepare(changeRequest(typed));
    // From here on the outbox keeps it.
    dropChange(product, kind);
    const saleRecord =
      kind === 'return'
        ? saleOf(await salesToReturn(queries, product.productID), changes.quantity, sale)?.record
        : undefined;
    const request = changeRequest({ ...typed, saleRecord });
    const settled = await outbox.send<AcceptedRecord>(request, looking.current.signal);
    isBusy.current = false;
    setSending(false);
    if (settled.outcome !== 'done') {
      key.current = newKey();
      keepChange(product, kind, { ...unsent, quantity: String(changes.quantity) });
    }
    if (settled.outcome === 'refused') {
      refusedAt.current = performance.now();
      const atInputs = inputFaults(settled.problem);
      if (atInputs.size > 0) setFaults(atInputs);
      else setProblem(settled.problem);
      return;
    }
    // It was cancelled in the tray, which has said so.
    if (settled.outcome === 'cancelled') return;
    announceRecorded(request, product.productID, settled);
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
    const wrong = formFaults({
      kind,
      judgement,
      unitPrice,
      sale,
      typedUnits,
      isPriceScanned: priceKeys.current.areScanned,
      sales: knownSales(queries, product.productID),
    });
    setFaults(wrong);
    if (judgement.verdict === 'code') {
      refusedAt.current = performance.now();
      keystrokes.current.clear();
      form.current?.querySelector<HTMLInputElement>('[data-input="quantity"]')?.select();
    }
    if (wrong.size > 0) return;
    if (judgement.verdict === 'doubtful') setDoubted(judgement);
    if (judgement.verdict === 'taken') void send({ quantity: judgement.quantity });
  };
  /** Sends again after a refusal, based on the stock as it is now. */
  const again = ({ quantity: units, record }: Again) => {
    const now = shop?.byID.get(product.productID);
    const mark = record !== undefined && now?.record === record ? now.mark : undefined;
    const ifMatch = record === undefined ? counted : entityTag(record, mark);
    setUnsent({ ...unsent, counted: ifMatch, quantity: String(units) });
    void send({ quantity: units, ...(kind === 'count' && { ifMatch }) });
  };
  return {
    form,
    unsent,
    unitPrice,
    typedUnits,
    sale,
    isKept,
    isSending,
    faults,
    problem,
    doubted,
    keystrokes,
    priceKeys,
    type,
    chooseKind,
    chooseSale,
    close,
    submit,
    send,
    again,
    /** Whether an Enter now repeats the one that was just refused, and is no second decision. */
    isEcho: () => performance.now() - refusedAt.current < DELIBERATE_MS,
    /** Empties the form, which has what was typed before. */
    clear: () => {
      type(emptyChange(product));
      focusQuantity(form.current);
    },
    /** Goes back to a quantity that was asked about. */
    correct: () => {
      setDoubted(undefined);
      focusQuantity(form.current);
    },
  };
}
