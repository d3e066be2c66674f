import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { freeOf, type Product, type Shop } from '../../client/shop';
import type { ChangeKind } from '../change/change-kinds';
import { changeLocation } from '../change/change-location';
import type { Typed } from '../change/judge-quantity';
import { useOfferedKinds } from '../change/offered';
import { type ChosenSale, isChoiceOpen, OF_SEVERAL } from '../change/returnable-sales';
import { knownSales } from '../change/sales-to-return';
import { useJudgement } from '../change/use-judgement';
import { newCode, type Scan, scannedProducts } from '../code/find-scanned';
import { useScannerKeys } from '../code/scanner-keys';
import { play } from '../code/sounds';
import { useScanField } from '../code/use-scan-field';
import { keepLocation } from '../location/kept-location';
import { useFirstLocation } from '../location/use-first-location';
import { useShopLocations } from '../location/use-shop-locations';
import { useLive, usePage, useSession } from '../page';
import { MARKS, readNumber } from '../ui/typed-number';
import { type Entered, NOTHING_FOUND, severalHave } from './entered';
import { readQuantity } from './read-quantity';
import { keepScanKind, readScanKind } from './scan-kind';
import { scannedChange } from './scanned-change';
import { useScanned } from './use-scanned';

const OTHER_CODE = 'Another code was scanned instead of its quantity; nothing was recorded.';
const NOT_CONFIRMED = 'Its quantity was not confirmed.';

export type ScanForms = ReturnType<typeof useScanForms>;

