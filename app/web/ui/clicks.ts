import { DELIBERATE_MS } from './presses';

/** The second half of a double click or a double tap is no farther from the first, in CSS pixels. */
const SAME_PLACE_PX = 24;

/** The parts of a click event that are looked at. */
export interface Click {
  readonly x: number;
  readonly y: number;
  readonly timeStamp: number;
  /** What it acts on, such as a button or a row; undefined if there is none. */
  readonly control: object | undefined;
  /** What is under the pointer: the control, or a part of it. */
  readonly target: object;
}

/** A control's position in the window, in CSS pixels. */
export interface ControlBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Tells a click that somebody means from one that only follows another: the second half of a double click, on a control
 * that has come under the pointer since the first.
 */
export class Clicks {
  #before: Click | undefined;
  /** Where the controls stood when the first of the clicks came that follow each other in one place. */
  #stood: ReadonlyMap<object, ControlBox> = new Map();

  /**
   * Call it for every click of the pointer, before anything acts on it.
   *
   * @param standing the controls' positions now; asked only for the first of several clicks
   * @returns whether the click must do nothing
   */
  isStray(click: Click, standing: () => ReadonlyMap<object, ControlBox>): boolean {
    const follows = this.#follows(click);
    this.#before = click;
    if (!follows) {
      this.#stood = standing();
      return false;
    }
    return click.control !== undefined && !this.#hasStood(click);
  }

  /**
   * Call it when the pointer goes down, which moves the focus and opens a list before there is a click.
   *
   * @returns whether neither must happen
   */
  isStrayPress(press: Click): boolean {
    // Two clicks on one text select a word of it.
    const isSame = press.target === this.#before?.target;
    return this.#follows(press) && !isSame && !this.#hasStood(press);
  }

  /** Call it when a key is pressed. A click after it is not the second half of a double click. */
  forget(): void {
    this.#before = undefined;
  }

  #follows({ x, y, timeStamp }: Click): boolean {
    const before = this.#before;
    return (
      before !== undefined &&
      timeStamp - before.timeStamp < DELIBERATE_MS &&
      Math.hypot(x - before.x, y - before.y) <= SAME_PLACE_PX
    );
  }

  /** Whether its control stood where it is. */
  #hasStood(click: Click): boolean {
    const stood = click.control && this.#stood.get(click.control);
    return stood !== undefined && isWithin(stood, click);
  }
}

/** Whether a place in the window is in a control's box. */
export function isWithin(
  { left, top, right, bottom }: ControlBox,
  { x, y }: Pick<Click, 'x' | 'y'>,
): boolean {
  return left <= x && x <= right && top <= y && y <= bottom;
}
