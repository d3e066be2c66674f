import { CircleCheck, CircleX, Clock, Volume2, VolumeX } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { changeRequest, KIND_NAMES, KINDS, type Kind, quantityFault } from '../change/kinds';
import type { Product } from '../live/shop';
import { newKey } from '../outbox/change-request';
import { useLive, useOutbox, usePage } from '../page';
import { Button, Choice, Field } from '../ui/controls';
import { timeOfDay, units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { findProduct } from './find-product';
import style from './scan-screen.module.css';
import { play, type Sound } from './sounds';

/** One change that was scanned, and what became of it. */
interface Scanned {
  readonly key: string;
  readonly label: string;
  readonly at: number;
  readonly state: Sound;
  readonly detail: string;
}

/** Scanned changes that stay in sight. */
const SCANNED_MAX = 100;

/** An answer that takes longer is worth the sound of waiting. */
const WAITING_MS = 1_500;

const ICONS = { booked: CircleCheck, waiting: Clock, refused: CircleX } as const;
const STATES = { booked: 'Booked', waiting: 'Waiting to be sent', refused: 'Refused' } as const;

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
  const [isLoud, setLoud] = useState(true);
  const [scanned, setScanned] = useState<readonly Scanned[]>([]);
  // A refusal is told here as long as this screen is open; else the tray keeps it.
  const looking = useRef(new AbortController());
  useEffect(() => {
    looking.current = new AbortController();
    return () => looking.current.abort();
  }, []);

  const sound = (name: Sound) => isLoud && play(name);
  const show = (entry: Scanned) =>
    setScanned((before) =>
      [entry, ...before.filter(({ key }) => key !== entry.key)]
        .sort((a, b) => (a.key < b.key ? 1 : -1))
        .slice(0, SCANNED_MAX),
    );
  const find = (event: FormEvent) => {
    event.preventDefault();
    if (!shop) return;
    const found = findProduct(shop, code);
    if (!found) {
      setWrong({ code: `No product has the code “${code.trim()}”.` });
      sound('refused');
      codeInput.current?.select();
      return;
    }
    // At once: the next key may come before the next frame.
    flushSync(() => {
      setWrong({});
      setProduct(found);
      setQuantity(kind === 'count' ? '' : '1');
    });
    quantityInput.current?.focus();
    quantityInput.current?.select();
  };
  const book = (event: FormEvent) => {
    event.preventDefault();
    if (!product) return;
    const faulty = quantityFault(kind, quantity);
    if (faulty) {
      setWrong({ quantity: faulty });
      sound('refused');
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
    next();
  };
  const next = () => {
    setProduct(undefined);
    setCode('');
    setWrong({});
    codeInput.current?.focus();
  };
  const send = async (change: ReturnType<typeof changeRequest>) => {
    const entry = { key: change.key, label: change.label, at: change.madeAt };
    show({ ...entry, state: 'waiting', detail: '' });
    const timer = setTimeout(() => sound('waiting'), WAITING_MS);
    const settled = await outbox.send(change, looking.current.signal);
    clearTimeout(timer);
    if (settled.outcome === 'done') {
      const { availableQuantity } = settled.body as { availableQuantity: number };
      show({ ...entry, state: 'booked', detail: `${units(availableQuantity)} available now` });
      sound('booked');
    } else {
      const detail = settled.outcome === 'refused' ? settled.problem.detail : 'Taken back.';
      show({ ...entry, state: 'refused', detail });
      sound('refused');
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
        <Button look="quiet" aria-pressed={isLoud} onClick={() => setLoud(!isLoud)}>
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
              next();
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
                onKeyDown={(event) => event.key === 'Escape' && next()}
                className={style.large}
              />
              <Button type="submit" look="main" className={style.go}>
                {KINDS[kind].verb}
              </Button>
            </form>
          )}
          <section aria-label="Scanned">
            {scanned.length === 0 && (
              <Empty title="Nothing scanned yet">
                <p>
                  What you scan is listed here. What cannot be sent waits, and is sent once, in
                  order.
                </p>
              </Empty>
            )}
            <ol className={style.scanned} aria-live="polite">
              {scanned.map(({ key, label, at, state, detail }) => {
                const Icon = ICONS[state];
                return (
                  <li key={key} className={style[state]}>
                    <Icon size={20} aria-hidden />
                    <span>
                      <strong>{label}</strong>
                      <br />
                      <span className="small">
                        {STATES[state]}
                        {detail && `. ${detail}`}
                      </span>
                    </span>
                    <time className="small">{timeOfDay(at)}</time>
                  </li>
                );
              })}
            </ol>
          </section>
        </div>
      )}
    </Screen>
  );
}

/** A sale is at the catalogue's price, where it has one. */
function priceOf(kind: Kind, { price }: Product) {
  return kind === 'sale' && price !== null ? { unitPrice: String(price) } : {};
}
