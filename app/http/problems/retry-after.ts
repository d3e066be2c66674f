/** For causes that pass by themselves, such as a full queue or a lost connection. */
export const RETRY_SOON = { 'Retry-After': '1' } as const;

/** For causes that take longer: an administrator has to act, or clients have to leave. */
export const RETRY_LATER = { 'Retry-After': '5' } as const;
