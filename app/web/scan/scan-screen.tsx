import { Volume2, VolumeX } from 'lucide-react';
import {
  type FormEvent,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { markIn } from '../../client/entity-tag';
import { type Product, recordTag, type Shop } from '../../client/shop';
import { ProductForm } from '../catalogue/product-form';
import { judgeByHistory } from '../change/check-quantity';
import { Doubt } from '../change/doubt';
import type { Typed } from '../change/judge-quantity';
import { type Change, changeRequest, KIND_NAMES, KINDS, type Kind } from '../change/kinds';
import { isOfSeveral, type ReturnableSale } from '../change/returnable-sales';
import { type ChosenSale, OF_SEVERAL, SaleChoice, saleOf } from '../change/sale-choice';
import { returnableSales, salesToReturn } from '../change/sales-to-return';
import { useUndo } from '../change/use-undo';
import { newKey } from '../outbox/change-request';
import { useLive, useOutbox, usePage } from '../page';
import { Button, Choice, Field } from '../ui/controls';
import { Dialog } from '../ui/dialog';
import { units } from '../ui/format';
import { Keystrokes } from '../ui/keystrokes';
import { Screen } from '../ui/screen';
import { Fault, Loading } from '../ui/states';
import { MARKS, readNumber } from '../ui/typed-number';
import { newCode, type Scan, scannedProducts } from './find-scanned';
import { readEntry } from './read-entry';
import { keepScanKind, readScanKind } from './scan-kind';
import style from './scan-screen.module.css';
import { GROUP_SEPARATOR } from './scanned-code';
import { type Scanned, ScannedList, withEntry } from './scanned-list';
import { useScannerKeys } from './scanner-keys';
import { areSoundsOn, play, turnSounds } from './sounds';

/** An answer that takes longer is worth the sound of waiting. */
const WAITING_MS = 1_500;

const OTHER_CODE = 'Another code was scanned in place of its quantity; nothing was recorded.';

/** What is wrong with what stands in the fields. */
interface Wrong {
  readonly code?: string;
  readonly quantity?: string;
  /** A code that no product has, for one that may be added. */
  readonly unknown?: string;
}

/** A quantity that is asked about. */
interface Doubted {
  readonly quantity: number;
  readonly detail: string;
}

/** For a barcode scanner, or fingers: a code, Enter, a quantity, Enter; the next one. */
export default function ScanScreen() {
  const { shop, connection, fault } = useLive();
  const { waiting } = useOutbox();
  const page = usePage();
  const { outbox, queries } = page;
  const undo = useUndo();
  const codeInput = useRef<HTMLInputElement>(null);
  const quantityInput = useRef<HTMLInputElement>(null);
  const codeKeys = useRef(new Keystrokes());
  const quantityKeys = useRef(new Keystrokes());
  const [kind, setKind] = useState(readScanKind);
  const [code, setCode] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [product, setProduct] = useState<Product>();
  // How often the product was scanned since it was found; 0 once a quantity was typed.
  const [scans, setScans] = useState(0);
  const [sale, setSale] = useState<ChosenSale>('likeliest');
  const [wrong, setWrong] = useState<Wrong>({});
  const [doubted, setDoubted] = useState<Doubted>();
  const [isLoud, setLoud] = useState(areSoundsOn);
  const [scanned, setScanned] = useState<readonly Scanned[]>([]);
  const [adding, setAdding] = useState<string>();
  const [awaited, setAwaited] = useState<string>();
  // What is looked up of a quantity holds only while nothing else was scanned.
  const looks = useRef(0);
  // A refusal is told here as long as this screen is open; else the tray keeps it.
  const looking = useRef(new AbortController());
  useEffect(() => {
    looking.current = new AbortController();
    return () => looking.current.abort();
  }, []);
  useScannerKeys(codeInput);
  useEffect(() => {
    // The product that was added is scanned on, as soon as the page knows of it.
    if (!shop || !awaited) return;
    if (scannedProducts(shop, { text: awaited, asOnUsKeyboard: undefined }).length === 0) return;
    setAwaited(undefined);
    findCode({ text: awaited, asOnUsKeyboard: undefined });
  }, [shop, awaited]);

  const show = useCallback(
    (entry: Scanned) => setScanned((before) => withEntry(before, entry)),
    [],
  );
  const refuse = (label: string, detail: string) => {
    show({ key: newKey(), label, at: Date.now(), state: 'refused', detail });
    play('refused');
  };
  const toCode = () => {
    codeInput.current?.focus();
    codeInput.current?.select();
    codeKeys.current.clear();
  };
  const toQuantity = () => {
    quantityInput.current?.focus();
    quantityInput.current?.select();
    quantityKeys.current.clear();
  };
  const leave = () => {
    looks.current += 1;
    setProduct(undefined);
    setScans(0);
    setSale('likeliest');
    setCode('');
    setWrong({});
    setDoubted(undefined);
  };
  const findCode = (scan: Scan) => {
    if (!shop) return;
    if (doubted && product) refuse(product.title, 'Its quantity was not confirmed.');
    const [found, ...others] = scannedProducts(shop, scan);
    if (found && others.length === 0) {
      // At once: the next key may come before the next frame.
      flushSync(() => {
        leave();
        setCode(scan.text.trim());
        setProduct(found);
        setScans(1);
        setQuantity(kind === 'count' ? '' : '1');
      });
      toQuantity();
      return;
    }
    const wanted = newCode(scan);
    flushSync(() => {
      leave();
      setCode(scan.text);
      if (wanted === '') setWrong({ code: 'Scan or type a code.' });
      else if (found) setWrong({ code: severalHave(wanted, [found, ...others]) });
      else setWrong({ code: `No product has the code “${wanted}”.`, unknown: wanted });
    });
    play('refused');
    toCode();
  };
  const codeScan = (): Scan => ({
    text: code,
    asOnUsKeyboard: codeKeys.current.asOnUsKeyboard(code),
  });

  /** Sends what is booked, and goes on with the next code. */
  const book = (units: number, booked: Product) => {
    const entered = entry(units, booked);
    leave();
    toCode();
    return record(entered);
  };
  const entry = (quantity: number, of: Product) => {
    const change: Change = {
      key: newKey(),
      kind,
      product: of,
      quantity,
      // Whatever is recorded between the look at the shelf and the answer is not to be wiped out.
      ifMatch: kind === 'count' ? recordTag(of) : undefined,
      ...priceOf(kind, of),
    };
    return { change, sale };
  };
  const record = async ({ change, sale: chosen }: ReturnType<typeof entry>) => {
    const request = changeRequest(change);
    if (change.kind !== 'return') return send(request);
    const { key, label, madeAt } = request;
    show({ key, label, at: madeAt, state: 'waiting', detail: '' });
    outbox.prepare(request);
    const sales = await salesToReturn(queries, change.product.productID);
    const saleRecord = saleOf(sales, change.quantity, chosen)?.record;
    return send(changeRequest({ ...change, saleRecord }));
  };
  /** Keeps in sight what was scanned and has had no Enter: it is recorded once somebody presses its button. */
  const hold = (units: number, held: Product) => {
    const entered = entry(units, held);
    const { key, label, madeAt } = changeRequest(entered.change);
    const answer = () => {
      if (quantityInput.current) toQuantity();
      else toCode();
      void record(entered);
    };
    show({ key, label, at: madeAt, state: 'refused', detail: OTHER_CODE, record: answer });
    play('refused');
  };
  /** Whether a return is of several sales, and nobody has chosen one. */
  const isSaleOpen = (units: number) => {
    if (kind !== 'return' || sale !== 'likeliest' || !product) return false;
    const { queryKey } = returnableSales(product.productID);
    return isOfSeveral(queries.getQueryData<ReturnableSale[]>(queryKey) ?? [], units);
  };
  const submitQuantity = () => {
    if (!shop || !product) return;
    const asOnUsKeyboard = quantityKeys.current.asOnUsKeyboard(quantity);
    const isScanned = quantityKeys.current.areScanned;
    const reading = readEntry(shop, { product, kind, text: quantity, asOnUsKeyboard, isScanned });
    switch (reading.is) {
      case 'same':
        return countUp();
      case 'other':
        // No code books another one. Of one scan, how many were counted is not known.
        if (reading.isAlone && scans > (kind === 'count' ? 1 : 0)) hold(scans, product);
        else refuse(product.title, OTHER_CODE);
        return findCode(reading.code);
      case 'code':
        refuse(product.title, `${reading.detail} Nothing was recorded.`);
        if (scans < 2) return findCode({ text: reading.text, asOnUsKeyboard: undefined });
        // The units that were scanned still wait for their Enter.
        setQuantity(String(scans));
        setWrong({ quantity: `${reading.detail} No product has it.`, unknown: reading.code });
        return requestAnimationFrame(toQuantity);
      case 'wrong':
        setWrong({ quantity: reading.detail });
        play('refused');
        return toQuantity();
      case 'doubtful':
        return void lookUp(shop, reading.typed);
      case 'taken':
        if (isSaleOpen(reading.quantity)) {
          setWrong({ quantity: OF_SEVERAL });
          play('refused');
          return toQuantity();
        }
        return void book(reading.quantity, product);
    }
  };
  /** Books a quantity that the product's history speaks for, and asks about any other. */
  const lookUp = async (shop: Shop, typed: Typed) => {
    looks.current += 1;
    const look = looks.current;
    const judged = await judgeByHistory(page, shop, typed);
    if (look !== looks.current) return;
    if (judged.verdict === 'taken') return book(judged.quantity, typed.product);
    play('refused');
    if (judged.verdict === 'doubtful') setDoubted(judged);
  };
  /** The same article once more is one unit more. */
  const countUp = () => {
    const before = scans > 0 ? scans : Number(readNumber(quantity, MARKS).plain ?? 0);
    flushSync(() => {
      setScans(before + 1);
      setQuantity(String(before + 1));
      setWrong({});
    });
    toQuantity();
  };
  const send = async (change: ReturnType<typeof changeRequest>) => {
    const entry = { key: change.key, label: change.label, at: change.madeAt };
    show({ ...entry, state: 'waiting', detail: '' });
    const { signal } = looking.current;
    const timer = setTimeout(() => !signal.aborted && play('waiting'), WAITING_MS);
    const settled = await outbox.send(change, signal);
    clearTimeout(timer);
    if (settled.outcome === 'done') {
      const { availableQuantity, record, productID } = settled.body as {
        availableQuantity: number;
        record: number;
        productID: number;
      };
      const booked: Scanned = {
        ...entry,
        state: 'booked',
        detail: `${units(availableQuantity)} available now`,
      };
      const undone = async () => {
        toCode();
        const mark = markIn(settled.etag, record);
        const isUndone = await undo({ record, mark, productID, label: change.label });
        if (isUndone) show({ ...booked, state: 'undone', detail: '' });
      };
      show({ ...booked, undo: () => void undone() });
      play('booked');
    } else if (settled.outcome === 'refused') {
      show({ ...entry, state: 'refused', detail: settled.problem.detail });
      play('refused');
    } else {
      show({ ...entry, state: 'cancelled', detail: '' });
      play('refused');
    }
  };
  const chooseKind = (value: Kind, by: 'pointer' | 'keys') => {
    setKind(value);
    keepScanKind(value);
    leave();
    // By a pointer one has chosen; by the arrow keys one may be on the way.
    if (by === 'pointer') toCode();
  };
  const onCodeKey = ({ nativeEvent: event }: KeyboardEvent<HTMLInputElement>) => {
    codeKeys.current.add(event);
    if (isFnc1(event)) {
      event.preventDefault();
      setCode((before) => before + GROUP_SEPARATOR);
    }
    // Some scanners end a code by Tab. Where it is none, Tab goes on as everywhere.
    if (event.key !== 'Tab' || event.shiftKey || code.trim() === '' || product || !shop) return;
    const isCode = codeKeys.current.areScanned || scannedProducts(shop, codeScan()).length === 1;
    if (!isCode) return;
    event.preventDefault();
    findCode(codeScan());
  };
  const onQuantityKey = ({ nativeEvent: event }: KeyboardEvent<HTMLInputElement>) => {
    quantityKeys.current.add(event);
    if (event.key === 'Escape') {
      leave();
      toCode();
    }
    if (isFnc1(event)) {
      event.preventDefault();
      setQuantity((before) => before + GROUP_SEPARATOR);
    }
    if (event.key !== 'Tab' || event.shiftKey || !quantityKeys.current.areScanned) return;
    event.preventDefault();
    submitQuantity();
  };
  const heard = product
    ? `${product.title}, ${units(shop?.byID.get(product.productID)?.availableQuantity)} available.${scans > 1 ? ` Scanned ${scans} times.` : ''} ${KINDS[kind].quantity}?`
    : '';

  return (
    <Screen
      title="Scan"
      subtitle={
        waiting.length > 0
          ? `${units(waiting.length)} waiting to be sent`
          : 'Code, Enter, quantity, Enter'
      }
      actions={
        <Button
          look="quiet"
          aria-pressed={isLoud}
          onClick={() => {
            turnSounds(!isLoud);
            setLoud(!isLoud);
          }}
        >
          {isLoud ? <Volume2 size={17} aria-hidden /> : <VolumeX size={17} aria-hidden />} Sounds
        </Button>
      }
    >
      {!shop && connection === 'lost' && <Fault error={fault} />}
      {!shop && connection !== 'lost' && <Loading label="Loading the products" />}
      {shop && (
        <div className={style.desk} data-kind={kind}>
          <Choice
            label="What is scanned"
            value={kind}
            options={KIND_NAMES.map((name) => ({ value: name, text: KINDS[name].title }))}
            onChange={chooseKind}
          />
          <p className={style.kind}>
            <strong>{KINDS[kind].title}</strong> {KINDS[kind].effect}
          </p>
          <form
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              findCode(codeScan());
            }}
            noValidate
            aria-label="Find the product"
          >
            <Field
              ref={codeInput}
              label="Barcode, SKU or number"
              autoFocus
              enterKeyHint="next"
              autoCapitalize="off"
              spellCheck={false}
              value={code}
              fault={wrong.code}
              saysFault
              onKeyDown={onCodeKey}
              onPaste={() => codeKeys.current.clear()}
              onFocus={() => codeKeys.current.clear()}
              onChange={({ target }) => {
                if (doubted && product) refuse(product.title, 'Its quantity was not confirmed.');
                leave();
                setCode(target.value);
              }}
              className={style.large}
            />
          </form>
          {wrong.unknown && (
            <Button onClick={() => setAdding(wrong.unknown)}>New product with this code</Button>
          )}
          {product && (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                submitQuantity();
              }}
              noValidate
              className={style.book}
              aria-label="Record the quantity"
            >
              <p className={style.found}>
                <strong>{product.title}</strong>
                <span className="muted">
                  {units(shop.byID.get(product.productID)?.availableQuantity)} available
                </span>
              </p>
              <Field
                ref={quantityInput}
                label={
                  <>
                    {KINDS[kind].quantity}
                    <span className="unseen"> of {product.title}</span>
                  </>
                }
                inputMode="numeric"
                enterKeyHint="done"
                value={quantity}
                fault={wrong.quantity}
                saysFault
                onPaste={() => quantityKeys.current.clear()}
                onChange={({ target }) => {
                  looks.current += 1;
                  setQuantity(target.value);
                  setWrong({});
                  setDoubted(undefined);
                }}
                onKeyDown={onQuantityKey}
                className={style.large}
              />
              {kind === 'return' && (
                <SaleChoice
                  productID={product.productID}
                  quantity={Number(readNumber(quantity, MARKS).plain ?? 0)}
                  chosen={sale}
                  onChoose={(chosen) => {
                    setSale(chosen);
                    setWrong({});
                  }}
                />
              )}
              {doubted ? (
                <Doubt
                  detail={doubted.detail}
                  verb={`${KINDS[kind].verb} of ${units(doubted.quantity)}`}
                  onConfirm={() => void book(doubted.quantity, product)}
                  onBack={() => {
                    setDoubted(undefined);
                    toQuantity();
                  }}
                />
              ) : (
                <Button type="submit" look="main" className={style.go}>
                  {KINDS[kind].verb}
                </Button>
              )}
            </form>
          )}
          <p className="unseen" role="status">
            {heard}
          </p>
          <ScannedList scanned={scanned} />
          {adding !== undefined && (
            <Dialog
              title="New product"
              onClose={() => {
                setAdding(undefined);
                toCode();
              }}
            >
              <ProductForm
                initial={/^[0-9]+$/.test(adding) ? { barcode: adding } : { sku: adding }}
                onClose={() => setAdding(undefined)}
                onSaved={() => setAwaited(adding)}
              />
            </Dialog>
          )}
        </div>
      )}
    </Screen>
  );
}

/** Some scanners type FNC1 as Ctrl and the key of "]". */
function isFnc1({ ctrlKey, altKey, code, key }: globalThis.KeyboardEvent): boolean {
  return ctrlKey && !altKey && (code === 'BracketRight' || key === ']');
}

/** A sale is at the catalogue's price, where it has one. */
function priceOf(kind: Kind, { price }: Product) {
  return kind === 'sale' && price !== null ? { unitPrice: String(price) } : {};
}

/** None of them is chosen, since it might be the wrong one. */
function severalHave(code: string, products: readonly Product[]): string {
  const names = products.map(({ productID, title }) => `${title} (#${productID})`).join(', ');
  return `Several products have the code “${code}”: ${names}. Type # and the number of the one that is meant.`;
}
