import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { SEARCH_MAX } from '../../wire/texts';
import style from './stock-screen.module.css';

interface StockSearchProps {
  readonly value: string;
  onChange(value: string): void;
  /** Called by Enter and the down arrow: on to what was found. */
  onLeave(): void;
}

/** The search of the stock. */
export function StockSearch({ value, onChange, onLeave }: StockSearchProps) {
  const searchInput = useRef<HTMLInputElement>(null);
  // "/" goes to the search, unless somebody types.
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.key !== '/' ||
        event.ctrlKey ||
        event.metaKey ||
        target.closest('input, textarea, select')
      )
        return;
      event.preventDefault();
      searchInput.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className={style.search}>
      <Search size={16} aria-hidden />
      <input
        ref={searchInput}
        type="search"
        aria-label="Search by name, SKU, barcode or number"
        placeholder="Search name, SKU, barcode …  ( / )"
        value={value}
        maxLength={SEARCH_MAX}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
          event.preventDefault();
          onLeave();
        }}
      />
    </div>
  );
}
