import { useState } from 'react';
import { dropUnsent, keepUnsent, readUnsent } from './unsent';

/** What is typed into a form. The browser keeps it until it is sent, or the form is as it was at first. */
export function useUnsentForm<T extends object>(name: string, empty: T) {
  const [typed, setTyped] = useState<T>(() => ({
    ...empty,
    // An earlier build of the page may have kept fewer fields.
    ...readUnsent<Partial<T>>(name),
  }));
  const type = (changes: Partial<T>) => {
    const next = { ...typed, ...changes };
    setTyped(next);
    if (JSON.stringify(next) === JSON.stringify(empty)) dropUnsent(name);
    else keepUnsent(name, next);
  };
  const clear = () => {
    setTyped(empty);
    dropUnsent(name);
  };
  return { typed, type, clear };
}
