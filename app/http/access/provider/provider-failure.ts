/** Why a sign-in with the provider did not succeed. The list is closed: nothing that came from outside is shown. */
export type ProviderFailureKind =
  /** It does not answer, or with something that is no answer. */
  | 'provider-down'
  /** The person, or the provider, said no. */
  | 'provider-refused'
  /** What came back does not fit what was begun: forged, old, or used already. */
  | 'bad-answer';

/** A failure of a sign-in with the provider. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';

  /** @param reason for the log: a code, and no text that may have a secret */
  constructor(
    readonly kind: ProviderFailureKind,
    readonly reason: string,
  ) {
    super(`${kind}: ${reason}`);
  }
}

/** What the libraries' errors have: openid-client's own and those of oauth4webapi. */
interface LibraryError {
  readonly name?: string;
  readonly code?: string;
  /** The error code of an answer (RFC 6749, sections 4.1.2.1 and 5.2). */
  readonly error?: string;
  readonly cause?: { readonly code?: string; readonly name?: string };
}

/** Codes of checks that failed, of openid-client and oauth4webapi. All other codes are of answers that are none. */
const CHECKS_FAILED = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

/** Error codes are words such as `invalid_grant`. Anything else is not logged. */
const ERROR_WORD = /^[a-z_]{1,60}$/;

/** What a library's error is to the one who signs in, and to the log. */
export function failureOf(thrown: unknown): ProviderFailure {
  if (thrown instanceof ProviderFailure) return thrown;
  const { name = 'Error', code, error, cause } = (thrown ?? {}) as LibraryError;
  const word = error !== undefined && ERROR_WORD.test(error) ? ` ${error}` : '';
  const reason = `${code ?? cause?.code ?? cause?.name ?? name}${word}`;
  if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') {
    return new ProviderFailure('provider-refused', reason);
  }
  // A code that was used, is old, or is not ours.
  const isUsed = code === 'OAUTH_RESPONSE_BODY_ERROR' && error === 'invalid_grant';
  const isBad = isUsed || CHECKS_FAILED.has(code ?? '');
  return new ProviderFailure(isBad ? 'bad-answer' : 'provider-down', reason);
}
