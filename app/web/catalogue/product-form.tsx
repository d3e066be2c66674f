import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CatalogueProduct } from '../../client/answers';
import { entityTag } from '../../client/entity-tag';
import { hasWrongCheckDigit } from '../../ledger/code';
import { fieldFaultsOf, isProblemOf, type ProblemAnswer } from '../../wire/problem';
import { newKey } from '../outbox/change-request';
import { useOutbox, usePage } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button, Field } from '../ui/controls';
import { dropDraft, keepDraft, readDraft } from '../ui/drafts';
import { Keystrokes } from '../ui/keystrokes';
import { DELIBERATE_MS } from '../ui/presses';
import type { TaggedProduct } from './catalogue-product';
import { LostRace } from './lost-race';
import {
  FIELDS,
  type FieldFaults,
  type FieldName,
  fieldFaults,
  readFields,
  takesCode,
  type Values,
  valuesOf,
} from './product-fields';
import style from './product-form.module.css';

interface ProductFormProps {
  /** The product to change, as it was read; undefined for a new one. */
  readonly product?: TaggedProduct | undefined;
  /** The number of a new one, where it has records already. */
  readonly productID?: number | undefined;
  /** What a new one begins with, such as the code that was scanned. */
  readonly initial?: Partial<Values> | undefined;
  onSaved(product: TaggedProduct): void;
  onClose(): void;
}

/** What was typed and neither saved nor given up, and the product as it was when that began. */
interface ProductDraft {
  readonly product: TaggedProduct | undefined;
  readonly values: Values;
}

/** What is asked about a barcode as files are asked about it: a shop's own number may have another last digit. */
const CHECK_DIGIT =
  'Its check digit is wrong: one of its digits is likely mistyped. If it is right, save once more.';

const NO_FAULTS: FieldFaults = new Map();

/**
 * Adds a product to the catalogue, or changes what it says of one; a change holds against what was read. What was typed
 * is there again after Escape and Back.
 */
