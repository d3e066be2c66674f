import { type RefObject, useEffect } from 'react';
import { LineEnd } from './line-end';

/**
 * Handles a scanner's keys, with the focus anywhere on the page. A code that begins outside of any text field goes into
 * this one. Otherwise it would be lost, and its Enter would press a button. The end of a line counts once.
 */
export function useScannerKeys(codeInput: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const lineEnd = new LineEnd();
    const onKey = (event: KeyboardEvent) => {
      if (lineEnd.isEcho(event)) event.preventDefault();
      if (!beginsCode(event) || takesText(event.target)) return;
      codeInput.current?.focus();
      codeInput.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [codeInput]);
}

/** Space presses buttons, and begins no code. */
function beginsCode({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input:not([type="radio"]), select, textarea');
}

/** Some scanners type FNC1, which separates the elements of a GS1 code, as Ctrl and the key of "]". */
export function isFnc1({ ctrlKey, altKey, code, key }: KeyboardEvent): boolean {
  return ctrlKey && !altKey && (code === 'BracketRight' || key === ']');
}
