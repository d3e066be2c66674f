/**
 * The store could not do its work now, and may be able to later: it is out of reach, did not answer in time, or another
 * transaction was in the way. Anything else that a store throws, except StoreUnusable, is a bug.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Why a store cannot be used until somebody repairs it. */
export type UnusableReason =
  | 'disk-full'
  /** The disk cannot be written for another reason than being full: a quota, a limit, a fault. */
  | 'write-failed'
  | 'read-only'
  /** The service's account lacks a right. */
  | 'no-rights'
  /** The row of `ledger_head` is missing, without which nobody can take the turn. */
  | 'no-head'
  /** A table, or a column of one, is missing. */
  | 'no-table'
  /** A service of a later version has changed the schema. */
  | 'newer-schema'
  /** What is stored cannot be read any more. */
  | 'damaged'
  /** The file is no longer in its place, so what is written now would be lost. */
  | 'file-gone'
  /** Another file is in its place, so what is written now would be lost. */
  | 'file-replaced';

/**
 * The store cannot do its work until somebody repairs it, so trying again at once does not help. Nothing of the work that
 * met it was recorded. If nobody can know that, the store throws StoreUnavailable instead.
 */
export class StoreUnusable extends Error {
  override readonly name: string = 'StoreUnusable';

  /** @param message for the log, never for a client */
  constructor(
    readonly reason: UnusableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
