import type { Product } from '../../client/shop';
import { ANNOTATION_TEXTS } from '../../wire/texts';
import { LocationSelect } from '../location/location-select';
import { useLive } from '../page';
import { Button, Field } from '../ui/controls';
import { units } from '../ui/format';
import style from './change-form.module.css';
import { type ChangeKind, KINDS } from './change-kinds';
import { SaleChoice } from './sale-choice';
import { freeNow } from './unsent-change';
import type { ChangeFormState } from './use-change-form';

interface ChangeFieldsProps {
  readonly state: ChangeFormState;
  readonly product: Product;
  readonly kind: ChangeKind;
}

/** The fields of a change whose kind is chosen. */
export function ChangeFields({ state, product, kind }: ChangeFieldsProps) {
  const { unsent, unitPrice, typedUnits, sale, faults, keystrokes, priceKeys } = state;
  const { type, isSending, locations } = state;
  const { shop } = useLive();
  const free = freeNow(product, shop, unsent.locationID);
  return (
    <div className={style.fields}>
      {locations.areSeveral && (
        <LocationSelect
          label="Location"
          value={unsent.locationID}
          options={locations.own}
          fault={faults.get('location')}
          hint={`${units(free)} there now`}
          onChange={(locationID) => locationID !== undefined && state.chooseLocation(locationID)}
          className={style.location}
        />
      )}
      <Field
        label={
          <>
            {KINDS[kind].quantity}
            <span className="unseen"> of {product.title}</span>
          </>
        }
        data-input="quantity"
        inputMode="numeric"
        value={unsent.quantity}
        fault={faults.get('quantity')}
        onKeyDown={({ nativeEvent }) => keystrokes.current.add(nativeEvent)}
        onPaste={() => keystrokes.current.clear()}
        onChange={({ target }) => type({ quantity: target.value })}
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
          onChange={({ target }) => type({ unitPrice: target.value })}
          className={style.quantity}
        />
      )}
      {kind === 'return' && (
        <SaleChoice
          productID={product.productID}
          quantity={typedUnits}
          chosen={sale}
          fault={faults.get('sale')}
          onChoose={state.chooseSale}
        />
      )}
      <Field
        label="Reference"
        placeholder="Order or note number"
        maxLength={ANNOTATION_TEXTS.reference.maxLength}
        value={unsent.reference}
        fault={faults.get('reference')}
        onChange={({ target }) => type({ reference: target.value })}
        className={style.reference}
      />
      <div className={style.buttons}>
        <Button type="submit" look="main" disabled={isSending}>
          {isSending ? 'Recording …' : KINDS[kind].verb}
        </Button>
        <Button look="quiet" onClick={state.close}>
          {isSending ? 'Close' : 'Cancel'}
        </Button>
      </div>
    </div>
  );
}
