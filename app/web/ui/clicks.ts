import { DELIBERATE_MS } from './presses';

/** The second half of a double click or a double tap is no farther from the first, in CSS pixels. */
export const SAME_PLACE_PX = 24;

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

/** Whether the control of a click was at the place of the click at an earlier moment, with nothing over it. */
export type Standing = (click: Click) => boolean;

/**
 * Tells a click that somebody means from one that only follows another: the second half of a double click, on a control
 * that has come under the pointer since the first, or was covered by what the first one closed.
 */
export class Clicks {
  #before: Click | undefined;
  /** Where the controls stood when the first of the clicks came that follow each other in one place. */
  #stood: Standing = () => false;

  /**
   * Call it for every click of the pointer, before anything acts on it.
   *
   * @param look notes where the controls stand now; called only for the first of several clicks
   * @returns whether the click must do nothing
   */
  isStray(click: Click, look: () => Standing): boolean {
    const follows = this.#follows(click);
    this.#before = click;
    if (!follows) {
      this.#stood = look();
      return false;
    }
    return click.control !== undefined && !this.#stood(click);
  }

  /**
   * Call it when the pointer goes down, which moves the focus and opens a list before there is a click.
   *
   * @returns whether neither must happen
   */
  isStrayPress(press: Click): boolean {
    // Two clicks on one text select a word of it.
    const isSame = press.target === this.#before?.target;
    return this.#follows(press) && !isSame && !this.#stood(press);
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
}
