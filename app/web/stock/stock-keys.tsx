import { KINDS } from '../change/change-kinds';
import { useOfferedKinds } from '../change/offered';
import style from './stock-screen.module.css';

/** The keys that work on a row. */
export function StockKeys() {
  const kinds = useOfferedKinds();
  return (
    <p className={style.keys}>
      {kinds.map((name) => (
        <span key={name}>
          <kbd>{KINDS[name].letter}</kbd> {KINDS[name].title.toLowerCase()}
        </span>
      ))}
      <span>
        <kbd>↵</kbd> open
      </span>
    </p>
  );
}
