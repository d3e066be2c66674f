import { useEffect, useState } from 'react';
import { Clicks, type ControlBox, isWithin } from './clicks';
import { DELIBERATE_MS, Presses } from './presses';

/** What Enter presses, rather than ends a line of. */
const PRESSED = 'button, a[href], summary, input[type="button"], input[type="submit"]';

/** What a click acts on: also choices, fields, and the rows of a grid. */
const CLICKED = `${PRESSED}, input, label, select, [data-row]`;

/**
 * Stops accidental keys and clicks from pressing or submitting anything, on every screen and in every dialog.
 * Lines of a text may be ended by a held Enter.
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
  const clicks = new Clicks();
  const onClick = (event: MouseEvent) => {
    const { target, clientX: x, clientY: y, timeStamp } = event;
    // A click by a key has no place.
    if (event.detail === 0 || !(target instanceof Element) || isPassedOn(target, x, y)) return;
    const control = target.closest(CLICKED) ?? undefined;
    if (!clicks.isStray({ x, y, timeStamp, control }, () => placesOfControls(page))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  page.addEventListener('click', onClick, { capture: true });
  page.addEventListener('keydown', () => clicks.forget(), { capture: true });
}

/** Whether a label was clicked, and passes the click on to its input: the click has the label's place then. */
function isPassedOn(target: Element, x: number, y: number): boolean {
  if (!(target instanceof HTMLInputElement) || !target.labels?.length) return false;
  return !isWithin(target.getBoundingClientRect(), { x, y });
}

function placesOfControls(page: Document): ReadonlyMap<Element, ControlBox> {
  const controls = [...page.querySelectorAll(CLICKED)];
  return new Map(controls.map((control) => [control, control.getBoundingClientRect()]));
}

/** Whether the component has been visible for a moment, so that a press on it is meant. */
export function useMoment(ms = DELIBERATE_MS): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isOver;
}
