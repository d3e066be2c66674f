import { Volume2, VolumeX } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Product } from '../../client/shop';
import { changeRequest, KIND_NAMES, KINDS, type Kind, quantityFault } from '../change/kinds';
import { newKey } from '../outbox/change-request';
import { useLive, useOutbox, usePage } from '../page';
import { Button, Choice, Field } from '../ui/controls';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Fault, Loading } from '../ui/states';
import { productsOf, scannedAsQuantity } from './find-product';
import style from './scan-screen.module.css';
import { type Scanned, ScannedList, withEntry } from './scanned-list';
import { useScannerKeys } from './scanner-keys';
import { areSoundsOn, play, turnSounds } from './sounds';

/** An answer that takes longer is worth the sound of waiting. */
const WAITING_MS = 1_500;

/** For a barcode scanner, or fingers: a code, Enter, a quantity, Enter; the next one. */
export default function ScanScreen() {
  const { shop, connection, fault } = useLive();
  const { waiting } = useOutbox();
  const { outbox } = usePage();
  const codeInput = useRef<HTMLInputElement>(null);
  const quantityInput = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<Kind>('sale');
  const [code, setCode] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [product, setProduct] = useState<Product>();
  const [wrong, setWrong] = useState<{ readonly code?: string; readonly quantity?: string }>({});
  const [isLoud, setLoud] = useState(areSoundsOn);
  const [scanned, setScanned] = useState<readonly Scanned[]>([]);
  // A refusal is told here as long as this screen is open; else the tray keeps it.
  const looking = useRef(new AbortController());
  useEffect(() => {
    looking.current = new AbortController();
    return () => looking.current.abort();
  }, []);
  useScannerKeys(codeInput);

  const show = (entry: Scanned) => setScanned((before) => withEntry(before, entry));
  const find = (event: FormEvent) => {
    event.preventDefault();
    findCode(code);
  };
  const findCode = (text: string) => {
    if (!shop) return;
    const [found, ...others] = productsOf(shop, text);
    if (!found || others.length > 0) {
      const wanted = text.trim();
      if (!wanted) setWrong({ code: 'Scan or type a code.' });
      else if (!found) setWrong({ code: `No product has the code “${wanted}”.` });
      else setWrong({ code: severalHave(wanted, [found, ...others]) });
      play('refused');
      codeInput.current?.select();
      return;
    }
    // At once: the next key may come before the next frame.
    flushSync(() => {
      setWrong({});
      setCode(text);
      setProduct(found);
      setQuantity(kind === 'count' ? '' : '1');
    });
    quantityInput.current?.focus();
    quantityInput.current?.select();
  };
  const book = (event: FormEvent) => {
    event.preventDefault();
    if (!shop || !product) return;
    const nextCode = scannedAsQuantity(shop, quantity);
    if (nextCode) {
      const detail = 'Another code was scanned in place of its quantity; nothing was recorded.';
      show({ key: newKey(), label: product.title, at: Date.now(), state: 'refused', detail });
      play('refused');
      findCode(nextCode);
      return;
    }
    const faulty = quantityFault(kind, quantity);
    if (faulty) {
      setWrong({ quantity: faulty });
      play('refused');
      quantityInput.current?.select();
      return;
    }
    const change = changeRequest({
      key: newKey(),
      kind,
      product,
      quantity: Number(quantity),
      // Whatever is recorded between the look at the shelf and the answer is not to be wiped out.
      ifRecord: kind === 'count' ? (product.record ?? undefined) : undefined,
      ...priceOf(kind, product),
    });
    void send(change);
    leave();
    codeInput.current?.focus();
  };
  const leave = () => {
    setProduct(undefined);
    setCode('');
    setWrong({});
  };
  const send = async (change: ReturnType<typeof changeRequest>) => {
    const entry = { key: change.key, label: change.label, at: change.madeAt };
    show({ ...entry, state: 'waiting', detail: '' });
    const { signal } = looking.current;
    const timer = setTimeout(() => !signal.aborted && play('waiting'), WAITING_MS);
    const settled = await outbox.send(change, signal);
    clearTimeout(timer);
    if (settled.outcome === 'done') {
      const { availableQuantity } = settled.body as { availableQuantity: number };
      show({ ...entry, state: 'booked', detail: `${units(availableQuantity)} available now` });
      play('booked');
    } else if (settled.outcome === 'refused') {
      show({ ...entry, state: 'refused', detail: settled.problem.detail });
      play('refused');
    } else {
      show({ ...entry, state: 'cancelled', detail: '' });
      play('refused');
    }
  };

  return (
    <Screen
      title="Scan"
      subtitle={
        waiting.length > 0
          ? `${units(waiting.length)} waiting to be sent`
          : 'Code, Enter, quantity, Enter'
      }
      scrolls
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
        <div className={style.desk}>
          <Choice
            label="What is scanned"
            value={kind}
            options={KIND_NAMES.map((name) => ({ value: name, text: KINDS[name].title }))}
            onChange={(value) => {
              setKind(value);
              leave();
              // By a pointer one has chosen; by the arrow keys one may be on the way.
              if (!document.activeElement?.matches(':focus-visible')) codeInput.current?.focus();
            }}
          />
          <form onSubmit={find} noValidate aria-label="Find the product">
            <Field
              ref={codeInput}
              label="Barcode, SKU or number"
              autoFocus
              enterKeyHint="next"
              autoCapitalize="off"
              spellCheck={false}
              value={code}
              fault={wrong.code}
              onChange={({ target }) => {
                setCode(target.value);
                setWrong({});
                setProduct(undefined);
              }}
              className={style.large}
            />
          </form>
          {product && (
            <form
              onSubmit={book}
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
                label={KINDS[kind].quantity}
                inputMode="numeric"
                enterKeyHint="done"
                value={quantity}
                fault={wrong.quantity}
                onChange={({ target }) => {
                  setQuantity(target.value.trim());
                  setWrong({});
                }}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return;
                  leave();
                  codeInput.current?.focus();
                }}
                className={style.large}
              />
              <Button type="submit" look="main" className={style.go}>
                {KINDS[kind].verb}
              </Button>
            </form>
          )}
          <ScannedList scanned={scanned} />
        </div>
      )}
    </Screen>
  );
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
