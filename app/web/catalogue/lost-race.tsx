import { useEffect, useRef } from 'react';
import { Button } from '../ui/controls';
import { useMoment } from '../ui/deliberate';
import { NOTHING } from '../ui/format';
import { FIELDS, type FormValues } from './form-fields';
import style from './product-form.module.css';

/**
 * An edit that lost a race: what the others have changed since it began, and whether it is to hold all the same. Like
 * every refusal it takes the focus itself, and its button waits for a moment.
 */
export function LostRace(props: { before: FormValues; now: FormValues; onAgain(): void }) {
  const { before, now, onAgain } = props;
  const box = useRef<HTMLDivElement>(null);
  const isSeen = useMoment();
  useEffect(() => box.current?.focus(), []);
  const changed = FIELDS.filter(({ name }) => now[name] !== before[name]);
  return (
    <div ref={box} className={`${style.problem} ${style.lost}`} role="alert" tabIndex={-1}>
      <p>
        <strong>Somebody else changed it first.</strong> This product was changed since you began,
        so your changes were not saved.
      </p>
      <ul>
        {changed.map(({ name, label }) => (
          <li key={name}>
            {label} is now <strong>{now[name] || NOTHING}</strong>
          </li>
        ))}
      </ul>
      <Button disabled={!isSeen} onClick={onAgain}>
        Save mine anyway
      </Button>
    </div>
  );
}
