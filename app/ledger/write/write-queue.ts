import type { DraftedAnswer, Submission } from '../submission';
import { WriteFailure } from './write-failure';

/** The bounds of the queue. */
export interface QueueLimits {
  /** Once this many commands wait, further submissions are refused as `overloaded`. */
  readonly queueLimit: number;
  /** Commands that are committed together. A larger submission is committed by itself. */
  readonly groupLimit: number;
  /** How long a submission waits for its answer. The statements of the last try may take longer. */
  readonly timeoutMs: number;
}

/** A submission, and the caller who waits for its answer. */
export interface Waiting {
  readonly submission: Submission;
  /** How many commands it has. The limits count commands. */
  readonly size: number;
  readonly resolve: (answer: DraftedAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** When to give up, by `performance.now()`. */
  readonly deadline: number;
  /** Gives up at the deadline if it is still in the queue. */
  readonly timer: NodeJS.Timeout;
}

/** Submissions that wait to be written, in the order of their arrival. */
export class WriteQueue {
  readonly #limits: QueueLimits;
  readonly #waiting = new Set<Waiting>();
  #commands = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** How many commands wait. */
  get commands(): number {
    return this.#commands;
  }

  /** Whether no submission waits. */
  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /**
   * Adds a submission.
   *
   * @returns its answer
   * @throws WriteFailure `overloaded` or, when it has waited too long, `unavailable`
   */
  add(submission: Submission): Promise<DraftedAnswer> {
    const size = sizeOf(submission);
    const { queueLimit, timeoutMs } = this.#limits;
    // Only what is queued counts, or a large submission might never be admitted.
    if (this.#commands >= queueLimit) return Promise.reject(new WriteFailure('overloaded'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#remove(waiting);
        reject(new WriteFailure('unavailable'));
      }, timeoutMs);
      const deadline = performance.now() + timeoutMs;
      const waiting = { submission, size, resolve, reject, deadline, timer };
      this.#waiting.add(waiting);
      this.#commands += size;
    });
  }

  /** Takes out the submissions to be committed together next; none if those that waited have given up. */
  takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    let size = 0;
    for (const waiting of this.#waiting) {
      if (group.length > 0 && size + waiting.size > this.#limits.groupLimit) break;
      this.#remove(waiting);
      group.push(waiting);
      size += waiting.size;
    }
    return group;
  }

  #remove(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    if (this.#waiting.delete(waiting)) this.#commands -= waiting.size;
  }
}

/** How many commands a submission has. Each line of a document is one. */
function sizeOf(submission: Submission): number {
  if ('commands' in submission) return submission.commands.length;
  if (submission.kind !== 'document') return 1;
  const { command } = submission;
  return 'lines' in command ? Math.max(1, command.lines?.length ?? 1) : 1;
}
