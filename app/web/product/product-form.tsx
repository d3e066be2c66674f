import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { CatalogueProduct } from '../../client/answers';
import type { Problem } from '../api/ask';
import { newKey } from '../outbox/change-request';
import { useOutbox, usePage } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button, Field } from '../ui/controls';
import { LostRace } from './lost-race';
import { FIELDS, type Values, valuesOf } from './product-fields';
import style from './product-form.module.css';

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
  // What comes meanwhile is not what was filled in, and counts once a race was lost to it.
  const [product] = useState(read);
  const before = valuesOf(product);
  const [values, setValues] = useState(before);
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setSending] = useState(false);
  const { isStuck } = useOutbox();
  const form = useRef<HTMLFormElement>(null);
  const key = useRef(newKey());
  const looking = useRef(new AbortController());
  useEffect(() => {
    looking.current = new AbortController();
    return () => looking.current.abort();
  }, []);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [problem]);

  const faults = new Map(
    (problem?.errors as { field: string; detail: string }[] | undefined)?.map((fault) => [
      fault.field,
      fault.detail,
    ]),
  );
  const save = async (revision = product?.revision) => {
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
        ifMatch: product && `"${revision}"`,
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const isLostRace = problem?.type === '/problems/stale-revision';
  const isPlaced = FIELDS.some(({ name }) => faults.has(name));

  return (
    <form ref={form} className={style.form} onSubmit={submit} noValidate>
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
      {isLostRace && (
        <LostRace
          before={before}
          now={valuesOf(read)}
          onAgain={() => void save(Number(problem.revision))}
        />
      )}
      {problem && !isLostRace && !isPlaced && (
        <p className={style.problem} role="alert">
          <strong>{problem.title}.</strong> {problem.detail}
        </p>
      )}
      {isSending && isStuck && (
        <p className={`${style.wide} small muted`} role="status">
          The service does not answer yet. This is kept, and sent once as soon as it does; you can
          close the form.
        </p>
      )}
      <div className={style.buttons}>
        <Button type="submit" look="main" disabled={isSending}>
          {isSending ? 'Saving …' : 'Save'}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {isSending ? 'Close' : 'Cancel'}
        </Button>
      </div>
    </form>
  );
}
