/** A scanner sends CR and LF within milliseconds; a hand takes longer for two Enters. */
const LINE_END_MS = 150;

/** The parts of a key event that are looked at. */
type KeyDown = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'repeat' | 'timeStamp'>;

/** Tells the Enter that ends a code or a quantity from the keys that follow it by themselves. */
export class LineEnd {
  #before: Pick<KeyDown, 'key' | 'timeStamp'> | undefined;

  /**
   * Call it for every key that goes down: two Enters with a key between them end two lines.
   *
   * @returns whether the key must do nothing: it repeats a held Enter, or is the second half of CR LF or of CR and Tab
   */
  isEcho(keyDown: KeyDown): boolean {
    const { key, ctrlKey, repeat, timeStamp } = keyDown;
    // A line feed as some scanners send it, which would open the browser's downloads.
    if (ctrlKey && key === 'j') return true;
    const before = this.#before;
    this.#before = { key, timeStamp };
    if ((key !== 'Enter' && key !== 'Tab') || before?.key !== 'Enter') return false;
    // When the keys went down, and not when the page had the time for them.
    return repeat || timeStamp - before.timeStamp < LINE_END_MS;
  }
}
