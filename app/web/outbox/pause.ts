/** A pause that can be ended early. */
export class Pause {
  #end: () => void = () => {};

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the pause, if one is under way. */
  end(): void {
    this.#end();
  }
}
