import { type FormEvent, useState } from 'react';
import type { TransferAnswer } from '../../wire/documents';
import { ANNOTATION_TEXTS } from '../../wire/texts';
import { useShopLocations } from '../location/use-shop-locations';
import { useSend } from '../outbox/use-send';
import { useAnnounce } from '../ui/announce';
import { Button, Choice, Field } from '../ui/controls';
import { units } from '../ui/format';
import { ProblemBox } from '../ui/problem-box';
import style from './transfers-screen.module.css';

interface CloseFormProps {
  readonly transfer: TransferAnswer;
  /** What the transfer is called. */
  readonly name: string;
  onClose(): void;
}

/** Closes a transfer of which nothing more will arrive, and says what became of the rest. */
export function CloseForm({ transfer, name, onClose }: CloseFormProps) {
  const { transferID, from, lines } = transfer;
  const { nameOf } = useShopLocations();
  const [remainder, setRemainder] = useState<'lost' | 'returned'>();
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { send, isSending, problem } = useSend();
  const announce = useAnnounce();
  const left = lines.reduce((sum, { outstanding }) => sum + outstanding, 0);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setMissing(remainder === undefined);
    if (remainder === undefined) return;
    const label = `Closing of transfer ${transferID}, ${units(left)} ${remainder}`;
    const settled = await send({
      path: `/transfers/${transferID}/closing`,
      fields: { remainder, ...(note.trim() && { note: note.trim() }) },
      label,
    });
    if (settled?.outcome !== 'done') return;
    announce(`${label}: recorded`, 'good');
    onClose();
  };
  return (
    <form className={style.receive} aria-label={`Close ${name}`} onSubmit={submit} noValidate>
      <p>{units(left)} on the way will not arrive. What became of them?</p>
      <Choice<'lost' | 'returned'>
        label="What became of the rest"
        value={remainder}
        options={[
          { value: 'lost', text: 'Lost' },
          { value: 'returned', text: `Back at ${nameOf(from)}` },
        ]}
        onChange={setRemainder}
      />
      {isMissing && (
        <p className={style.fault} role="alert">
          Choose what became of the rest.
        </p>
      )}
      <Field
        label="Note"
        maxLength={ANNOTATION_TEXTS.note.maxLength}
        value={note}
        onChange={({ target }) => setNote(target.value)}
        className={style.note}
      />
      {problem && <ProblemBox problem={problem} />}
      <div className={style.row}>
        <Button type="submit" look="main" aria-disabled={isSending}>
          {isSending ? 'Recording …' : 'Close the transfer'}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Not now
        </Button>
      </div>
    </form>
  );
}
