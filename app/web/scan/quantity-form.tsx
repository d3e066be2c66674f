import type { FormEvent, KeyboardEvent } from 'react';
import { freeOf, type Product } from '../../client/shop';
import { KINDS } from '../change/change-kinds';
import { Doubt } from '../change/doubt';
import { HeldHint } from '../change/held-hint';
import { SaleChoice } from '../change/sale-choice';
import { GROUP_SEPARATOR } from '../code/scanned-code';
import { isFnc1 } from '../code/scanner-keys';
import { useLive } from '../page';
import { Button, Field } from '../ui/controls';
import { units } from '../ui/format';
import { MARKS, readNumber } from '../ui/typed-number';
import style from './scan-screen.module.css';
import type { ScanForms } from './use-scan-forms';

/** The field for the quantity of the product that was found. Enter records it. */
export function QuantityForm({ forms, product }: { forms: ScanForms; product: Product }) {
  const { shop } = useLive();
  const { kind, entered, quantityField, codeField, typeQuantity, submitQuantity } = forms;
  const { input, keys } = quantityField;
  const { quantity, sale, wrong, doubted } = entered;
  const { title, productID } = product;
  const { areSeveral, nameOf } = forms.locations;
  const free = shop ? freeOf(shop, productID, forms.locationID) : null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submitQuantity();
  };
  const onKeyDown = ({ nativeEvent: event }: KeyboardEvent<HTMLInputElement>) => {
    keys.add(event);
    if (event.key === 'Escape') {
      forms.leave();
      codeField.goTo();
    }
    if (isFnc1(event)) {
      event.preventDefault();
      forms.appendTo('quantity', GROUP_SEPARATOR);
    }
    if (event.key !== 'Tab' || event.shiftKey || !keys.areScanned) return;
    event.preventDefault();
    submitQuantity();
  };
  return (
    <form onSubmit={onSubmit} noValidate className={style.record} aria-label="Record the quantity">
      <p className={style.found}>
        <strong>{title}</strong>
        <span className="muted">
          {areSeveral
            ? `${units(free)} at ${nameOf(forms.locationID)}`
            : `${units(free)} available`}
        </span>
      </p>
      <Field
        ref={input}
        label={
          <>
            {KINDS[kind].quantity}
            <span className="unseen"> of {title}</span>
          </>
        }
        inputMode="numeric"
        enterKeyHint="done"
        value={quantity}
        fault={wrong.quantity}
        saysFault
        onPaste={() => keys.clear()}
        onChange={({ target }) => typeQuantity(target.value)}
        onKeyDown={onKeyDown}
        className={style.large}
      />
      {kind === 'count' && <HeldHint product={product} locationID={forms.locationID} />}
      {kind === 'return' && (
        <SaleChoice
          productID={productID}
          quantity={Number(readNumber(quantity, MARKS).plain ?? 0)}
          chosen={sale}
          onChoose={forms.chooseSale}
        />
      )}
      {doubted ? (
        <Doubt
          detail={doubted.detail}
          verb={`${KINDS[kind].verb} of ${units(doubted.quantity)}`}
          onConfirm={() => void forms.recordUnits(doubted.quantity, product)}
          onBack={forms.correctDoubted}
        />
      ) : (
        <Button type="submit" look="main" className={style.go}>
          {KINDS[kind].verb}
        </Button>
      )}
    </form>
  );
}
