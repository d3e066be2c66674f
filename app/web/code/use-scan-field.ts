import { type RefObject, useRef, useState } from 'react';
import { Keystrokes } from '../ui/keystrokes';

/** A field that is scanned into: its input, and the keys that went down in it. */
export interface ScanField {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly keys: Keystrokes;
  /** Puts the focus into it. The next key replaces its content. */
  goTo(): void;
}

export function useScanField(): ScanField {
  const input = useRef<HTMLInputElement>(null);
  const [field] = useState(() => {
    const keys = new Keystrokes();
    const goTo = () => {
      input.current?.focus();
      input.current?.select();
      keys.clear();
    };
    return { input, keys, goTo };
  });
  return field;
}
