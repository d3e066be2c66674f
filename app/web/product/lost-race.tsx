import { Button } from '../ui/controls';
import { NOTHING } from '../ui/format';
import { FIELDS, type Values } from './product-fields';
import style from './product-form.module.css';

/** An edit that lost a race: what the others have changed since it began, and whether it is to hold all the same. */
export function LostRace(props: { before: Values; now: Values; onAgain(): void }) {
  const { before, now, onAgain } = props;
  const changed = FIELDS.filter(({ name }) => now[name] !== before[name]);
  return (
    <div className={`${style.problem} ${style.lost}`} role="alert">
      <p>
        <strong>Somebody was faster.</strong> This product was changed since you began, so nothing
        of yours was saved.
      </p>
      <ul>
        {changed.map(({ name, label }) => (
          <li key={name}>
            {label} is now <strong>{now[name] || NOTHING}</strong>
          </li>
        ))}
      </ul>
      <Button onClick={onAgain}>Save mine all the same</Button>
    </div>
  );
}
