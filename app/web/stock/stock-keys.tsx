import { KIND_NAMES, KINDS } from '../change/change-kinds';
import style from './stock-screen.module.css';

/** The keys that work on a row. */
export function StockKeys() {
  return (
    <p className={style.keys}>
      {KIND_NAMES.map((name) => (
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
