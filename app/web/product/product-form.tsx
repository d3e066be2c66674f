import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { CatalogueProduct } from '../api/answers';
import type { Problem } from '../api/ask';
import { newKey } from '../outbox/change-request';
import { usePage } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button, Field } from '../ui/controls';
import style from './product-form.module.css';

/** The fields of the catalogue, as they are asked for. */
const FIELDS = [
  { name: 'name', label: 'Name', inputMode: 'text' },
  { name: 'sku', label: 'SKU', inputMode: 'text' },
  { name: 'barcode', label: 'Barcode', inputMode: 'text' },
  { name: 'price', label: 'Price', inputMode: 'decimal' },
  { name: 'reorderPoint', label: 'Reorder at', inputMode: 'numeric' },
  { name: 'reorderQuantity', label: 'Reorder quantity', inputMode: 'numeric' },
  { name: 'image', label: 'Image URL', inputMode: 'url' },
] as const;

type Values = Record<(typeof FIELDS)[number]['name'], string>;

interface ProductFormProps {
  /** The product to change, as it was read; undefined for a new one. */
  readonly product?: CatalogueProduct | undefined;
  /** The number of a new one, where it has records already. */
  readonly productID?: number | undefined;
  onSaved(product: CatalogueProduct): void;
  onClose(): void;
}

/** Adds a product to the catalogue, or changes what it says of one; a change holds against what was read. */
export function ProductForm({ product: read, productID, onSaved, onClose }: ProductFormProps) {
  const { outbox } = usePage();
  const announce = useAnnounce();
  // What comes meanwhile is not what was filled in.
  const [product] = useState(read);
  const before = valuesOf(product);
  const [values, setValues] = useState(before);
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setSending] = useState(false);
  const key = useRef(newKey());
  const looking = useRef(new AbortController());
  useEffect(() => {
    looking.current = new AbortController();
    return () => looking.current.abort();
  }, []);

  const faults = new Map(
    (problem?.errors as { field: string; detail: string }[] | undefined)?.map((fault) => [
      fault.field,
      fault.detail,
    ]),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const fields = Object.fromEntries(
      Object.entries(values)
        .map(([name, value]) => [name, value.trim()] as const)
        .filter(([name, value]) => value !== (product ? before[name as keyof Values] : '')),
    );
    if (product && Object.keys(fields).length === 0) return onClose();
    setSending(true);
    setProblem(undefined);
    const settled = await outbox.send(
      {
        key: key.current,
        method: product ? 'PATCH' : 'POST',
        path: product ? `/products/${product.productID}` : '/products',
        fields: product || productID === undefined ? fields : { ...fields, productID },
        ifMatch: product && `"${product.revision}"`,
        label: product ? `Changes to ${product.name}` : `New product ${values.name}`,
        productID: product?.productID ?? productID,
        madeAt: Date.now(),
      },
      looking.current.signal,
    );
    setSending(false);
    if (settled.outcome !== 'done') key.current = newKey();
    if (settled.outcome === 'refused') return setProblem(settled.problem);
    if (settled.outcome === 'cancelled') return;
    const saved = settled.body as CatalogueProduct;
    announce(`Saved: ${saved.name}`, 'good');
    onClose();
    onSaved(saved);
  };

  return (
    <form className={style.form} onSubmit={submit} noValidate>
      {FIELDS.map(({ name, label, inputMode }) => (
        <Field
          key={name}
          label={label}
          inputMode={inputMode}
          required={name === 'name'}
          value={values[name]}
          fault={faults.get(name)}
          className={name === 'name' || name === 'image' ? style.wide : undefined}
          onChange={({ target }) => setValues({ ...values, [name]: target.value })}
        />
      ))}
      {problem && faults.size === 0 && (
        <p className={style.problem} role="alert">
          <strong>{problem.title}.</strong> {problem.detail}
        </p>
      )}
      <div className={style.buttons}>
        <Button type="submit" look="main" disabled={isSending}>
          {isSending ? 'Saving …' : 'Save'}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function valuesOf(product: CatalogueProduct | undefined): Values {
  return Object.fromEntries(
    FIELDS.map(({ name }) => [name, product?.[name]?.toString() ?? '']),
  ) as Values;
}
