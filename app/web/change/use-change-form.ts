import { type FormEvent, useEffect, useRef, useState } from 'react';
import { entityTag } from '../../client/entity-tag';
import type { Product } from '../../client/shop';
import { keepLocation } from '../location/kept-location';
import { useFirstLocation } from '../location/use-first-location';
import { useShopLocations } from '../location/use-shop-locations';
import { useLive, usePage } from '../page';
import { typedPrice } from '../ui/format';
import { type Keystroke, Keystrokes } from '../ui/keystrokes';
import { MARKS, readNumber } from '../ui/typed-number';
import type { ChangeKind } from './change-kinds';
import { changeLocation, locationFault } from './change-location';
import { focusFirst, focusQuantity } from './focus-fields';
import { formFaults } from './form-faults';
import { judge } from './judge-quantity';
import type { Again } from './refusal';
import type { ChosenSale } from './returnable-sales';
import { knownSales } from './sales-to-return';
import type { DoubtfulQuantity } from './typed-quantity';
import { dropChange, emptyChange, freeNow, type UnsentChange } from './unsent-change';
import { useJudgement } from './use-judgement';
import { useRefusals } from './use-refusals';
import { countedAgainst, useSendChange } from './use-send-change';
import { useUnsentChange } from './use-unsent-change';

export interface ChangeFormProps {
  readonly product: Product;
  /** Undefined until somebody has chosen. */
  readonly kind: ChangeKind | undefined;
  /** Where it is made at first, if the screen shows a location. */
  readonly locationID?: number | undefined;
  /** The letter that opened the form. */
  readonly openedBy?: Keystroke | undefined;
  onKind(kind: ChangeKind): void;
  onClose(): void;
  /** The change is recorded; the form closes. */
  onRecorded?(): void;
}

export type ChangeFormState = ReturnType<typeof useChangeForm>;

/** The state of the change form: what was typed, how it is checked and sent, and what the service answers. */
export function useChangeForm(props: ChangeFormProps) {
  const { product, kind, openedBy, onKind, onClose, onRecorded } = props;
  const { queries } = usePage();
  const { shop } = useLive();
  const form = useRef<HTMLFormElement>(null);
  const locations = useShopLocations();
  const firstLocation = useFirstLocation(props.locationID);
  const { unsent, isKept, typeChange, moveChange, setUnsent } = useUnsentChange(
    product,
    shop,
    kind,
    firstLocation,
  );
  const [sale, setSale] = useState<ChosenSale>('likeliest');
  const [doubted, setDoubted] = useState<DoubtfulQuantity>();
  const refusals = useRefusals(form);
  const judgement = useJudgement();
  // The next key belongs to the quantity, and may come before the next frame.
  const hasChosen = useRef(false);
  const keystrokes = useRef(new Keystrokes());
  const priceKeys = useRef(new Keystrokes());
  const { quantity, counted } = unsent;
  const unitPrice = unsent.unitPrice ?? typedPrice(product.price);
  const typedUnits = Number(readNumber(quantity, MARKS).plain ?? 0);

  // What the history says of a quantity holds only while the form is open and nothing in it has changed.
  useEffect(() => judgement.drop, []);
  useEffect(() => {
    if (openedBy) keystrokes.current.open(openedBy);
  }, [openedBy]);
  // A refusal was about the kind before.
  useEffect(() => {
    judgement.drop();
    clearRefusals();
    // While the arrow keys move through the kinds, the focus stays there.
    const isElsewhere = !form.current?.contains(document.activeElement);
    if (hasChosen.current || isElsewhere) focusFirst(form.current);
    hasChosen.current = false;
  }, [kind]);

  const clearRefusals = () => {
    refusals.clear();
    setDoubted(undefined);
  };
  const type = (typed: Partial<UnsentChange>) => {
    judgement.drop();
    refusals.noteTyped();
    clearRefusals();
    typeChange(typed);
  };
  const chooseKind = (next: ChangeKind, by: 'pointer' | 'keys') => {
    moveChange(next);
    onKind(next);
    hasChosen.current = by === 'pointer';
  };
  const chooseLocation = (locationID: number) => {
    keepLocation(locationID);
    type({ locationID, expected: freeNow(product, shop, locationID) });
  };
  const chooseSale = (chosen: ChosenSale) => {
    judgement.drop();
    setSale(chosen);
    clearRefusals();
  };
  const close = () => {
    if (kind) dropChange(product, kind);
    onClose();
  };
  const { isSending, isBusy, send } = useSendChange({
    product,
    kind,
    unsent,
    unitPrice,
    sale,
    location: changeLocation(locations, unsent.locationID),
    onSend: clearRefusals,
    onRefused: refusals.show,
    onRecorded: () => {
      onRecorded?.();
      onClose();
    },
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy() || !kind || !shop) return;
    const typed = { product, kind, text: quantity, isScanned: keystrokes.current.areScanned };
    judgement.drop();
    const atFirst = judge(shop, typed);
    const judged =
      atFirst.verdict === 'doubtful' ? await judgement.judgeLatest(shop, typed) : atFirst;
    if (!judged) return;
    const wrong = formFaults({
      kind,
      locationFault: locationFault(locations, kind, unsent.locationID),
      judgement: judged,
      unitPrice,
      sale,
      typedUnits,
      isPriceScanned: priceKeys.current.areScanned,
      sales: knownSales(queries, product.productID),
    });
    refusals.setFaults(wrong);
    if (judged.verdict === 'code') {
      refusals.noteRefused();
      keystrokes.current.clear();
      form.current?.querySelector<HTMLInputElement>('[data-input="quantity"]')?.select();
    }
    if (wrong.size > 0) return;
    if (judged.verdict === 'doubtful') setDoubted(judged);
    if (judged.verdict === 'taken') void send({ quantity: judged.quantity });
  };
  /** Sends again after a refusal, based on the stock as it is now. */
  const again = ({ quantity: units, record, expected = unsent.expected }: Again) => {
    const now = shop?.byID.get(product.productID);
    const mark = record !== undefined && now?.record === record ? now.mark : undefined;
    const ifMatch = record === undefined ? counted : entityTag(record, mark);
    setUnsent({ ...unsent, counted: ifMatch, expected, quantity: String(units) });
    const location = changeLocation(locations, unsent.locationID);
    const against = countedAgainst({ counted: ifMatch, expected }, location);
    void send({ quantity: units, ...(kind === 'count' && against) });
  };
  return {
    form,
    unsent,
    unitPrice,
    typedUnits,
    locations,
    sale,
    isKept,
    isSending,
    faults: refusals.faults,
    problem: refusals.problem,
    doubted,
    keystrokes,
    priceKeys,
    type,
    chooseKind,
    chooseLocation,
    chooseSale,
    close,
    submit,
    send,
    again,
    isEcho: refusals.isEcho,
    /** Empties the form, which has what was typed before. */
    clear: () => {
      type(emptyChange(product, shop, unsent.locationID));
      focusQuantity(form.current);
    },
    /** Goes back to a quantity that was asked about. */
    correct: () => {
      setDoubted(undefined);
      focusQuantity(form.current);
    },
  };
}
