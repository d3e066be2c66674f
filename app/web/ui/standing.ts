import { type Click, SAME_PLACE_PX, type Standing } from './clicks';

/** Between two points that are looked at, in CSS pixels: less than the smallest control. */
const STEP_PX = 8;

/** A point of the window, and the controls under it, with their positions then. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly controls: ReadonlyMap<object, DOMRect>;
}

/**
 * Notes which controls are around a click now. What a dialog or a message covers is not among them: a click there
 * would not act on it.
 *
 * @param selector what counts as a control
 */
export function standingAround(page: Document, selector: string, click: Click): Standing {
  const spots = pointsAround(click).map(([x, y]) => spotAt(page, selector, x, y));
  return ({ control, x, y }) =>
    control !== undefined &&
    spots.some((spot) => {
      const isNear = Math.abs(spot.x - x) <= STEP_PX && Math.abs(spot.y - y) <= STEP_PX;
      const box = isNear && spot.controls.get(control);
      return box && isWithin(box, x, y);
    });
}

/** A grid of points, which reaches as far as a click that follows. */
function pointsAround({ x, y }: Click): [number, number][] {
  const steps = Math.ceil(SAME_PLACE_PX / STEP_PX);
  const offsets = Array.from({ length: 2 * steps + 1 }, (_, step) => (step - steps) * STEP_PX);
  return offsets.flatMap((down) => offsets.map((right): [number, number] => [x + right, y + down]));
}

/** What is on top there, and the controls that contain it, such as the row of a link. */
function spotAt(page: Document, selector: string, x: number, y: number): Spot {
  const controls = new Map<object, DOMRect>();
  let control = page.elementFromPoint(x, y)?.closest(selector);
  while (control) {
    controls.set(control, control.getBoundingClientRect());
    control = control.parentElement?.closest(selector);
  }
  return { x, y, controls };
}

/** Whether a place in the window is in a box. */
export function isWithin({ left, top, right, bottom }: DOMRect, x: number, y: number): boolean {
  return left <= x && x <= right && top <= y && y <= bottom;
}
