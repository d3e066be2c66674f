/**
 * How long a button that overrides a refusal is visible before it can be pressed: longer than the second half of
 * a double click or a double Enter takes, and shorter than reading what it says.
 */
export const DELIBERATE_MS = 700;

/** An Enter this soon after another one is the second half of a double press. */
export const DOUBLE_PRESS_MS = 600;

/** The parts of a key event that are looked at. */
export interface PressedKey {
  readonly key: string;
  readonly repeat: boolean;
  readonly timeStamp: number;
  readonly target: unknown;
}

/**
 * Tells a press that somebody means from one that only follows another: a key that is held down, and a second Enter
 * that lands on a button which got the focus since the first.
 */
export class Presses {
  #before: Pick<PressedKey, 'key' | 'timeStamp' | 'target'> | undefined;

  /**
   * Call it for every key that goes down.
   *
   * @param isPressed whether Enter presses what has the focus, such as a button or a link, rather than ends a line
   * @returns whether the key must do nothing
   */
  isStray(pressed: PressedKey, isPressed: boolean): boolean {
    const { key, repeat, timeStamp, target } = pressed;
    const before = this.#before;
    this.#before = { key, timeStamp, target };
    if (key !== 'Enter' && key !== ' ') return false;
    // A key repeats only until another one goes down. Space in an input is a character, and may repeat.
    if (repeat && (!before || before.key === key)) return key === 'Enter' || isPressed;
    return (
      isPressed &&
      before?.key === key &&
      before.target !== target &&
      timeStamp - before.timeStamp < DOUBLE_PRESS_MS
    );
  }

  /** The pointer was used: the next press is meant. */
  forget(): void {
    this.#before = undefined;
  }
}
