/** Why a submission got no answer. Only with `outcome-unknown` may it have been recorded. */
export type WriteFailureKind =
  /** Too many commands are waiting. */
  | 'overloaded'
  /** The store could not record it in time. */
  | 'unavailable'
  /** The clocks of this process and of the database differ by more than they may. */
  | 'clock-wrong'
  /** Somebody has to repair the store first. The cause is a StoreUnusable. */
  | 'unusable'
  /** The commit was sent, and no answer came in time. */
  | 'outcome-unknown'
  /** This process is shutting down. */
  | 'closing';

/** A submission got no answer: as far as is known it was neither recorded nor refused. */
export class WriteFailure extends Error {
  override readonly name = 'WriteFailure';

  constructor(
    readonly kind: WriteFailureKind,
    options?: ErrorOptions,
  ) {
    super(`write failed: ${kind}`, options);
  }
}
