import { useEffect, useState } from 'react';
import { type Click, Clicks } from './clicks';
import { DELIBERATE_MS, Presses } from './presses';
import { isWithin, standingAround } from './standing';

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
    const click = placed(event);
    if (!click || !clicks.isStray(click, () => standingAround(page, CLICKED, click))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onMouseDown = (event: MouseEvent) => {
    const press = placed(event);
    if (press && clicks.isStrayPress(press)) event.preventDefault();
  };
  page.addEventListener('click', onClick, { capture: true });
  page.addEventListener('mousedown', onMouseDown, { capture: true });
  page.addEventListener('keydown', () => clicks.forget(), { capture: true });
}

/** A click or press of the pointer; undefined if it has no place of its own. */
function placed({
  detail,
  target,
  clientX: x,
  clientY: y,
  timeStamp,
}: MouseEvent): Click | undefined {
  // A click by a key has no place.
  if (detail === 0 || !(target instanceof Element) || isPassedOn(target, x, y)) return undefined;
  return { x, y, timeStamp, target, control: target.closest(CLICKED) ?? undefined };
}

/** Whether a label was clicked, and passes the click on to its input: the click has the label's place then. */
function isPassedOn(target: Element, x: number, y: number): boolean {
  if (!(target instanceof HTMLInputElement) || !target.labels?.length) return false;
  return !isWithin(target.getBoundingClientRect(), x, y);
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