export function ProductForm(props: ProductFormProps) {
  const { product: read, productID, initial, onSaved, onClose } = props;
  const { outbox } = usePage();
  const announce = useAnnounce();
  const draftName = `product.${read?.productID ?? productID ?? 'new'}${initial ? '.scanned' : ''}`;
  const [kept] = useState(() => (initial ? undefined : readDraft<ProductDraft>(draftName)));
  const [isKept, setKept] = useState(kept !== undefined);
  // What comes meanwhile is not what was filled in, and counts once a race was lost to it.
  const [product, setProduct] = useState(kept ? kept.product : read);
  const before = valuesOf(product);
  const [values, setValues] = useState(kept?.values ?? { ...before, ...initial });
  const [typedFaults, setTypedFaults] = useState(NO_FAULTS);
  const [problem, setProblem] = useState<ProblemAnswer>();
  const [isSending, setSending] = useState(false);
  const { isStuck } = useOutbox();
  const form = useRef<HTMLFormElement>(null);
  const key = useRef(newKey());
  const isBusy = useRef(false);
  // Of each input, to know what is typed from a code that is scanned.
  const keystrokes = useRef(new Map<FieldName, Keystrokes>());
  const refusedAt = useRef(Number.NEGATIVE_INFINITY);
  // It was asked about: saved once more it is meant.
  const meantBarcode = useRef<string>(undefined);
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  const looking = useRef(new AbortController());
  useEffect(() => {
    looking.current = new AbortController();
    return () => looking.current.abort();
  }, []);
  useEffect(() => {
    if (problem || typedFaults.size > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [problem, typedFaults]);

  const faults: FieldFaults = typedFaults.size > 0 ? typedFaults : fieldFaults(problem);
  const type = (name: FieldName, value: string) => {
    const next = { ...values, [name]: value };
    refusedAt.current = Number.NEGATIVE_INFINITY;
    askedAt.current = Number.NEGATIVE_INFINITY;
    setValues(next);
    setKept(false);
    // What was said of this input was said of what stood in it.
    setTypedFaults(new Map([...typedFaults].filter(([faulty]) => faulty !== name)));
    keep(next);
  };
  const keep = (typed: Values) => {
    const isTouched = FIELDS.some(({ name }) => typed[name] !== before[name]);
    if (isTouched) keepDraft(draftName, { product, values: typed } satisfies ProductDraft);
    else dropDraft(draftName);
  };
  const giveUp = () => {
    dropDraft(draftName);
    onClose();
  };
  const save = async (ifMatch = product && tagOf(product)) => {
    if (isBusy.current) return;
    const names = FIELDS.map(({ name }) => name).filter((name) =>
      product ? values[name] !== before[name] : name === 'name' || values[name].trim() !== '',
    );
    const isScanned = (name: FieldName) => keystrokes.current.get(name)?.areScanned ?? false;
    const { fields, faults: wrong } = readFields(values, names, isScanned);
    const { barcode } = values;
    const isDoubtful = names.includes('barcode') && hasWrongCheckDigit(barcode);
    const isAsked = wrong.size === 0 && isDoubtful && meantBarcode.current !== barcode;
    if (isAsked) {
      meantBarcode.current = barcode;
      refusedAt.current = performance.now();
      askedAt.current = refusedAt.current;
    }
    setTypedFaults(isAsked ? new Map([['barcode', CHECK_DIGIT]]) : wrong);
    setProblem(undefined);
    if (isAsked || wrong.size > 0) return;
    if (product && names.length === 0) return giveUp();
    isBusy.current = true;
    setSending(true);
    dropDraft(draftName);
    const settled = await outbox.send(
      {
        key: key.current,
        method: product ? 'PATCH' : 'POST',
        path: product ? `/products/${product.productID}` : '/products',
        fields: product || productID === undefined ? fields : { ...fields, productID },
        ifMatch,
        label: product ? `Changes to ${product.name}` : `New product ${values.name}`,
        productID: product?.productID ?? productID,
        madeAt: Date.now(),
      },
      looking.current.signal,
    );
    isBusy.current = false;
    setSending(false);
    if (settled.outcome !== 'done') {
      key.current = newKey();
      keep(values);
    }
    if (settled.outcome === 'refused') {
      refusedAt.current = performance.now();
      return setProblem(settled.problem);
    }
    if (settled.outcome === 'cancelled') return;
    const saved = { ...(settled.body as CatalogueProduct), etag: settled.etag };
    announce(`Saved: ${saved.name}`, 'good');
    onClose();
    onSaved(saved);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Nor does the second half of a double click answer the question.
    if (performance.now() - askedAt.current < DELIBERATE_MS) return;
    void save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The second of two Enters is no second decision.
    const isEcho = performance.now() - refusedAt.current < DELIBERATE_MS;
    if (event.key === 'Enter' && isEcho) event.preventDefault();
  };
  const isLostRace = isProblemOf(problem, 'stale-revision');
  const isPlaced = fieldFaultsOf(problem).length > 0 && faults.size > 0;

  return (
    <form ref={form} className={style.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      {isKept && (
        <p className={`${style.wide} small muted`} role="status">
          What you typed before is here again.{' '}
          <Button
            look="quiet"
            onClick={() => {
              dropDraft(draftName);
              setKept(false);
              setProduct(read);
              setValues(valuesOf(read));
              form.current?.querySelector('input')?.focus();
            }}
          >
            Clear it
          </Button>
        </p>
      )}
      {FIELDS.map(({ name, label, inputMode }) => (
        <Field
          key={name}
          label={label}
          inputMode={inputMode}
          required={name === 'name'}
          value={values[name]}
          fault={faults.get(name)}
          className={name === 'name' || name === 'image' ? style.wide : undefined}
          onKeyDown={(event) => {
            const keys = keystrokes.current.get(name) ?? new Keystrokes();
            keystrokes.current.set(name, keys);
            keys.add(event.nativeEvent);
            // The Enter that ends a scanned code fills in a field; it does not save what is half filled in.
            if (event.key === 'Enter' && keys.areScanned) {
              event.preventDefault();
              if (!takesCode(name)) return;
              keystrokes.current.delete(name);
              nextInput(event.currentTarget)?.focus();
            }
          }}
          onPaste={() => keystrokes.current.delete(name)}
          onChange={({ target }) => type(name, target.value)}
        />
      ))}
      {isLostRace && (
        <LostRace
          before={before}
          now={valuesOf(read)}
          onAgain={() => {
            const revision = Number(problem.revision);
            void save(read?.revision === revision ? tagOf(read) : entityTag(revision, undefined));
          }}
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
        <Button look="quiet" onClick={giveUp}>
          {isSending ? 'Close' : 'Cancel'}
        </Button>
      </div>
    </form>
  );
}

function tagOf({ etag, revision }: TaggedProduct): string {
  return etag ?? entityTag(revision, undefined);
}

function nextInput(input: HTMLInputElement): HTMLInputElement | undefined {
  const inputs = [...(input.form?.querySelectorAll('input') ?? [])];
  return inputs[inputs.indexOf(input) + 1];
}
