/** For what passes by itself, such as a queue or a lost connection: a second later it may be over. */
export const RETRY_SOON = { 'Retry-After': '1' } as const;

/** For what takes longer: somebody has to see to it, or clients have to leave. */
export const RETRY_LATER = { 'Retry-After': '5' } as const;
