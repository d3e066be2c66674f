import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Product } from '../../client/shop';
import type { Problem } from '../api/ask';
import { newKey } from '../outbox/change-request';
import { usePage } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button, Choice, Field } from '../ui/controls';
import { typedPrice, units } from '../ui/format';
import style from './change-form.module.css';
import { type Change, changeRequest, KIND_NAMES, KINDS, type Kind, quantityFault } from './kinds';
import { Refusal } from './refusal';

interface ChangeFormProps {
  readonly product: Product;
  readonly kind: Kind;
  onKind(kind: Kind): void;
  onClose(): void;
  /** What was put is recorded; the form closes. */
  onRecorded?(): void;
}

/**
 * Records a change of one product's stock, in place and by keyboard alone: a number and Enter. A count holds
 * against what the form showed when it was opened; one that lost a race says what came between.
 */
export function ChangeForm({ product, kind, onKind, onClose, onRecorded }: ChangeFormProps) {
  const { outbox } = usePage();
  const announce = useAnnounce();
  const form = useRef<HTMLFormElement>(null);
  const quantityInput = useRef<HTMLInputElement>(null);
  const [quantity, setQuantity] = useState('');
  const [reference, setReference] = useState('');
  const [unitPrice, setUnitPrice] = useState(() => typedPrice(product.price));
  const [fault, setFault] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setSending] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const [counted, setCounted] = useState(product.record);
  // One key for one decision: a double click, or a second Enter, sends the same.
  const key = useRef(newKey());
  const looking = useRef(new AbortController());

  useEffect(() => {
    looking.current = new AbortController();
    return () => looking.current.abort();
  }, []);
  // What was refused was of the kind before.
  useEffect(() => {
    setFault(undefined);
    setProblem(undefined);
    // Who moves through the kinds, by the arrow keys, stays there.
    if (!form.current?.contains(document.activeElement)) quantityInput.current?.focus();
  }, [kind]);
  useEffect(() => {
    if (!isSending) return;
    const timer = setTimeout(() => setWaiting(true), WAITING_MS);
    return () => {
      clearTimeout(timer);
      setWaiting(false);
    };
  }, [isSending]);

  const send = async (changes: Partial<Change> = {}) => {
    const change: Change = {
      key: key.current,
      kind,
      product,
      quantity: Number(quantity),
      unitPrice: kind === 'sale' ? unitPrice.trim() : undefined,
      reference: reference.trim(),
      ifRecord: kind === 'count' ? (counted ?? undefined) : undefined,
      ...changes,
    };
    setSending(true);
    setProblem(undefined);
    const request = changeRequest(change);
    const settled = await outbox.send(request, looking.current.signal);
    setSending(false);
    if (settled.outcome !== 'done') key.current = newKey();
    if (settled.outcome === 'refused') return setProblem(settled.problem);
    // The tray, where it was taken back, has said so.
    if (settled.outcome === 'cancelled') return;
    const { availableQuantity } = settled.body as { availableQuantity: number };
    announce(`${request.label}: ${units(availableQuantity)} available now`, 'good');
    onRecorded?.();
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const wrong = quantityFault(kind, quantity);
    setFault(wrong);
    if (wrong) quantityInput.current?.focus();
    else void send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  /** Decides anew after a refusal, from what is there now. */
  const again = (changes: Partial<Change>) => {
    if (changes.ifRecord !== undefined) setCounted(changes.ifRecord);
    if (changes.quantity !== undefined) setQuantity(String(changes.quantity));
    void send(changes);
  };

  return (
    <form
      ref={form}
      className={style.form}
      aria-label={`Change the stock of ${product.title}`}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      noValidate
    >
      <Choice
        label="What to record"
        value={kind}
        options={KIND_NAMES.map((name) => ({ value: name, text: KINDS[name].title }))}
        onChange={onKind}
      />
      <div className={style.fields}>
        <Field
          ref={quantityInput}
          label={KINDS[kind].quantity}
          inputMode="numeric"
          value={quantity}
          fault={fault}
          onChange={({ target }) => {
            setQuantity(target.value.trim());
            setFault(undefined);
            setProblem(undefined);
          }}
          className={style.quantity}
        />
        {kind === 'sale' && (
          <Field
            label="Unit price"
            inputMode="decimal"
            value={unitPrice}
            onChange={({ target }) => setUnitPrice(target.value)}
            className={style.quantity}
          />
        )}
        <Field
          label="Reference"
          placeholder="Order or note number"
          maxLength={100}
          value={reference}
          onChange={({ target }) => setReference(target.value)}
          className={style.reference}
        />
        <div className={style.buttons}>
          <Button type="submit" look="main" disabled={isSending}>
            {isSending ? 'Recording …' : KINDS[kind].verb}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {isSending ? 'Close' : 'Cancel'}
          </Button>
        </div>
      </div>
      {isWaiting && (
        <p className="small muted" role="status">
          The service does not answer yet. This is kept, and sent once as soon as it does; you can
          close the form.
        </p>
      )}
      {problem && (
        <Refusal problem={problem} kind={kind} quantity={Number(quantity)} onAgain={again} />
      )}
    </form>
  );
}

/** An answer usually takes some milliseconds: after so long it is worth a word. */
const WAITING_MS = 1_500;
