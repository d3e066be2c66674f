import { useEffect, useRef, useState } from 'react';
import { entityTag } from '../../client/entity-tag';
import { hasWrongCheckDigit } from '../../ledger/code';
import type { ProblemAnswer } from '../../wire/problem';
import type { CatalogueProduct } from '../../wire/products';
import { newKey } from '../outbox/change-request';
import { useLooking } from '../outbox/use-looking';
import { usePage } from '../page';
import { useAnnounce } from '../ui/announce';
import type { Keystrokes } from '../ui/keystrokes';
import { DELIBERATE_MS } from '../ui/presses';
import { dropUnsent, keepUnsent, readUnsent } from '../ui/unsent';
import type { TaggedProduct } from './catalogue-product';
import {
  FIELDS,
  type FieldFaults,
  type FieldName,
  type FormValues,
  fieldFaults,
  readFields,
  valuesOf,
} from './form-fields';

export interface ProductFormProps {
  /** The product to change, as it was read; undefined for a new one. */
  readonly product?: TaggedProduct | undefined;
  /** The number of a new product that already has records. */
  readonly productID?: number | undefined;
  /** What a new one begins with, such as the code that was scanned. */
  readonly initial?: Partial<FormValues> | undefined;
  onSaved(product: TaggedProduct): void;
  onClose(): void;
}

/** What was typed and neither saved nor given up, and the product as it was when that began. */
interface UnsentProduct {
  readonly product: TaggedProduct | undefined;
  readonly values: FormValues;
}

/** What is asked about a barcode as files are asked about it: a shop's own number may have another last digit. */
const CHECK_DIGIT =
  'Its check digit is wrong: one of its digits is probably mistyped. If it is right, save again.';

const NO_FAULTS: FieldFaults = new Map();

/** The state of the product form: what was typed, how it is checked and saved, and what the service answers. */
export function useProductForm(props: ProductFormProps) {
  const { product: read, productID, initial, onSaved, onClose } = props;
  const { outbox } = usePage();
  const announce = useAnnounce();
  const unsentName = `product.${read?.productID ?? productID ?? 'new'}${initial ? '.scanned' : ''}`;
  const [kept] = useState(() => (initial ? undefined : readUnsent<UnsentProduct>(unsentName)));
  const [isKept, setKept] = useState(kept !== undefined);
  // The product as it was when the form was opened. A newer one counts after a lost race.
  const [product, setProduct] = useState(kept ? kept.product : read);
  const before = valuesOf(product);
  const [values, setValues] = useState(kept?.values ?? { ...before, ...initial });
  const [typedFaults, setTypedFaults] = useState(NO_FAULTS);
  const [problem, setProblem] = useState<ProblemAnswer>();
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const key = useRef(newKey());
  const isBusy = useRef(false);
  // Of each input, to know what is typed from a code that is scanned.
  const keystrokes = useRef(new Map<FieldName, Keystrokes>());
  const refusedAt = useRef(Number.NEGATIVE_INFINITY);
  // A barcode that was asked about. If it is saved again, it is meant.
  const meantBarcode = useRef<string>(undefined);
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  const looking = useLooking();
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
    // The message was about the input's earlier content.
    setTypedFaults(new Map([...typedFaults].filter(([faulty]) => faulty !== name)));
    keep(next);
  };
  const keep = (typed: FormValues) => {
    const isTouched = FIELDS.some(({ name }) => typed[name] !== before[name]);
    if (isTouched) keepUnsent(unsentName, { product, values: typed } satisfies UnsentProduct);
    else dropUnsent(unsentName);
  };
  const giveUp = () => {
    dropUnsent(unsentName);
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
    dropUnsent(unsentName);
    const settled = await outbox.send<CatalogueProduct>(
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
    const saved = { ...settled.body, etag: settled.etag };
    announce(`Saved: ${saved.name}`, 'good');
    onClose();
    onSaved(saved);
  };
  const isJust = (at: number) => performance.now() - at < DELIBERATE_MS;
  return {
    form,
    values,
    before,
    faults,
    problem,
    isKept,
    isSending,
    keystrokes,
    type,
    giveUp,
    save,
    /** Whether the barcode was asked about just now: the second half of a double click is no answer. */
    isJustAsked: () => isJust(askedAt.current),
    /** Whether something was refused just now: the second of two Enters is no second decision. */
    isJustRefused: () => isJust(refusedAt.current),
    /** Clears the form. */
    clear: () => {
      dropUnsent(unsentName);
      setKept(false);
      setProduct(read);
      setValues(valuesOf(read));
      form.current?.querySelector('input')?.focus();
    },
    /** Saves against the product as somebody else has changed it, at this revision. */
    saveAgain: (revision: number) =>
      save(read?.revision === revision ? tagOf(read) : entityTag(revision, undefined)),
  };
}

function tagOf({ etag, revision }: TaggedProduct): string {
  return etag ?? entityTag(revision, undefined);
}
