import type { Logger } from 'pino';
import { Unreachable } from '../client/failure';
import type { Api } from './api';
import type { Clock } from './clock';

/** A checkpoint is saved after so many records, or after so much time, whichever comes first. */
const CHECKPOINT_RECORDS = 1_000;
const CHECKPOINT_MS = 10_000;

/** What the checkpoints are saved with. */
interface CheckpointContext {
  readonly api: Api;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Saves in the service up to which record all are handled. The next monitor continues from there. */
export class Checkpoints {
  readonly #context: CheckpointContext;
  #saved = -1;
  #savedAt = 0;

  constructor(context: CheckpointContext) {
    this.#context = context;
  }

  /** The last handled record as the service has it; null if no monitor has saved one. */
  load(): Promise<number | null> {
    return this.#context.api.checkpoint();
  }

  /** Starts again from an earlier record: the ledger was restored from a backup. */
  goBackTo(record: number): void {
    this.#saved = record;
  }

  /**
   * Saves a checkpoint if one is due. A service that does not answer is logged; the next call tries again.
   *
   * @param seen the last record that is handled; undefined if none is
   * @param isLast whether the monitor stops, so that what is not saved is due in any case
   * @throws Refused, RefusedInFront
   */
  async save(seen: number | undefined, isLast = false): Promise<void> {
    const { api, clock, logger } = this.#context;
    if (seen === undefined || seen <= this.#saved) return;
    const now = clock.now().getTime();
    const isDue = seen - this.#saved >= CHECKPOINT_RECORDS || now - this.#savedAt >= CHECKPOINT_MS;
    if (!isDue && !isLast) return;
    try {
      await api.saveCheckpoint(seen);
      this.#saved = seen;
      this.#savedAt = now;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      logger.debug({ err: error }, 'the checkpoint was not saved');
    }
  }
}
