import type { FormEvent, KeyboardEvent } from 'react';
import { scannedProducts } from '../code/find-scanned';
import { GROUP_SEPARATOR } from '../code/scanned-code';
import { isFnc1 } from '../code/scanner-keys';
import { useLive } from '../page';
import { Field } from '../ui/controls';
import style from './scan-screen.module.css';
import type { ScanForms } from './use-scan-forms';

/** The field for a code. Enter finds its product. */
export function CodeForm({ forms }: { forms: ScanForms }) {
  const { shop } = useLive();
  const { entered, codeField, codeScan, findCode, typeCode, appendTo } = forms;
  const { input, keys } = codeField;
  const { code, product, wrong } = entered;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    findCode(codeScan());
  };
  const onKeyDown = ({ nativeEvent: event }: KeyboardEvent<HTMLInputElement>) => {
    keys.add(event);
    if (isFnc1(event)) {
      event.preventDefault();
      appendTo('code', GROUP_SEPARATOR);
    }
    // Some scanners end a code by Tab. If it is no code, Tab moves the focus as usual.
    if (event.key !== 'Tab' || event.shiftKey || code.trim() === '' || product || !shop) return;
    const isCode = keys.areScanned || scannedProducts(shop, codeScan()).length === 1;
    if (!isCode) return;
    event.preventDefault();
    findCode(codeScan());
  };
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Find the product">
      <Field
        ref={input}
        label="Barcode, SKU or number"
        autoFocus
        enterKeyHint="next"
        autoCapitalize="off"
        spellCheck={false}
        value={code}
        fault={wrong.code}
        saysFault
        onKeyDown={onKeyDown}
        onPaste={() => keys.clear()}
        onFocus={() => keys.clear()}
        onChange={({ target }) => typeCode(target.value)}
        className={style.large}
      />
    </form>
  );
}
