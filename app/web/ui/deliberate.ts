import { useEffect, useState } from 'react';
import { DELIBERATE_MS, Presses } from './presses';

/** What Enter presses, rather than ends a line of. */
const PRESSED = 'button, a[href], summary, input[type="button"], input[type="submit"]';

/**
 * Keeps keys that are not meant from pressing or submitting anything, on every screen and in every dialog. Lines of
 * a text may be ended by a held Enter.
 */
export function guardPresses(page: Document): void {
  const presses = new Presses();
  const onKey = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof Element) || target.matches('textarea')) return;
    if (presses.isStray(event, target.matches(PRESSED))) event.preventDefault();
  };
  page.addEventListener('keydown', onKey, { capture: true });
  page.addEventListener('pointerdown', () => presses.forget(), { capture: true });
}

/** Whether what is shown has been in sight for a moment, so that a press on it is meant. */
export function useMoment(ms = DELIBERATE_MS): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isOver;
}
