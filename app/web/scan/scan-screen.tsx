import { Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { ProductForm } from '../catalogue/product-form';
import { KINDS } from '../change/change-kinds';
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
import { areSoundsOn, turnSounds } from './sounds';
import { useScanForms } from './use-scan-forms';

/** For a barcode scanner, or for typing: a code, Enter, a quantity, Enter; then the next code. */
export default function ScanScreen() {
  const { shop, connection, fault } = useLive();
  const { waiting } = useOutbox();
  const may = useMay();
  const forms = useScanForms();
  const { kind, kinds, entered, scanned } = forms;
  const { product, scans, wrong } = entered;
  /** The code that a new product is to have, while its form is open. */
  const [adding, setAdding] = useState<string>();
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
      actions={<SoundsButton />}
    >
      {!shop && connection === 'lost' && <Fault error={fault} />}
      {!shop && connection !== 'lost' && <Loading label="Loading the products" />}
      {shop && (
        <div className={style.desk} data-kind={kind}>
          <Choice
            label="What is scanned"
            value={kind}
            options={kinds.map((name) => ({ value: name, text: KINDS[name].title }))}
            onChange={forms.chooseKind}
          />
          <p className={style.kind}>
            <strong>{KINDS[kind].title}</strong> {KINDS[kind].effect}
          </p>
          <CodeForm forms={forms} />
          {wrong.unknown && may('catalogue:write') && (
            <Button onClick={() => setAdding(wrong.unknown)}>New product with this code</Button>
          )}
          {product && <QuantityForm forms={forms} product={product} />}
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
