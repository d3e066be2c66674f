import { Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { freeOf } from '../../client/shop';
import { ProductForm } from '../catalogue/product-form';
import { KINDS } from '../change/change-kinds';
import { areSoundsOn, turnSounds } from '../code/sounds';
import { LocationSelect } from '../location/location-select';
import { useLive, useOutbox } from '../page';
import { useMay } from '../session/use-may';
import { Button, Choice } from '../ui/controls';
import { Dialog } from '../ui/dialog';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Fault, Loading } from '../ui/states';
import { CodeForm } from './code-form';
import { QuantityForm } from './quantity-form';
import style from './scan-screen.module.css';
import { ScannedList } from './scanned-list';
import { type ScanForms, useScanForms } from './use-scan-forms';

/** For a barcode scanner, or for typing: a code, Enter, a quantity, Enter; then the next code. */
export default function ScanScreen() {
  const { shop, connection, fault } = useLive();
  const { waiting } = useOutbox();
  const forms = useScanForms();
  const { kind, entered, scanned, locations, locationID, isAtLocation } = forms;
  const { areSeveral, nameOf } = locations;
  const { product, scans } = entered;
  /** The code that a new product is to have, while its form is open. */
  const [adding, setAdding] = useState<string>();
  const isReady = !areSeveral || isAtLocation;
  const free = shop && product ? freeOf(shop, product.productID, locationID) : null;
  const heard = product
    ? `${product.title}, ${units(free)} ${areSeveral ? `at ${nameOf(locationID)}` : 'available'}.${scans > 1 ? ` Scanned ${scans} times.` : ''} ${KINDS[kind].quantity}?`
    : '';
  return (
    <Screen
      title="Scan"
      subtitle={
        waiting.length > 0
          ? `${units(waiting.length)} waiting to be sent`
          : 'Code, Enter, quantity, Enter'
      }
      actions={<SoundsButton />}
    >
      {!shop && connection === 'lost' && <Fault error={fault} />}
      {!shop && connection !== 'lost' && <Loading label="Loading the products" />}
      {shop && (
        <div className={style.desk} data-kind={kind}>
          {areSeveral && (
            <LocationSelect
              label="Where you are"
              value={locationID}
              options={locations.own}
              fault={isAtLocation ? undefined : noLocation(locations.own.length)}
              onChange={(chosen) => chosen !== undefined && forms.chooseLocation(chosen)}
              className={style.where}
            />
          )}
          {isReady && <ScanFields forms={forms} onAdd={setAdding} />}
          <p className="unseen" role="status">
            {heard}
          </p>
          <ScannedList scanned={scanned} />
          {adding !== undefined && (
            <Dialog
              title="New product"
              onClose={() => {
                setAdding(undefined);
                forms.codeField.goTo();
              }}
            >
              <ProductForm
                initial={/^[0-9]+$/.test(adding) ? { barcode: adding } : { sku: adding }}
                onClose={() => setAdding(undefined)}
                onSaved={() => forms.awaitCode(adding)}
              />
            </Dialog>
          )}
        </div>
      )}
    </Screen>
  );
}

interface ScanFieldsProps {
  readonly forms: ScanForms;
  /** Adds a product with a code that none has. */
  onAdd(code: string | undefined): void;
}

/** What is scanned, and the fields for it. */
function ScanFields({ forms, onAdd }: ScanFieldsProps) {
  const { kind, kinds, entered, locations, locationID } = forms;
  const { product, wrong } = entered;
  const may = useMay();
  return (
    <>
      <Choice
        label="What is scanned"
        value={kind}
        options={kinds.map((name) => ({ value: name, text: KINDS[name].title }))}
        onChange={forms.chooseKind}
      />
      <p className={style.kind}>
        <strong>{KINDS[kind].title}</strong> {KINDS[kind].effect}
        {locations.areSeveral && (
          <>
            {' at '}
            <strong>{locations.nameOf(locationID)}</strong>
          </>
        )}
      </p>
      <CodeForm forms={forms} />
      {wrong.unknown && may('catalogue:write') && (
        <Button onClick={() => onAdd(wrong.unknown)}>New product with this code</Button>
      )}
      {product && <QuantityForm forms={forms} product={product} />}
    </>
  );
}

/** Why nothing can be scanned. */
function noLocation(offered: number): string {
  return offered > 0
    ? 'Choose where you are.'
    : 'You may change stock at no location of this shop.';
}

/** Turns the sounds on and off. */
function SoundsButton() {
  const [isLoud, setLoud] = useState(areSoundsOn);
  const Icon = isLoud ? Volume2 : VolumeX;
  const press = () => {
    turnSounds(!isLoud);
    setLoud(!isLoud);
  };
  return (
    <Button look="quiet" aria-pressed={isLoud} onClick={press}>
      <Icon size={17} aria-hidden /> Sounds
    </Button>
  );
}
