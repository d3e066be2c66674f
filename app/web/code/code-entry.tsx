import { type KeyboardEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Product, Shop } from '../../client/shop';
import { finder } from '../../ledger/search-text';
import { useLive } from '../page';
import { Button, Field } from '../ui/controls';
import style from './code-entry.module.css';
import { newCode, type Scan, scannedProducts } from './find-scanned';
import { GROUP_SEPARATOR } from './scanned-code';
import { isFnc1, useScannerKeys } from './scanner-keys';
import { play } from './sounds';
import { useScanField } from './use-scan-field';

/** Products of one name that are offered. More are too many to look through: a longer name finds fewer. */
const OFFERED_MAX = 6;

interface CodeEntryProps {
  readonly label: string;
  /** Whether it has the focus at once. */
  readonly autoFocus?: boolean;
  /** A product was scanned, or found by its name. @returns why it is refused; undefined if it is taken */
  onFound(product: Product): string | undefined;
}

/** A field for a code or a name. Enter finds the product, and the next code goes into the same field. */
export function CodeEntry({ label, autoFocus = false, onFound }: CodeEntryProps) {
  const { shop } = useLive();
  const { input, keys, goTo } = useScanField();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const [offered, setOffered] = useState<readonly Product[]>([]);
  useScannerKeys(input);
  const take = (product: Product) => {
    const refused = onFound(product);
    play(refused === undefined ? 'recorded' : 'refused');
    flushSync(() => {
      setText('');
      setFault(refused);
      setOffered([]);
    });
    goTo();
  };
  const find = () => {
    if (!shop) return;
    const found = productsMeant(shop, { text, asOnUsKeyboard: keys.asOnUsKeyboard(text) });
    if (found.length === 1) return take(found[0] as Product);
    play('refused');
    flushSync(() => {
      setOffered(found.length <= OFFERED_MAX ? found : []);
      setFault(whyNone(newCode({ text, asOnUsKeyboard: undefined }), found.length));
    });
    goTo();
  };
  const onKeyDown = ({ nativeEvent: event }: KeyboardEvent<HTMLInputElement>) => {
    keys.add(event);
    if (isFnc1(event)) {
      event.preventDefault();
      setText((before) => before + GROUP_SEPARATOR);
    }
    const isEnd = event.key === 'Tab' && !event.shiftKey && keys.areScanned && text.trim() !== '';
    if (event.key !== 'Enter' && !isEnd) return;
    // It is a field of a form that Enter must not send.
    event.preventDefault();
    if (!event.isComposing) find();
  };
  return (
    <div className={style.entry}>
      <Field
        ref={input}
        label={label}
        autoFocus={autoFocus}
        enterKeyHint="next"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        fault={fault}
        saysFault
        onKeyDown={onKeyDown}
        onPaste={() => keys.clear()}
        onFocus={() => keys.clear()}
        onChange={({ target }) => {
          setText(target.value);
          setFault(undefined);
          setOffered([]);
        }}
        className={style.code}
      />
      <Button onClick={find}>Add</Button>
      {offered.length > 0 && (
        <ul className={style.offered} aria-label="Which one?">
          {offered.map((product) => (
            <li key={product.productID}>
              <Button onClick={() => take(product)}>
                {product.title} (#{product.productID})
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The products that have a code; if none has it, those that have it in their name. */
function productsMeant(shop: Shop, scan: Scan): readonly Product[] {
  const scanned = scannedProducts(shop, scan);
  if (scanned.length > 0 || scan.text.trim() === '') return scanned;
  const { isIn } = finder(scan.text.trim());
  return shop.products.filter(({ searchText, retired }) => !retired && isIn(searchText));
}

function whyNone(wanted: string, found: number): string {
  if (wanted === '') return 'Scan or type a code, or a part of the name.';
  if (found === 0) return `No product has the code or the name “${wanted}”.`;
  return found <= OFFERED_MAX
    ? `Several products are called “${wanted}”. Choose one.`
    : `${found} products are called “${wanted}”. Type more of the name.`;
}