/** The two fields of the scan screen, and what Enter does in each: it finds a product, or records a quantity of it. */
export function useScanForms() {
  const { queries } = usePage();
  const { shop } = useLive();
  const codeField = useScanField();
  const quantityField = useScanField();
  const { scanned, refuse, record, hold } = useScanned(codeField.goTo);
  const locations = useShopLocations();
  const { me } = useSession();
  const firstLocation = useFirstLocation();
  const [chosenLocation, setLocation] = useState<number>();
  // A choice on another screen does not change it: somebody who scans looks at the shelf.
  if (chosenLocation === undefined && shop && me) setLocation(firstLocation);
  const locationID = chosenLocation ?? firstLocation;
  const isAtLocation = locations.own.some((location) => location.locationID === locationID);
  const mayRecord = useOfferedKinds();
  const sells = locations.isSellable(locationID);
  const kinds = locations.areSeveral
    ? mayRecord.filter((name) => isAtLocation && (name !== 'sale' || sells))
    : mayRecord;
  const [chosenKind, setKind] = useState(readScanKind);
  // The one that was chosen on this device may have been somebody else's.
  const kind = kinds.includes(chosenKind) ? chosenKind : (kinds[0] ?? chosenKind);
  const [entered, setEntered] = useState<Entered>({ ...NOTHING_FOUND, quantity: '1' });
  const { code, quantity, product, free, scans, sale, doubted } = entered;
  /** The code of a product that was added. */
  const [awaited, setAwaited] = useState<string>();
  const judgement = useJudgement();
  useScannerKeys(codeField.input);
  useEffect(() => {
    // As soon as the page knows the added product, its scan continues.
    if (!shop || !awaited) return;
    if (scannedProducts(shop, { text: awaited, asOnUsKeyboard: undefined }).length === 0) return;
    setAwaited(undefined);
    findCode({ text: awaited, asOnUsKeyboard: undefined });
  }, [shop, awaited]);

  const set = (changes: Partial<Entered>) => setEntered((before) => ({ ...before, ...changes }));
  const leave = () => {
    judgement.drop();
    set(NOTHING_FOUND);
  };
  const codeScan = (): Scan => ({
    text: code,
    asOnUsKeyboard: codeField.keys.asOnUsKeyboard(code),
  });
  const findCode = (scan: Scan) => {
    if (!shop) return;
    if (doubted && product) refuse(product.title, NOT_CONFIRMED);
    const [found, ...others] = scannedProducts(shop, scan);
    if (found && others.length === 0) {
      // Immediately, because the next key may come before the next frame.
      flushSync(() => {
        leave();
        set({
          code: scan.text.trim(),
          product: found,
          free: freeOf(shop, found.productID, locationID),
          scans: 1,
          quantity: kind === 'count' ? '' : '1',
        });
      });
      quantityField.goTo();
      return;
    }
    const wanted = newCode(scan);
    flushSync(() => {
      leave();
      set({ code: scan.text });
      if (wanted === '') set({ wrong: { code: 'Scan or type a code.' } });
      else if (found) set({ wrong: { code: severalHave(wanted, [found, ...others]) } });
      else set({ wrong: { code: `No product has the code “${wanted}”.`, unknown: wanted } });
    });
    play('refused');
    codeField.goTo();
  };
  const typeCode = (text: string) => {
    if (doubted && product) refuse(product.title, NOT_CONFIRMED);
    leave();
    set({ code: text });
  };

  const at = { location: changeLocation(locations, locationID), free };
  /** Records a quantity, and goes on with the next code. */
  const recordUnits = (units: number, of: Product) => {
    const change = scannedChange(kind, units, of, sale, at);
    leave();
    codeField.goTo();
    return record(change);
  };
  /** Lists a scan that was not ended by Enter. Its button records it. */
  const holdScanned = (units: number, held: Product) =>
    hold(scannedChange(kind, units, held, sale, at), OTHER_CODE, () => {
      if (quantityField.input.current) quantityField.goTo();
      else codeField.goTo();
    });
  /** Whether a return is of several sales, and nobody has chosen one. */
  const isSaleOpen = (units: number) => {
    if (kind !== 'return' || !product) return false;
    return isChoiceOpen(knownSales(queries, product.productID), units, sale);
  };
  const refuseQuantity = (detail: string) => {
    set({ wrong: { quantity: detail } });
    play('refused');
    quantityField.goTo();
  };
  const submitQuantity = () => {
    if (!shop || !product) return;
    const asOnUsKeyboard = quantityField.keys.asOnUsKeyboard(quantity);
    const isScanned = quantityField.keys.areScanned;
    const reading = readQuantity(shop, {
      product,
      kind,
      text: quantity,
      asOnUsKeyboard,
      isScanned,
    });
    switch (reading.is) {
      case 'same':
        return countUp();
      case 'other':
        // A code does not record the product before it. One scan does not say how many were counted.
        if (reading.isAlone && scans > (kind === 'count' ? 1 : 0)) holdScanned(scans, product);
        else refuse(product.title, OTHER_CODE);
        return findCode(reading.code);
      case 'code':
        refuse(product.title, `${reading.detail} Nothing was recorded.`);
        if (scans < 2) return findCode({ text: reading.text, asOnUsKeyboard: undefined });
        // The units that were scanned still wait for their Enter.
        set({
          quantity: String(scans),
          wrong: { quantity: `${reading.detail} No product has it.`, unknown: reading.code },
        });
        return void requestAnimationFrame(quantityField.goTo);
      case 'wrong':
        return refuseQuantity(reading.detail);
      case 'doubtful':
        return void lookUp(shop, reading.typed);
      case 'taken':
        if (isSaleOpen(reading.quantity)) return refuseQuantity(OF_SEVERAL);
        return void recordUnits(reading.quantity, product);
    }
  };
  /** Records a quantity that is usual for the product, and asks about any other. */
  const lookUp = async (shop: Shop, typed: Typed) => {
    const judged = await judgement.judgeLatest(shop, typed);
    if (!judged) return;
    if (judged.verdict === 'taken') return recordUnits(judged.quantity, typed.product);
    play('refused');
    if (judged.verdict === 'doubtful') set({ doubted: judged });
  };
  /** The same article once more is one unit more. */
  const countUp = () => {
    const before = scans > 0 ? scans : Number(readNumber(quantity, MARKS).plain ?? 0);
    flushSync(() => set({ scans: before + 1, quantity: String(before + 1), wrong: {} }));
    quantityField.goTo();
  };
  const typeQuantity = (text: string) => {
    judgement.drop();
    set({ quantity: text, wrong: {}, doubted: undefined });
  };
  const chooseKind = (value: ChangeKind, by: 'pointer' | 'keys') => {
    setKind(value);
    keepScanKind(value);
    leave();
    // A pointer means a choice; arrow keys may only pass through.
    if (by === 'pointer') codeField.goTo();
  };
  const chooseLocation = (chosen: number) => {
    setLocation(chosen);
    keepLocation(chosen);
    leave();
  };
  return {
    locations,
    locationID,
    /** Whether the one who is signed in may change stock at the location. */
    isAtLocation,
    chooseLocation,
    kind,
    kinds,
    entered,
    scanned,
    codeField,
    quantityField,
    chooseKind,
    typeCode,
    codeScan,
    findCode,
    typeQuantity,
    submitQuantity,
    recordUnits,
    leave,
    chooseSale: (chosen: ChosenSale) => set({ sale: chosen, wrong: {} }),
    correctDoubted: () => {
      set({ doubted: undefined });
      quantityField.goTo();
    },
    /** Goes on with a code once a product has it. */
    awaitCode: setAwaited,
    /** Adds a character that its key does not type. */
    appendTo: (field: 'code' | 'quantity', character: string) =>
      setEntered((before) => ({ ...before, [field]: before[field] + character })),
  };
}
